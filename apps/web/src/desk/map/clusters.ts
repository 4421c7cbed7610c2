import { latOf, lonOf } from './mercator';

/** Side of a cell on the screen, pixels, when its net begins; up to half as much again before the next net. */
const CELL_PIXELS = 112;
/** Nets for each zoom level. */
const NETS = 2;
const TILE_PIXELS = 512;
/** Fewer than this in one cell can each be seen. */
const LEAST = 8;
/** From this zoom on everybody is drawn alone. */
const APART_FROM = 14;
/** Signs move in steps of a part of the cell, so that they hold still while people move a little. */
const STEPS = 12;

/** Which part of a cell the middle of a sign may stand in: left, top, right, bottom, as parts of its side. */
type Place = readonly [number, number, number, number];

/** Workers' plates (50 by 80 pixels at most) keep to the left, jobs' discs (50 across) to the right: none covers another. */
export const SIGN_PLACES = {
  workers: [0.23, 0.36, 0.24, 0.64],
  jobs: [0.69, 0.23, 0.77, 0.77],
} as const satisfies Record<string, Place>;

/** Where workers or jobs are: Mercator units of the world (0 to 1), and the number of their status. */
export interface Places {
  count: number;
  x: Float64Array;
  y: Float64Array;
  status: Uint8Array;
}

/** Those too close together to be told apart. */
export interface Cluster {
  /** The same while they stay in the same cell. */
  id: string;
  /** Where its sign stands, Mercator units. */
  x: number;
  y: number;
  /** How many of each status. */
  counts: number[];
  /** What they fill, Mercator units: west, north, east, south. */
  box: [number, number, number, number];
}

interface Cell {
  count: number;
  sumX: number;
  sumY: number;
  counts: number[];
  box: [number, number, number, number];
}

const STEP_OF_KEY = 131_072;

/** The net that is used at a zoom; null from where everybody is drawn alone. */
export const gridAt = (zoom: number): number | null =>
  zoom >= APART_FROM ? null : Math.floor(zoom * NETS) / NETS;

/**
 * Who can be drawn alone (indices into `all`), and who only as a cluster. Cells lie fixed on the world: nothing regroups
 * while the map is dragged.
 */
export function cluster(
  all: Places,
  zoom: number,
  { statuses, place }: { statuses: number; place: Place },
): { alone: number[]; clusters: Cluster[] } {
  const net = gridAt(zoom);
  const everybody = Array.from({ length: all.count }, (_, i) => i);
  if (net === null || all.count < LEAST) return { alone: everybody, clusters: [] };
  const side = CELL_PIXELS / (TILE_PIXELS * 2 ** net);
  const keyOf = (i: number) => Math.floor(all.x[i]! / side) * STEP_OF_KEY + Math.floor(all.y[i]! / side);
  const cells = new Map<number, Cell>();
  for (const i of everybody) {
    const key = keyOf(i);
    let cell = cells.get(key);
    if (!cell) {
      cell = { count: 0, sumX: 0, sumY: 0, counts: new Array(statuses).fill(0), box: [1, 1, 0, 0] };
      cells.set(key, cell);
    }
    add(cell, all.x[i]!, all.y[i]!, all.status[i]!);
  }
  const alone = everybody.filter((i) => cells.get(keyOf(i))!.count < LEAST);
  const clusters = [...cells]
    .filter(([, cell]) => cell.count >= LEAST)
    .map(([key, { count, sumX, sumY, counts, box }]) => ({
      id: `${net}/${key}`,
      x: placed(sumX / count, side, place[0], place[2]),
      y: placed(sumY / count, side, place[1], place[3]),
      counts,
      box,
    }));
  return { alone, clusters };
}

function add(cell: Cell, x: number, y: number, status: number): void {
  cell.count += 1;
  cell.sumX += x;
  cell.sumY += y;
  cell.counts[status]! += 1;
  const { box } = cell;
  if (x < box[0]) box[0] = x;
  if (y < box[1]) box[1] = y;
  if (x > box[2]) box[2] = x;
  if (y > box[3]) box[3] = y;
}

/** `at` in whole steps, and between `least` and `most` of its cell. */
function placed(at: number, side: number, least: number, most: number): number {
  const cell = Math.floor(at / side);
  const part = Math.round((at / side - cell) * STEPS) / STEPS;
  return (cell + Math.min(most, Math.max(least, part))) * side;
}

/** [[west, south], [east, north]] of a cluster, for the camera. */
export const boundsOf = ({
  box: [west, north, east, south],
}: Cluster): [[number, number], [number, number]] => [
  [lonOf(west), latOf(south)],
  [lonOf(east), latOf(north)],
];
