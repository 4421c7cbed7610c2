import type { TourGraph } from '../tour-graph.js';
import { LEAST_GAIN, type Move } from './move.js';

/** Job `u` and the one behind it go behind `v`, as they are or turned round. */
export class RelocatePair implements Move {
  constructor(
    private readonly turned: boolean,
    readonly name = turned ? 'relocate pair turned' : 'relocate pair',
  ) {}

  attempt(g: TourGraph, u: number, v: number): boolean {
    const { next, prev, routeOf, way } = g;
    const before = prev[u];
    const x = next[u];
    if (x >= g.n || v === x || (v === before && !this.turned)) return false;
    const after = next[x];
    const y = v === before ? after : next[v];
    const ru = routeOf[u];
    const rv = routeOf[v];
    const first = this.turned ? x : u;
    const second = this.turned ? u : x;
    const inside = this.turned ? g.d(x, u) - way[u] : 0;
    const closing = v === before ? 0 : g.d(before, after) - way[v];
    const delta = closing - way[before] - way[x] + g.d(v, first) + g.d(second, y) + inside;
    if (ru === rv) {
      if (delta >= g.penalty[ru] - LEAST_GAIN) return false;
      g.midCount = 0;
      let warp: number;
      if (v === before) {
        g.mid[g.midCount++] = x;
        g.mid[g.midCount++] = u;
        warp = g.warpOf(before, after);
      } else if (g.pos[u] < g.pos[v]) {
        g.midRun(after, v);
        g.mid[g.midCount++] = first;
        g.mid[g.midCount++] = second;
        warp = g.warpOf(before, y);
      } else {
        g.mid[g.midCount++] = first;
        g.mid[g.midCount++] = second;
        g.midRun(y, before);
        warp = g.warpOf(v, after);
      }
      if (delta + (warp - g.warp[ru]) * g.warpPrice >= -LEAST_GAIN) return false;
    } else {
      const paid = g.penalty[ru] + g.penalty[rv];
      if (delta >= paid - LEAST_GAIN || g.len[rv] + 2 > g.maxTasks) return false;
      g.midCount = 0;
      let price = g.warpPrice * g.warpOf(before, after) + g.excessWith(ru, -1, -1, u, x);
      if (delta + price >= paid - LEAST_GAIN) return false;
      g.mid[g.midCount++] = first;
      g.mid[g.midCount++] = second;
      price += g.warpPrice * g.warpOf(v, y) + g.excessWith(rv, u, x, -1, -1);
      if (delta + price >= paid - LEAST_GAIN) return false;
    }
    next[before] = after;
    next[v] = first;
    next[first] = second;
    next[second] = y;
    g.update(ru);
    if (rv !== ru) g.update(rv);
    return true;
  }
}
