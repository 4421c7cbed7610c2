import type { TourGraph } from '../tour-graph.js';
import { LEAST_GAIN, type Move } from './move.js';

/** Job `u` goes behind `v`. */
export class Relocate implements Move {
  readonly name = 'relocate';

  attempt(g: TourGraph, u: number, v: number): boolean {
    const { next, prev, routeOf, way } = g;
    const before = prev[u];
    if (v === before) return false;
    const x = next[u];
    const y = next[v];
    const ru = routeOf[u];
    const rv = routeOf[v];
    const delta = g.d(before, x) - way[before] - way[u] + g.d(v, u) + g.d(u, y) - way[v];
    if (ru === rv) {
      if (delta >= g.penalty[ru] - LEAST_GAIN) return false;
      g.midCount = 0;
      let warp: number;
      if (g.pos[u] < g.pos[v]) {
        g.midRun(x, v);
        g.mid[g.midCount++] = u;
        warp = g.warpOf(before, y);
      } else {
        g.mid[g.midCount++] = u;
        g.midRun(y, before);
        warp = g.warpOf(v, x);
      }
      if (delta + (warp - g.warp[ru]) * g.warpPrice >= -LEAST_GAIN) return false;
    } else {
      const paid = g.penalty[ru] + g.penalty[rv];
      if (delta >= paid - LEAST_GAIN || g.len[rv] >= g.maxTasks) return false;
      g.midCount = 0;
      let price = g.warpPrice * g.warpOf(before, x) + g.excessWith(ru, -1, -1, u, -1);
      if (delta + price >= paid - LEAST_GAIN) return false;
      g.mid[g.midCount++] = u;
      price += g.warpPrice * g.warpOf(v, y) + g.excessWith(rv, u, -1, -1, -1);
      if (delta + price >= paid - LEAST_GAIN) return false;
    }
    next[before] = x;
    next[v] = u;
    next[u] = y;
    g.update(ru);
    if (rv !== ru) g.update(rv);
    return true;
  }
}
