import { entityStore } from '../../../store/entity-store';
import { WORKER_STATUSES } from '../../view/view-state';
import { type Cluster, cluster, gridAt, type Places, SIGN_PLACES } from '../clusters';
import { type MapLayer, oncePerFrame, type Scene } from '../map-layer';
import { mercatorX, mercatorY } from '../mercator';
import { rgb } from '../palette';
import { FLOATS, type WorkersProgram, workersProgram } from './workers-program';

/** A position older than this is drawn hollow. */
const STALE_MS = 120_000;
const HIT_PIXELS = 14;
const STATUS_NUMBER = new Map(WORKER_STATUSES.map((status, n) => [status as string, n]));

const CLUSTERS = { statuses: WORKER_STATUSES.length, place: SIGN_PLACES.workers };

const room = (rows: number) => ({
  x: new Float64Array(rows),
  y: new Float64Array(rows),
  status: new Uint8Array(rows),
});

/**
 * Thousands of moving workers: one buffer, one draw call; a frame of positions costs a fill of the buffer. Those who
 * cannot be told apart are handed to `showClusters` instead.
 */
export function workersLayer(
  showClusters: (clusters: readonly Cluster[]) => void,
): MapLayer & { show(ids: ReadonlySet<string>): void } {
  let scene: Scene | undefined;
  let program: WorkersProgram | undefined;
  let shown: ReadonlySet<string> = new Set();
  let selected: string | null = null;
  let visible = true;
  let data = new Float32Array(0);
  let people: Places = { count: 0, ...room(0) };
  let drawnIds: string[] = [];
  let net: number | null = null;
  let changed = true;
  // 32-bit numbers are exact to a metre only near their origin.
  let origin = { x: 0, y: 0 };
  const stops: (() => void)[] = [];

  const repaint = oncePerFrame(() => {
    changed = true;
    scene?.map.triggerRepaint();
  });

  function fill(now: number): void {
    const { positions } = entityStore;
    if (data.length < positions.size * FLOATS) {
      data = new Float32Array(positions.size * FLOATS * 2);
      people = { count: 0, ...room(positions.size * 2) };
    }
    if (positions.size > 0 && origin.x === 0)
      origin = { x: mercatorX(positions.lon[0]!), y: mercatorY(positions.lat[0]!) };
    const rows = placeShown();
    const { alone, clusters } = cluster(people, scene!.map.getZoom(), CLUSTERS);
    drawnIds = [];
    for (const i of alone) if (positions.ids[rows[i]!] !== selected) put(now, rows[i]!, i);
    // Drawn last, so on top, also within a cluster.
    const chosen = selected ? rows.indexOf(positions.row(selected) ?? -1) : -1;
    if (chosen >= 0) put(now, rows[chosen]!, chosen);
    showClusters(clusters);
  }

  /** Fills `people` with those who are shown; their rows in the same order. */
  function placeShown(): number[] {
    const { positions, workers } = entityStore;
    const rows: number[] = [];
    for (let row = 0; row < positions.size; row++) {
      const id = positions.ids[row]!;
      if (id !== selected && !shown.has(id)) continue;
      const i = rows.length;
      people.x[i] = mercatorX(positions.lon[row]!);
      people.y[i] = mercatorY(positions.lat[row]!);
      people.status[i] = STATUS_NUMBER.get(workers.get(id)?.status ?? 'off_duty') ?? 3;
      rows.push(row);
    }
    people.count = rows.length;
    return rows;
  }

  function put(now: number, row: number, i: number): void {
    const { positions } = entityStore;
    const id = positions.ids[row]!;
    const heading = positions.heading[row]!;
    const o = drawnIds.length * FLOATS;
    data[o] = people.x[i]! - origin.x;
    data[o + 1] = people.y[i]! - origin.y;
    data[o + 2] = Number.isNaN(heading) ? -1 : heading;
    data[o + 3] = people.status[i]!;
    data[o + 4] = (now - positions.fixAt[row]! > STALE_MS ? 1 : 0) + (id === selected ? 2 : 0);
    drawnIds.push(id);
  }

  /** From Mercator units at the origin to the clip space of the screen, multiplied in double precision. */
  function fromOrigin(matrix: ArrayLike<number>): Float32Array {
    const m = Float32Array.from(matrix);
    for (let i = 0; i < 4; i++)
      m[12 + i] = matrix[i]! * origin.x + matrix[4 + i]! * origin.y + matrix[12 + i]!;
    return m;
  }

  return {
    show(ids) {
      shown = ids;
      repaint.ask();
    },
    mount(into) {
      scene = into;
      const { map, palette } = into;
      map.addLayer({
        id: 'workers',
        type: 'custom',
        renderingMode: '2d',
        onAdd(_, gl) {
          program = workersProgram(gl as WebGL2RenderingContext, {
            status: WORKER_STATUSES.map((status) => rgb(palette.status[status])),
            surface: rgb(palette.surface),
            ink: rgb(palette.ink),
          });
          changed = true;
        },
        onRemove() {
          program?.delete();
          program = undefined;
        },
        render(_, { defaultProjectionData }) {
          if (!visible || !program) return;
          const zoom = map.getZoom();
          if (changed || gridAt(zoom) !== net) {
            net = gridAt(zoom);
            fill(into.now());
            program.upload(data, drawnIds.length);
            changed = false;
          }
          const size = Math.min(26, Math.max(9, (zoom - 6) * 3)) * devicePixelRatio;
          program.draw(fromOrigin(defaultProjectionData.mainMatrix as ArrayLike<number>), size);
        },
      });
      stops.push(entityStore.positions.subscribe(repaint.ask), entityStore.workers.subscribe(repaint.ask));
      // What was fresh grows stale without anything being sent.
      const timer = setInterval(repaint.ask, 10_000);
      stops.push(() => clearInterval(timer));
    },
    unmount() {
      for (const stop of stops) stop();
      repaint.stop();
    },
    look(view) {
      visible = view.layers.includes('workers');
      if (!visible) showClusters([]);
      selected = view.workerId;
      repaint.ask();
    },
    hit(point) {
      if (!scene || !visible) return null;
      const at = scene.map.unproject([point.x, point.y]);
      const pixels = 512 * 2 ** scene.map.getZoom();
      const [x, y] = [mercatorX(at.lng) - origin.x, mercatorY(at.lat) - origin.y];
      let best = HIT_PIXELS;
      let id: string | null = null;
      for (let i = 0; i < drawnIds.length; i++) {
        const d = Math.hypot(data[i * FLOATS]! - x, data[i * FLOATS + 1]! - y) * pixels;
        if (d < best) {
          best = d;
          id = drawnIds[i]!;
        }
      }
      return id ? { kind: 'worker', id, pixels: best } : null;
    },
  };
}
