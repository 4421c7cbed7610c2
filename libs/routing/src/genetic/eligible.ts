import type { PlainModel } from '../plain/model.js';

/** The genetic search handles one kind of worker, one window a job, no travel limit, and days that cost nothing when empty. */
export function isUniform(m: PlainModel): boolean {
  if (m.jobCount < 10 || m.bias !== null) return false;
  if (m.kind.some((k) => k !== m.kind[0]) || m.maxTravel[0] < Number.POSITIVE_INFINITY) return false;
  if (m.windowFrom[m.jobCount] !== m.jobCount || m.allowed.includes(0)) return false;
  return m.cost[m.startNode[0] * m.nodeCount + m.endNode[0]] === 0;
}
