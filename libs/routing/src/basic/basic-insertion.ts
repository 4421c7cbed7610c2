import { type BasicModel, startAtOrAfter } from './basic-model.js';
import type { BasicRouteBook } from './basic-route-book.js';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * The cheapest feasible slot of a job in a route, remembered for each (job, route) under the route's version. A ruin
 * touches a handful of routes, so most of what recreate asks has been answered in an earlier step.
 */
export class BasicInsertion {
  private readonly version: Float64Array;
  private readonly delta: Float64Array;
  private readonly slot: Int32Array;

  constructor(
    private readonly model: BasicModel,
    private readonly book: BasicRouteBook,
  ) {
    const cells = model.jobCount * model.workerCount;
    this.version = new Float64Array(cells);
    this.delta = new Float64Array(cells);
    this.slot = new Int32Array(cells);
  }

  /** Cost of the best insertion of `job` into route `r`, Infinity if none is feasible. */
  cost(job: number, r: number): number {
    const cell = job * this.model.workerCount + r;
    if (this.version[cell] !== this.book.version[r]) this.evaluate(job, r, cell);
    return this.delta[cell];
  }

  /** The slot that `cost` speaks of. */
  slotFor(job: number, r: number): number {
    return this.slot[job * this.model.workerCount + r];
  }

  private evaluate(job: number, r: number, cell: number): void {
    const { model: m, book } = this;
    this.version[cell] = book.version[r];
    this.delta[cell] = NEVER;
    const len = book.len[r];
    if (m.allowed[cell] === 0 || len >= m.maxTasks[r]) return;
    const dims = m.dimensions;
    for (let d = 0; d < dims; d++) {
      if (book.load[r * dims + d] + m.demand[job * dims + d] > m.capacity[r * dims + d]) return;
    }
    const { seq, depart, latest, edge } = book;
    const { cost, costTo, time, timeTo } = m;
    const base = r * book.stride;
    const row = job * m.nodeCount;
    const opens = m.firstOpen[job];
    const closes = m.lastClose[job];
    const oneWindow = m.windowFrom[job + 1] - m.windowFrom[job] === 1;
    const service = m.service[job] * m.serviceFactor[r];
    // The first stop of an idle worker brings the whole trip; on a running route only the detour counts.
    const open = len === 0 ? 0 : 1;
    const spare = m.maxTravel[r] - book.travel[r];
    let best = spare < NEVER ? spare + 1e-9 : NEVER;
    let bestSlot = 0;
    let previous = seq[base];
    for (let k = 1, end = len + 1; k <= end; k++) {
      const next = seq[base + k];
      const delta = costTo[row + previous] + cost[row + next] - open * edge[base + k];
      if (delta < best) {
        const left = depart[base + k - 1];
        if (left > closes) break;
        const arrive = left + timeTo[row + previous];
        if (arrive <= closes) {
          const start = oneWindow ? Math.max(arrive, opens) : startAtOrAfter(m, job, arrive);
          if (start + service + time[row + next] <= latest[base + k]) {
            best = delta;
            bestSlot = k;
          }
        }
      }
      previous = next;
    }
    if (bestSlot === 0) return;
    this.delta[cell] = m.bias ? best + m.bias[cell] : best;
    this.slot[cell] = bestSlot;
  }
}
