import type { TourGraph } from '../tour-graph.js';
import { LEAST_GAIN, type Move } from './move.js';

/** The run behind `u` up to `v` is turned round (Croes 1958). */
export class TwoOpt implements Move {
  readonly name = '2-opt';

  attempt(g: TourGraph, u: number, v: number): boolean {
    const { next, prev, way } = g;
    const r = g.routeOf[u];
    if (r !== g.routeOf[v] || g.pos[v] <= g.pos[u] + 1) return false;
    const x = next[u];
    const y = next[v];
    let old = 0;
    for (let i = u; i !== y; i = next[i]) old += way[i];
    g.midCount = 0;
    for (let i = v; i !== u; i = prev[i]) g.mid[g.midCount++] = i;
    const delta = g.wayThroughMid(u, y) - old;
    if (delta >= g.penalty[r] - LEAST_GAIN) return false;
    if (delta + (g.warpOf(u, y) - g.warp[r]) * g.warpPrice >= -LEAST_GAIN) return false;
    const count = g.midCount;
    next[u] = v;
    for (let k = 0; k + 1 < count; k++) next[g.mid[k]] = g.mid[k + 1];
    next[x] = y;
    g.update(r);
    return true;
  }
}
