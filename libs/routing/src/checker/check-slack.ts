import type { PlannedRoute } from '../plan/plan.js';
import type { RoutingJob, RoutingProblem, RoutingWorker } from '../problem/types.js';
import { lateness } from './check-route.js';
import { EPSILON, type Fault } from './faults.js';
import { arrivalAt } from './travel-legs.js';

/** Begins each stop its slack later, lets the rest of the day follow, and sees whether every promise still holds. */
export function checkSlack(
  problem: RoutingProblem,
  worker: RoutingWorker,
  route: PlannedRoute,
  jobs: Map<string, RoutingJob>,
): Fault[] {
  const { stops } = route;
  const held = new Set((worker.frozen ?? []).map((f) => f.job));
  const limit = worker.shift[1] + (worker.overtimeSeconds ?? 0);
  const faults: Fault[] = [];
  for (let i = 0; i < stops.length; i++) {
    if (stops[i].slackSeconds < 0)
      faults.push({ rule: 'SLACK', route: route.worker, actual: stops[i].slackSeconds, expected: '>= 0' });
    if (stops[i].slackSeconds <= 0) continue;
    let end = stops[i].end + stops[i].slackSeconds;
    let kept = i === stops.length - 1 ? end <= limit + EPSILON : holds(stops[i], stops[i].slackSeconds);
    for (let k = i + 1; kept && k < stops.length; k++) {
      const stop = stops[k];
      const job = jobs.get(stop.job ?? '');
      const setup = job && stop.place !== stops[k - 1].place ? (job.setupSeconds ?? 0) : 0;
      const start = Math.max(stop.start, arrivalAt(problem, stops[k - 1].place, stop.place, end) + setup);
      kept = holds(stop, start - stop.start);
      end = start + stop.end - stop.start;
      if (stop.kind === 'end') kept = end <= limit + EPSILON;
    }
    if (!kept)
      faults.push({ rule: 'SLACK', route: route.worker, actual: stops[i].slackSeconds, expected: 'less' });
  }
  return faults;

  function holds(stop: PlannedRoute['stops'][number], by: number): boolean {
    if (by <= EPSILON || (stop.job !== undefined && held.has(stop.job))) return true;
    const job = jobs.get(stop.job ?? '');
    if (stop.kind === 'job') return job !== undefined && !Number.isNaN(lateness(job, stop.start + by));
    const rest = stop.kind === 'break' ? worker.breaks?.[stop.break ?? -1] : undefined;
    return !rest || stop.start + by <= rest.window[1] + EPSILON;
  }
}
