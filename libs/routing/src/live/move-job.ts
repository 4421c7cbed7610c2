import { Invalid } from '#kernel';
import type { Refusal } from '../instance/eligibility.js';
import { refusals } from '../instance/eligibility.js';
import { markTask } from '../instance/instance.js';
import type { RoutingPlan } from '../plan/plan.js';
import { whyUnassigned } from '../plan/why-unassigned.js';
import type { RoutingProblem } from '../problem/types.js';
import { daysOf, type Effect, effectOf } from './effect.js';
import { loadPlan } from './load-plan.js';

export type MoveAnswer = { ok: true; effect: Effect } | { ok: false; refusals: Refusal[] };

/**
 * What if this job went to that worker, at `position` among the stops (0 = first) or wherever it is cheapest? For the board:
 * the effect is shown before the job is dropped. Nothing is saved. Single jobs only; others answer `TIED_TO_OTHERS`.
 */
export function tryMove(
  problem: RoutingProblem,
  plan: RoutingPlan,
  { job, worker, position }: { job: string; worker: string; position?: number },
): MoveAnswer {
  const loaded = loadPlan(problem, plan, [job]);
  const { instance, book } = loaded;
  const task = instance.jobIndex.get(job);
  const to = instance.workerIndex.get(worker);
  if (task === undefined) throw Invalid.field('job', `there is no job ${job}`);
  if (to === undefined) throw Invalid.field('worker', `there is no worker ${worker}`);
  const unit = loaded.plan.units[task];
  const tied = instance.before[task].length > 0 || instance.after[task].length > 0;
  if (unit?.kind !== 'single' || tied) {
    return refuse({
      rule: unit ? 'TIED_TO_OTHERS' : 'FROZEN',
      actual: job,
      limit: 'a single free job',
      unit: 'job',
    });
  }
  // What has been picked up lies in one worker's car: only they can bring it.
  const pickup = problem.jobs.find(({ id }) => id === job)?.pickupJob;
  const carrier = problem.workers.find(({ frozen }) => frozen?.some((stop) => stop.job === pickup));
  if (pickup !== undefined && carrier && carrier.id !== worker)
    return refuse({ rule: 'CARRIED_BY', actual: worker, limit: carrier.id, unit: 'worker' });
  const hard = [...refusals(instance, instance.jobs[task], to)];
  if (hard.length > 0) return { ok: false, refusals: hard };
  markTask(instance, task);
  const from = book.routeOf[task];
  const touched = from >= 0 ? [from, to] : [to];
  const before = daysOf(loaded, touched);
  for (const r of new Set(touched)) book.touch(r);
  if (from >= 0) book.remove(from, book.slotOf[task], book.slotOf[task], new Int32Array(1), 0);
  if (position === undefined) {
    if (loaded.plan.insertion.costOf(unit, to) === Number.POSITIVE_INFINITY) return noRoom();
    loaded.plan.apply(unit, to);
  } else {
    const slot = Math.min(Math.max(position + 1, book.fixed[to] + 1), book.len[to] + 1);
    const tour = book.tours()[to];
    book.insert(to, slot, task);
    if (book.broken) {
      const stops = instance.workers.map((_, w) => (w === to ? tour : []));
      book.rollback();
      return { ok: false, refusals: whyUnassigned(instance, book.clock, stops, task, 1).reasons.slice(0, 1) };
    }
  }
  const after = daysOf(loaded, touched);
  const pairs = [...after].map(([w, day]) => ({
    worker: instance.workers[w].id,
    before: before.get(w),
    after: day,
  }));
  return { ok: true, effect: effectOf(pairs) };

  function noRoom(): MoveAnswer {
    const stops = book.tours();
    const [reason] = whyUnassigned(
      instance,
      book.clock,
      stops,
      task!,
      instance.workers.length,
    ).reasons.filter((r) => r.worker === worker);
    return refuse(reason);
  }

  function refuse(refusal: Refusal): MoveAnswer {
    return { ok: false, refusals: [refusal] };
  }
}
