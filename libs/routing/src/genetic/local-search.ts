import type { Random } from '#kernel';
import { Exchange } from './moves/exchange.js';
import type { Move } from './moves/move.js';
import { Relocate } from './moves/relocate.js';
import { RelocatePair } from './moves/relocate-pair.js';
import { TwoOpt } from './moves/two-opt.js';
import { TwoOptStar } from './moves/two-opt-star.js';
import type { TourGraph } from './tour-graph.js';

export const MOVES: readonly Move[] = [
  new Relocate(),
  new RelocatePair(false),
  new RelocatePair(true),
  new Exchange(1, 1),
  new Exchange(2, 1),
  new Exchange(2, 2),
  new TwoOptStar(),
  new TwoOpt(),
];

/** Moves that make sense behind the start of a route. */
const AT_START: readonly Move[] = [
  new Relocate(),
  new RelocatePair(false),
  new RelocatePair(true),
  new TwoOptStar(),
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
          if (this.any(MOVES, u, v)) {
            improved = true;
            continue;
          }
          const start = g.prev[v];
          if (start >= g.n && this.any(AT_START, u, start)) improved = true;
        }
        if (loop > 0 && this.intoEmpty(u)) improved = true;
      }
    }
  }

  private any(moves: readonly Move[], u: number, v: number): boolean {
    const { graph: g, lastChanged } = this;
    const ru = g.routeOf[u];
    const rv = g.routeOf[v];
    for (let m = 0; m < moves.length; m++) {
      if (!moves[m].attempt(g, u, v)) continue;
      this.moves++;
      lastChanged[ru] = this.moves;
      lastChanged[rv] = this.moves;
      return true;
    }
    return false;
  }

  private intoEmpty(u: number): boolean {
    const { graph: g } = this;
    for (let r = 0; r < g.routes; r++) {
      if (g.len[r] === 0) return g.len[g.routeOf[u]] > 1 && this.any(AT_START, u, g.start(r));
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
        const delta = g.d(p, job) + g.d(job, s) - g.d(p, s) + excess;
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
