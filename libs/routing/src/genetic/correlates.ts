import type { BasicModel } from '../basic/basic-model.js';

/** For each job the others most likely to stand beside it: travel, plus waiting and lateness that the windows force. */
export function correlates(m: BasicModel, most: number): { near: Int32Array; count: number } {
  const n = m.jobCount;
  const count = Math.min(n - 1, most);
  const near = new Int32Array(n * count);
  const proxy = new Float64Array(n);
  // Vidal et al. (2013): waiting weighs 0.2, time warp 1.
  const link = (i: number, j: number) => {
    const t = m.service[i] * m.serviceFactor[0] + m.time[i * m.nodeCount + j];
    const wait = Math.max(0, m.firstOpen[j] - t - m.lastClose[i]);
    const warp = Math.max(0, m.firstOpen[i] + t - m.lastClose[j]);
    return m.cost[i * m.nodeCount + j] + 0.2 * wait + warp;
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) proxy[j] = Math.min(link(i, j), link(j, i));
    const order = Array.from({ length: n }, (_, j) => j)
      .filter((j) => j !== i)
      .sort((a, b) => proxy[a] - proxy[b] || a - b);
    for (let k = 0; k < count; k++) near[i * count + k] = order[k];
  }
  return { near, count };
}
