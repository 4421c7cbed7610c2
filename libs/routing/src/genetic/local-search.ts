import type { Random } from '#kernel';
import { Exchange } from './moves/exchange.js';
import type { Move } from './moves/move.js';
import { Relocate } from './moves/relocate.js';
import { RelocatePair } from './moves/relocate-pair.js';
import { TwoOpt } from './moves/two-opt.js';
import { TwoOptStar } from './moves/two-opt-star.js';
import type { TourGraph } from './tour-graph.js';

const relocate = new Relocate();
const relocatePair = new RelocatePair(false);
const relocateTurned = new RelocatePair(true);
const exchange11 = new Exchange(1, 1);
const exchange21 = new Exchange(2, 1);
const exchange22 = new Exchange(2, 2);
const twoOptStar = new TwoOptStar();
const twoOpt = new TwoOpt();

export const MOVES: readonly Move[] = [
  relocate,
  relocatePair,
  relocateTurned,
  exchange11,
  exchange21,
  exchange22,
  twoOptStar,
  twoOpt,
];

/**
 * Descent over granular neighbourhoods (Toth & Vigo 2003; Vidal 2022): for each job only moves towards its nearest
 * correlates, and only where one of the two routes has changed since the job was last looked at.
 */
export class LocalSearch {
  private readonly order: Int32Array;
  private readonly lastTested: Int32Array;
  private readonly lastChanged: Int32Array;
  private moves = 0;

  constructor(
    readonly graph: TourGraph,
    private readonly near: Int32Array,
    private readonly nearCount: number,
    private readonly random: Random,
  ) {
    this.order = Int32Array.from({ length: graph.n }, (_, i) => i);
    this.lastTested = new Int32Array(graph.n);
    this.lastChanged = new Int32Array(graph.routes);
  }

  run(): void {
    const { graph: g, order, random, near, nearCount, lastTested, lastChanged } = this;
    for (let i = order.length - 1; i > 0; i--) {
      const k = Math.floor(random() * (i + 1));
      const swap = order[i];
      order[i] = order[k];
      order[k] = swap;
    }
    this.moves = 0;
    lastTested.fill(-1);
    lastChanged.fill(0);
    let improved = true;
    for (let loop = 0; improved || loop < 2; loop++) {
      improved = false;
      for (let o = 0; o < order.length; o++) {
        const u = order[o];
        const tested = lastTested[u];
        lastTested[u] = this.moves;
        for (let k = 0; k < nearCount; k++) {
          const v = near[u * nearCount + k];
          if (Math.max(lastChanged[g.routeOf[u]], lastChanged[g.routeOf[v]]) <= tested) continue;
          if (this.beside(u, v)) {
            improved = true;
            continue;
          }
          const start = g.prev[v];
          if (start >= g.n && this.behindStart(u, start)) improved = true;
        }
        if (loop > 0 && this.intoEmpty(u)) improved = true;
      }
    }
  }

  /** Written out, so that each call has one target and can be inlined. */
  private beside(u: number, v: number): boolean {
    const g = this.graph;
    const ru = g.routeOf[u];
    const rv = g.routeOf[v];
    const made =
      relocate.attempt(g, u, v) ||
      relocatePair.attempt(g, u, v) ||
      relocateTurned.attempt(g, u, v) ||
      exchange11.attempt(g, u, v) ||
      exchange21.attempt(g, u, v) ||
      exchange22.attempt(g, u, v) ||
      twoOptStar.attempt(g, u, v) ||
      twoOpt.attempt(g, u, v);
    if (made) this.note(ru, rv);
    return made;
  }

  /** The moves that make sense behind the start of a route. */
  private behindStart(u: number, start: number): boolean {
    const g = this.graph;
    const ru = g.routeOf[u];
    const rv = g.routeOf[start];
    const made =
      relocate.attempt(g, u, start) ||
      relocatePair.attempt(g, u, start) ||
      relocateTurned.attempt(g, u, start) ||
      twoOptStar.attempt(g, u, start);
    if (made) this.note(ru, rv);
    return made;
  }

  private note(ru: number, rv: number): void {
    this.moves++;
    this.lastChanged[ru] = this.moves;
    this.lastChanged[rv] = this.moves;
  }

  private intoEmpty(u: number): boolean {
    const { graph: g } = this;
    for (let r = 0; r < g.routes; r++) {
      if (g.len[r] === 0) return g.len[g.routeOf[u]] > 1 && this.behindStart(u, g.start(r));
    }
    return false;
  }

  /** Puts a job that is in no route where its priced cost is least. */
  insert(job: number): void {
    const { graph: g } = this;
    let best = Number.POSITIVE_INFINITY;
    let behind = -1;
    let emptySeen = false;
    g.mid[0] = job;
    g.midCount = 1;
    for (let r = 0; r < g.routes; r++) {
      if (g.len[r] === 0 && emptySeen) continue;
      if (g.len[r] === 0) emptySeen = true;
      if (g.len[r] >= g.maxTasks) continue;
      const excess = g.excessWith(r, job, -1, -1, -1) - g.penalty[r];
      for (let p = g.start(r); p !== g.end(r); p = g.next[p]) {
        const s = g.next[p];
        const delta = g.d(p, job) + g.d(job, s) - g.way[p] + excess;
        if (delta >= best) continue;
        const cost = delta + g.warpPrice * g.warpOf(p, s);
        if (cost < best) {
          best = cost;
          behind = p;
        }
      }
    }
    if (behind < 0) return;
    g.next[job] = g.next[behind];
    g.next[behind] = job;
    g.update(g.routeOf[behind]);
  }
}
