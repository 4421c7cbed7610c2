import type { PlannedRoute } from '../plan/plan.js';
import type { RoutingJob, RoutingWorker } from '../problem/types.js';
import type { Fault } from './faults.js';

/** Follows the load of a route from door to door: never below nothing, never above what fits. */
export function checkLoad(
  worker: RoutingWorker,
  route: PlannedRoute,
  jobs: Map<string, RoutingJob>,
): Fault[] {
  const capacity = worker.capacity ?? [];
  const served = route.stops.flatMap((s) =>
    s.job !== undefined && jobs.has(s.job) ? [jobs.get(s.job)!] : [],
  );
  const held = new Set((worker.frozen ?? []).map((f) => f.job));
  // What is frozen is on board already, fit or not; a pick-up that is done may still wait for its delivery.
  if (served.every((j) => held.has(j.id))) return [];
  const faults: Fault[] = [];
  capacity.forEach((limit, d) => {
    // What is delivered without having been picked up on the way was on board from the start.
    let load = served.reduce((sum, j) => sum + (j.pickupJob === undefined ? (j.delivery?.[d] ?? 0) : 0), 0);
    let most = load;
    let least = load;
    for (const job of served) {
      load -= job.delivery?.[d] ?? 0;
      least = Math.min(least, load);
      load += job.pickup?.[d] ?? 0;
      most = Math.max(most, load);
    }
    if (most > limit + 1e-9)
      faults.push({ rule: 'CAPACITY', route: worker.id, actual: most, expected: limit });
    if (least < -1e-9) faults.push({ rule: 'LOAD_BELOW_ZERO', route: worker.id, actual: least, expected: 0 });
  });
  for (const job of served) {
    if (job.pickupJob === undefined) continue;
    const from = served.findIndex((j) => j.id === job.pickupJob);
    if (from < 0 || from > served.indexOf(job)) {
      faults.push({
        rule: 'PAIR',
        route: worker.id,
        job: job.id,
        actual: from,
        expected: 'pick-up before it, same route',
      });
    }
  }
  for (const job of jobs.values()) {
    if (job.pickupJob === undefined || !served.some((j) => j.id === job.pickupJob)) continue;
    if (!served.includes(job) && !held.has(job.pickupJob))
      faults.push({ rule: 'PAIR', route: worker.id, job: job.id, actual: 'missing', expected: 'delivered' });
  }
  return faults;
}
