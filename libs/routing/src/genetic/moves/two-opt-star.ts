import type { TourGraph } from '../tour-graph.js';
import { LEAST_GAIN, type Move } from './move.js';

/** Two routes swap what comes behind `u` and behind `v` (Potvin & Rousseau 1995). */
export class TwoOptStar implements Move {
  readonly name = '2-opt*';
  private scratch: Float64Array | undefined;

  attempt(g: TourGraph, u: number, v: number): boolean {
    const { next, prev, routeOf, way, dims } = g;
    const ru = routeOf[u];
    const rv = routeOf[v];
    if (ru === rv) return false;
    const x = next[u];
    const y = next[v];
    const delta = g.d(u, y) + g.d(v, x) - way[u] - way[v];
    const paid = g.penalty[ru] + g.penalty[rv];
    if (delta >= paid - LEAST_GAIN) return false;
    const uCount = g.pos[u] + g.len[rv] - g.pos[v];
    const vCount = g.pos[v] + g.len[ru] - g.pos[u];
    if (uCount > g.maxTasks || vCount > g.maxTasks) return false;
    g.midCount = 0;
    let price = g.warpPrice * g.warpOf(u, y);
    if (delta + price >= paid - LEAST_GAIN) return false;
    price += g.warpPrice * g.warpOf(v, x);
    if (delta + price >= paid - LEAST_GAIN) return false;
    this.scratch ??= new Float64Array(dims);
    for (let side = 0; side < 2; side++) {
      const [head, tail, r] = side === 0 ? [u, v, rv] : [v, u, ru];
      for (let d = 0; d < dims; d++) {
        this.scratch[d] = g.preLoad[head * dims + d] + g.load[r * dims + d] - g.preLoad[tail * dims + d];
      }
      price += g.excess(this.scratch, 0);
    }
    if (delta + price >= paid - LEAST_GAIN) return false;
    const endU = g.end(ru);
    const endV = g.end(rv);
    const lastU = prev[endU];
    const lastV = prev[endV];
    next[u] = y === endV ? endU : y;
    next[v] = x === endU ? endV : x;
    if (y !== endV) next[lastV] = endU;
    if (x !== endU) next[lastU] = endV;
    g.update(ru);
    g.update(rv);
    return true;
  }
}
