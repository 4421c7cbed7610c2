import type { RoutingJob, Span } from '../problem/types.js';
import type { Instance } from './instance.js';
import { effectiveWindows } from './windows.js';

/** A hard rule that keeps a job from a worker, with its numbers. */
export interface Refusal {
  rule: string;
  actual: number | string;
  limit: number | string;
  unit: string;
}

/** Every rule between one job and one worker that no route can change; none when the worker may do it. */
export function* refusals(
  instance: Instance,
  job: RoutingJob,
  w: number,
  { second = false, windows = effectiveWindows(job) }: { second?: boolean; windows?: Span[] } = {},
): Generator<Refusal> {
  const worker = instance.workers[w];
  const lockedTo = second ? undefined : job.lock?.worker;
  if (lockedTo !== undefined && lockedTo !== worker.id) {
    yield { rule: 'LOCKED_TO_OTHER_WORKER', actual: worker.id, limit: lockedTo, unit: 'worker' };
  }
  if (second && job.lock?.worker === worker.id) {
    yield { rule: 'LOCKED_AS_FIRST_WORKER', actual: worker.id, limit: 'another worker', unit: 'worker' };
  }
  if (job.blockedWorkers?.includes(worker.id)) {
    yield { rule: 'WORKER_BLOCKED', actual: worker.id, limit: 'not blocked', unit: 'worker' };
  }
  const missing = (job.skills ?? []).filter((s) => !(worker.skills ?? []).includes(s));
  if (missing.length > 0)
    yield { rule: 'MISSING_SKILL', actual: 'none', limit: missing.join(', '), unit: 'skill' };
  const people = worker.people ?? 1;
  const wanted = job.people === 2 && job.pairing === 'crew' ? 2 : 1;
  if (people < wanted) yield { rule: 'TOO_FEW_PEOPLE', actual: people, limit: wanted, unit: 'people' };
  if ((worker.maxTasks ?? 1) < 1) yield { rule: 'MAX_TASKS', actual: 1, limit: 0, unit: 'tasks' };
  yield* loadRefusals(job, worker.capacity ?? []);
  yield* alone(instance, job, w, windows);
}

function* loadRefusals(job: RoutingJob, capacity: number[]): Generator<Refusal> {
  for (const [d, limit] of capacity.entries()) {
    const actual = Math.max(job.delivery?.[d] ?? 0, job.pickup?.[d] ?? 0);
    if (actual > limit) yield { rule: 'CAPACITY', actual, limit, unit: `load ${d}` };
  }
}

/** The day with nothing but this job: out, serve, back. What does not even fit alone never fits. */
function* alone(instance: Instance, job: RoutingJob, w: number, windows: Span[]): Generator<Refusal> {
  const { legs } = instance;
  const worker = instance.workers[w];
  // Someone under way starts from elsewhere: only the route itself can tell.
  if (worker.frozen?.length) return;
  const out = legs.seconds(worker.start, job.location);
  const back = worker.end === undefined || worker.end === null ? 0 : legs.seconds(job.location, worker.end);
  const limit = worker.maxTravelSeconds ?? Number.POSITIVE_INFINITY;
  if (!legs.timeDependent && out + back > limit) {
    yield { rule: 'MAX_TRAVEL', actual: Math.round(out + back), limit, unit: 's' };
  }
  const setup = job.location === worker.start ? 0 : (job.setupSeconds ?? 0);
  const ready =
    legs.arrive(worker.start, job.location, Math.max(worker.shift[0], worker.readyAt ?? 0)) + setup;
  const window = windows.find(([, end]) => ready <= end + (job.lateSeconds ?? 0));
  if (!window) {
    yield { rule: 'TOO_LATE', actual: Math.round(ready), limit: windows.at(-1)![1], unit: 's' };
    return;
  }
  const end = Math.max(ready, window[0]) + job.serviceSeconds * (worker.serviceFactor ?? 1);
  const home =
    worker.end === undefined || worker.end === null ? end : legs.arrive(job.location, worker.end, end);
  const shiftEnd = worker.shift[1] + (worker.overtimeSeconds ?? 0);
  if (home > shiftEnd + 1e-6)
    yield { rule: 'SHIFT_END', actual: Math.round(home), limit: shiftEnd, unit: 's' };
}
