import type { BasicModel } from '../basic/basic-model.js';

/**
 * Whether the genetic search can plan this: one kind of worker, one window a job, no travel limit, days that cost nothing
 * when empty, and room for every job, since its moves know no job that is on no route.
 */
export function isUniform(m: BasicModel): boolean {
  if (m.jobCount < 10 || m.bias !== null) return false;
  if (m.maxTasks[0] * m.workerCount < m.jobCount) return false;
  if (m.kind.some((k) => k !== m.kind[0]) || m.maxTravel[0] < Number.POSITIVE_INFINITY) return false;
  if (m.windowFrom[m.jobCount] !== m.jobCount || m.allowed.includes(0)) return false;
  return m.cost[m.startNode[0] * m.nodeCount + m.endNode[0]] === 0;
}
