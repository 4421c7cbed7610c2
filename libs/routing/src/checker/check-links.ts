import type { PlannedStop, RoutingPlan } from '../plan/plan.js';
import type { RoutingJob, RoutingProblem } from '../problem/types.js';
import { differs, EPSILON, type Fault } from './faults.js';

interface Visit {
  worker: string;
  stop: PlannedStop;
}

/** What holds between routes: every job exactly once, pairs together, predecessors first, locks kept. */
export function checkLinks(problem: RoutingProblem, plan: RoutingPlan): Fault[] {
  const faults: Fault[] = [];
  const visits = new Map<string, Visit[]>();
  for (const route of plan.routes) {
    for (const stop of route.stops) {
      if (stop.job === undefined) continue;
      visits.set(stop.job, [...(visits.get(stop.job) ?? []), { worker: route.worker, stop }]);
    }
  }
  const open = plan.unassigned.map((u) => u.job);
  for (const id of open) {
    if (!problem.jobs.some((j) => j.id === id))
      faults.push({ rule: 'UNKNOWN_JOB', job: id, actual: id, expected: 'a job' });
  }
  for (const job of problem.jobs) {
    const here = visits.get(job.id) ?? [];
    const listed = open.filter((id) => id === job.id).length;
    const wanted = listed > 0 ? 0 : job.people === 2 && job.pairing === 'synchronised' ? 2 : 1;
    if (here.length !== wanted || listed > 1) {
      faults.push({
        rule: 'ONCE',
        job: job.id,
        actual: `${here.length} visits, ${listed} times unassigned`,
        expected: wanted,
      });
    }
    // What is frozen has happened, whatever it should have waited for.
    const held = problem.workers.some((w) => w.frozen?.some((f) => f.job === job.id));
    if (here.length > 0)
      faults.push(
        ...together(job, here),
        ...(held ? [] : predecessors(job, here, visits)),
        ...locks(problem, job, here),
      );
  }
  return faults;
}

function together(job: RoutingJob, visits: Visit[]): Fault[] {
  if (visits.length !== 2) return [];
  const [a, b] = visits;
  const faults: Fault[] = [];
  if (a.worker === b.worker)
    faults.push({ rule: 'TWO_WORKERS', job: job.id, actual: a.worker, expected: 'two workers' });
  if (differs(a.stop.start, b.stop.start)) {
    faults.push({ rule: 'SAME_START', job: job.id, actual: b.stop.start, expected: a.stop.start });
  }
  return faults;
}

function predecessors(job: RoutingJob, here: Visit[], visits: Map<string, Visit[]>): Fault[] {
  const start = Math.min(...here.map((v) => v.stop.start));
  return (job.after ?? []).flatMap((id): Fault[] => {
    const before = visits.get(id) ?? [];
    const end = Math.max(...before.map((v) => v.stop.end));
    if (before.length === 0)
      return [{ rule: 'PREDECESSOR', job: job.id, actual: 'not planned', expected: id }];
    return end > start + EPSILON
      ? [{ rule: 'PREDECESSOR', job: job.id, actual: start, expected: `after ${end}` }]
      : [];
  });
}

function locks(problem: RoutingProblem, job: RoutingJob, here: Visit[]): Fault[] {
  const faults: Fault[] = [];
  const held = problem.workers.some((w) => w.frozen?.some((f) => f.job === job.id));
  const { worker } = job.lock ?? {};
  if (worker !== undefined && !held && !here.some((v) => v.worker === worker)) {
    faults.push({ rule: 'LOCK_WORKER', job: job.id, actual: here[0].worker, expected: worker });
  }
  for (const w of problem.workers) {
    if (!w.frozen?.some((f) => f.job === job.id) || here.some((v) => v.worker === w.id)) continue;
    faults.push({ rule: 'FROZEN_WORKER', job: job.id, actual: here[0].worker, expected: w.id });
  }
  return faults;
}
