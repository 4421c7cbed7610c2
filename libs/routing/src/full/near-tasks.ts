import type { Instance } from '../instance/instance.js';

/** For each task the others by travel there and back, nearest first, itself at the head. */
export function nearTasks(
  { taskCount: n, location, legs }: Instance,
  most = 200,
): { lists: Int32Array; count: number } {
  const count = Math.min(n, most);
  const lists = new Int32Array(n * count);
  const way = (a: number, b: number) =>
    legs.seconds(location[a], location[b]) + legs.seconds(location[b], location[a]);
  for (let t = 0; t < n; t++) {
    const order = Array.from({ length: n }, (_, i) => i).filter((i) => i !== t);
    const near = Float64Array.from({ length: n }, (_, i) => way(t, i));
    order.sort((a, b) => near[a] - near[b] || a - b);
    lists[t * count] = t;
    for (let k = 1; k < count; k++) lists[t * count + k] = order[k - 1];
  }
  return { lists, count };
}
