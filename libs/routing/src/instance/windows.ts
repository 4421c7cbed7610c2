import type { RoutingJob, Span } from '../problem/types.js';

/** After this nothing happens: a thousand years of seconds. */
export const FOREVER = 3.2e10;

/** When service may start: the lock's time if there is one, otherwise the windows, sorted and merged. */
export function effectiveWindows(job: RoutingJob): Span[] {
  if (job.lock?.at !== undefined) return [[job.lock.at, job.lock.at]];
  if (job.lock?.between) return [job.lock.between];
  const sorted = [...(job.windows ?? [[0, FOREVER] as Span])].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: Span[] = [];
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
