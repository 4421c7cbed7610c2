import { world } from '../../../world/world';
import { WORKER_STATUSES } from '../../view/view-state';
import { type MapLayer, onceAFrame, type Scene } from '../map-layer';
import { mercatorX, mercatorY } from '../mercator';
import { rgb } from '../palette';
import { FLOATS, type WorkersProgram, workersProgram } from './workers-program';

/** A position older than this is drawn hollow. */
const STALE_MS = 120_000;
const HIT_PIXELS = 14;
const STATUS_NUMBER = new Map(WORKER_STATUSES.map((status, n) => [status as string, n]));

/** Thousands of moving workers: one buffer, one draw call; a frame of positions costs a fill of the buffer. */
export function workersLayer(): MapLayer & { show(ids: ReadonlySet<string>): void } {
  let scene: Scene | undefined;
  let program: WorkersProgram | undefined;
  let shown: ReadonlySet<string> = new Set();
  let selected: string | null = null;
  let visible = true;
  let data = new Float32Array(0);
  let drawnIds: string[] = [];
  let changed = true;
  // 32-bit numbers are exact to a metre only near their origin.
  let origin = { x: 0, y: 0 };
  const stops: (() => void)[] = [];

  const repaint = onceAFrame(() => {
    changed = true;
    scene?.map.triggerRepaint();
  });

  function fill(now: number): void {
    const { positions, workers } = world;
    if (data.length < positions.size * FLOATS) data = new Float32Array(positions.size * FLOATS * 2);
    if (positions.size > 0 && origin.x === 0)
      origin = { x: mercatorX(positions.lon[0]!), y: mercatorY(positions.lat[0]!) };
    drawnIds = [];
    let o = 0;
    const put = (row: number, id: string) => {
      const status = STATUS_NUMBER.get(workers.get(id)?.status ?? 'off_duty') ?? 3;
      const heading = positions.heading[row]!;
      data[o] = mercatorX(positions.lon[row]!) - origin.x;
      data[o + 1] = mercatorY(positions.lat[row]!) - origin.y;
      data[o + 2] = Number.isNaN(heading) ? -1 : heading;
      data[o + 3] = status;
      data[o + 4] = (now - positions.fixAt[row]! > STALE_MS ? 1 : 0) + (id === selected ? 2 : 0);
      drawnIds.push(id);
      o += FLOATS;
    };
    for (let row = 0; row < positions.size; row++) {
      const id = positions.ids[row]!;
      if (id !== selected && shown.has(id)) put(row, id);
    }
    // Last, and so on top.
    const row = selected ? positions.row(selected) : undefined;
    if (row !== undefined && selected) put(row, selected);
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
          if (changed) {
            fill(into.now());
            program.upload(data, drawnIds.length);
            changed = false;
          }
          const zoom = map.getZoom();
          const size = Math.min(26, Math.max(9, (zoom - 6) * 3)) * devicePixelRatio;
          program.draw(fromOrigin(defaultProjectionData.mainMatrix as ArrayLike<number>), size);
        },
      });
      stops.push(world.positions.subscribe(repaint.ask), world.workers.subscribe(repaint.ask));
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
