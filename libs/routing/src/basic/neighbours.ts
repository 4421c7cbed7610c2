import type { BasicModel } from './basic-model.js';

/** For each job the others by travel in both directions, nearest first, itself at the head. */
export function nearestJobs(m: BasicModel, most = 400): { lists: Int32Array; count: number } {
  const n = m.jobCount;
  const count = Math.min(n, most);
  const lists = new Int32Array(n * count);
  const near = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) near[i] = m.cost[j * m.nodeCount + i] + m.costTo[j * m.nodeCount + i];
    near[j] = Number.NEGATIVE_INFINITY;
    const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => near[a] - near[b] || a - b);
    for (let i = 0; i < count; i++) lists[j * count + i] = order[i];
  }
  return { lists, count };
}
