import type { TourGraph } from '../tour-graph.js';
import { LEAST_GAIN, type Move } from './move.js';

/** `uCount` jobs from `u` on change places with `vCount` jobs from `v` on (1 or 2 each), between two routes. */
export class Exchange implements Move {
  readonly name: string;

  constructor(
    private readonly uCount: 1 | 2,
    private readonly vCount: 1 | 2,
  ) {
    this.name = `exchange ${uCount}-${vCount}`;
  }

  attempt(g: TourGraph, u: number, v: number): boolean {
    const { next, prev, routeOf, way } = g;
    if (v >= g.n) return false;
    const ru = routeOf[u];
    const rv = routeOf[v];
    const uLast = this.uCount === 2 ? next[u] : u;
    const vLast = this.vCount === 2 ? next[v] : v;
    if (uLast >= g.n || vLast >= g.n) return false;
    if (ru === rv) return this.uCount === 1 && this.vCount === 1 && this.within(g, u, v);
    const more = this.uCount - this.vCount;
    if (g.len[rv] + more > g.maxTasks || g.len[ru] - more > g.maxTasks) return false;
    const pu = prev[u];
    const pv = prev[v];
    const x = next[uLast];
    const y = next[vLast];
    const delta =
      g.d(pu, v) + g.d(vLast, x) - way[pu] - way[uLast] + g.d(pv, u) + g.d(uLast, y) - way[pv] - way[vLast];
    const paid = g.penalty[ru] + g.penalty[rv];
    if (delta >= paid - LEAST_GAIN) return false;
    const u2 = this.uCount === 2 ? uLast : -1;
    const v2 = this.vCount === 2 ? vLast : -1;
    g.mid[0] = v;
    g.mid[1] = vLast;
    g.midCount = this.vCount;
    let price = g.warpPrice * g.warpOf(pu, x) + g.excessWith(ru, v, v2, u, u2);
    if (delta + price >= paid - LEAST_GAIN) return false;
    g.mid[0] = u;
    g.mid[1] = uLast;
    g.midCount = this.uCount;
    price += g.warpPrice * g.warpOf(pv, y) + g.excessWith(rv, u, u2, v, v2);
    if (delta + price >= paid - LEAST_GAIN) return false;
    next[pu] = v;
    next[vLast] = x;
    next[pv] = u;
    next[uLast] = y;
    g.update(ru);
    g.update(rv);
    return true;
  }

  /** Two single jobs of one route that are not neighbours. */
  private within(g: TourGraph, u: number, v: number): boolean {
    const { next, prev, way } = g;
    if (next[u] === v || next[v] === u) return false;
    const [a, b] = g.pos[u] < g.pos[v] ? [u, v] : [v, u];
    const pa = prev[a];
    const xa = next[a];
    const pb = prev[b];
    const xb = next[b];
    const delta = g.d(pa, b) + g.d(b, xa) - way[pa] - way[a] + g.d(pb, a) + g.d(a, xb) - way[pb] - way[b];
    const r = g.routeOf[u];
    if (delta >= g.penalty[r] - LEAST_GAIN) return false;
    g.midCount = 0;
    g.mid[g.midCount++] = b;
    g.midRun(xa, pb);
    g.mid[g.midCount++] = a;
    if (delta + (g.warpOf(pa, xb) - g.warp[r]) * g.warpPrice >= -LEAST_GAIN) return false;
    next[pa] = b;
    next[b] = xa;
    next[pb] = a;
    next[a] = xb;
    g.update(r);
    return true;
  }
}
