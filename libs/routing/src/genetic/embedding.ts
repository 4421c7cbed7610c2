import type { BasicModel } from '../basic/basic-model.js';

/**
 * Places on a plane with the depot at the origin, from travel alone (FastMap, Faloutsos & Lin 1995): enough to tell
 * directions apart when there are no coordinates. Answers x, y of job j at 2j, 2j + 1.
 */
export function embedding(m: BasicModel): Float64Array {
  const n = m.jobCount;
  const depot = m.startNode[0];
  const xy = new Float64Array(2 * n);
  const far = (d: (j: number) => number) => {
    let best = 0;
    for (let j = 1; j < n; j++) if (d(j) > d(best)) best = j;
    return best;
  };
  const fromDepot = (j: number) => m.cost[depot * m.nodeCount + j] ** 2;
  const a = far(fromDepot);
  const axis = Math.sqrt(fromDepot(a)) || 1;
  for (let j = 0; j < n; j++) {
    xy[2 * j] = (fromDepot(j) + fromDepot(a) - m.cost[a * m.nodeCount + j] ** 2) / (2 * axis);
  }
  const off = (j: number) => Math.max(0, fromDepot(j) - xy[2 * j] ** 2);
  const b = far(off);
  const second = Math.sqrt(off(b)) || 1;
  for (let j = 0; j < n; j++) {
    const rest = m.cost[b * m.nodeCount + j] ** 2 - (xy[2 * j] - xy[2 * b]) ** 2;
    xy[2 * j + 1] = (off(j) + off(b) - Math.max(0, rest)) / (2 * second);
  }
  return xy;
}
