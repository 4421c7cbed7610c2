import { cellAt, type StripPlan, stripAt } from './strip-plan.js';

/** Receives the cells that may hold something within `limit` (squared chord), nearest strips first; may lower it. */
export interface Sink {
  limit: number;
  scan(cell: number): void;
}

/**
 * Visits every cell that may hold a point within the sink's limit of (lat, lon), in radians.
 *
 * Bounds come from the haversine: chord^2 = 4 sin^2(dLat/2) + 4 cos(lat1) cos(lat2) sin^2(dLon/2), and
 * 4 sin^2(a/2) >= a^2 (1 - a^2/12). They hold everywhere on the sphere, so that no seam needs a case of its own.
 */
export function sweep(plan: StripPlan, lat: number, lon: number, sink: Sink): void {
  const home = stripAt(plan, lat);
  const cosLat = Math.cos(lat);
  sweepStrip(plan, home, lon, 0, cosLat, sink);
  let north = home + 1;
  let south = home - 1;
  for (;;) {
    const up = north < plan.stripCount ? plan.south[north]! - lat : Number.POSITIVE_INFINITY;
    const down = south >= 0 ? lat - plan.south[south + 1]! : Number.POSITIVE_INFINITY;
    const gap = Math.min(up, down);
    if (gap === Number.POSITIVE_INFINITY) return;
    const bound = squaredChordAtLeast(gap);
    if (bound > sink.limit) return;
    sweepStrip(plan, up < down ? north++ : south--, lon, bound, cosLat, sink);
  }
}

/** One strip: the cell at the query's longitude, then eastwards and westwards until the limit or the other side. */
function sweepStrip(
  plan: StripPlan,
  strip: number,
  lon: number,
  latBound: number,
  cosLat: number,
  sink: Sink,
): void {
  const { west } = plan;
  const first = plan.firstCell[strip]!;
  const count = plan.firstCell[strip + 1]! - first;
  const home = cellAt(plan, strip, lon);
  const worth = cosLat * plan.leastCos[strip]!;
  sink.scan(home);

  let unvisited = count - 1;
  for (let cell = home + 1, turn = 0; unvisited > 0; unvisited--, cell++) {
    if (cell === first + count) {
      cell = first;
      turn = 2 * Math.PI;
    }
    const gap = west[cell]! + turn - lon;
    if (gap > Math.PI || latBound + worth * squaredChordAtLeast(gap) > sink.limit) break;
    sink.scan(cell);
  }
  for (let cell = home - 1, turn = 0; unvisited > 0; unvisited--, cell--) {
    if (cell < first) {
      cell = first + count - 1;
      turn = 2 * Math.PI;
    }
    const east = cell + 1 < first + count ? west[cell + 1]! : Math.PI;
    const gap = lon - east + turn;
    if (gap > Math.PI || latBound + worth * squaredChordAtLeast(gap) > sink.limit) break;
    sink.scan(cell);
  }
}

function squaredChordAtLeast(angle: number): number {
  return angle > 0 ? angle * angle * (1 - (angle * angle) / 12) : 0;
}
