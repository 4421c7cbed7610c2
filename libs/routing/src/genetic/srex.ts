import type { Random } from '#kernel';
import type { BasicModel, Tours } from '../basic/basic-model.js';
import type { Individual } from './individual.js';

/**
 * Selective route exchange (Nagata & Kobayashi 2010): a block of routes of the first parent gives way to a block of the
 * second that serves nearly the same jobs. Two children: in one the new routes keep all their jobs, in the other
 * the old ones do. What neither serves is left for insertion.
 */
export class RouteExchange {
  private readonly mark: Uint8Array;

  constructor(
    private readonly model: BasicModel,
    private readonly random: Random,
    private readonly place: Float64Array,
  ) {
    this.mark = new Uint8Array(model.jobCount);
  }

  children(a: Individual, b: Individual): [Tours, Tours] {
    const { random } = this;
    const ra = this.around(a.tours);
    const rb = this.around(b.tours);
    const count = 1 + Math.floor(random() * Math.max(1, Math.min(ra.length, rb.length) - 1));
    let startA = Math.floor(random() * ra.length);
    let startB = startA % rb.length;
    // Hill-climb on where the blocks begin: as few jobs as possible that only one of them serves.
    let best = this.differences(ra, startA, rb, startB, count);
    for (let improved = true; improved; ) {
      improved = false;
      for (const [da, db] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const sa = (startA + da + ra.length) % ra.length;
        const sb = (startB + db + rb.length) % rb.length;
        const d = this.differences(ra, sa, rb, sb, count);
        if (d < best) {
          best = d;
          startA = sa;
          startB = sb;
          improved = true;
        }
      }
    }
    const kept = ra.filter((_, i) => (i - startA + ra.length) % ra.length >= count);
    const fresh = block(rb, startB, count);
    const without = (routes: number[][], out: number[][]) => {
      this.mark.fill(0);
      for (const route of out) for (const j of route) this.mark[j] = 1;
      return routes.map((route) => route.filter((j) => this.mark[j] === 0));
    };
    return [this.pad([...without(kept, fresh), ...fresh]), this.pad([...kept, ...without(fresh, kept)])];
  }

  private differences(ra: number[][], sa: number, rb: number[][], sb: number, count: number): number {
    const { mark } = this;
    mark.fill(0);
    let only = 0;
    for (const route of block(ra, sa, count)) {
      for (const j of route) {
        mark[j] = 1;
        only++;
      }
    }
    for (const route of block(rb, sb, count)) for (const j of route) only += mark[j] === 1 ? -1 : 1;
    return only;
  }

  /** Routes in use, in the order of their direction from the depot. */
  private around(tours: Tours): number[][] {
    const { place } = this;
    const angle = (tour: number[]) => {
      let x = 0;
      let y = 0;
      for (const j of tour) {
        x += place[2 * j];
        y += place[2 * j + 1];
      }
      return Math.atan2(y, x);
    };
    return tours
      .filter((t) => t.length > 0)
      .map((t) => ({ t, angle: angle(t) }))
      .sort((p, q) => p.angle - q.angle)
      .map((p) => p.t);
  }

  private pad(routes: number[][]): Tours {
    const used = routes.filter((r) => r.length > 0);
    while (used.length < this.model.workerCount) used.push([]);
    return used;
  }
}

const block = (routes: number[][], start: number, count: number): number[][] =>
  Array.from({ length: Math.min(count, routes.length) }, (_, i) => routes[(start + i) % routes.length]);
