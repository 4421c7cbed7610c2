import type { Instance } from './instance.js';

/** Doubles hold 2^53: weights beyond this would swallow the seconds of travel. */
const HEAVIEST = 2 ** 20;

/**
 * What leaving each task undone costs: more than any saving in the rest, so that the scalar order is the
 * lexicographic one. A synchronised job is paid for once, by its first half.
 */
export function unassignedPrices(instance: Instance): number[] {
  const { jobs, taskCount, jobOf, objective } = instance;
  const unit = ceiling(instance);
  const priority = jobs.map((j) => j.priority ?? 0);
  const weight = objective.unassigned === 'count_first' ? countFirst(priority) : priorityFirst(priority);
  return Array.from({ length: taskCount }, (_, t) =>
    t < jobs.length ? unit * weight(priority[jobOf[t]]) : 0,
  );
}

/** More than the rest of any plan can cost: longest leg twice for every job, and every other price at its worst. */
function ceiling(instance: Instance): number {
  const { jobs, workers, legs, objective: o } = instance;
  const trips = 2 * (jobs.length + workers.length);
  const longest = legs.longest();
  const leg = longest.seconds * o.travelPerSecond + longest.metres * o.travelPerMetre;
  const late = jobs.reduce((sum, j) => sum + (j.lateSeconds ?? 0), 0) * o.latePerSecond;
  let days = 0;
  for (const w of workers) {
    const day = w.shift[1] - w.shift[0] + (w.overtimeSeconds ?? 0);
    const pay = (day / 3600) * (w.payPerHour ?? 0);
    days += day * o.waitingPerSecond + (w.overtimeSeconds ?? 0) * o.overtimePerSecond;
    days += (o.balanceHours * (day / 3600) ** 2 + o.balancePay * pay ** 2) / 2;
  }
  return 1000 + leg * trips + late + days + jobs.length * (o.movedStop + o.notPreferred);
}

/** One job more is worse than any sum of priorities. */
function countFirst(priority: number[]): (p: number) => number {
  const most = priority.reduce((sum, p) => sum + p, 0);
  return (p) => 1 + p / (most + 1);
}

/** One job of a higher priority is worse than all of the lower ones together, as far as doubles can tell. */
function priorityFirst(priority: number[]): (p: number) => number {
  const levels = [...new Set(priority)].sort((a, b) => a - b);
  const weights = new Map<number, number>();
  let below = 0;
  for (const level of levels) {
    const weight = Math.min(1 + below, HEAVIEST * (1 + level));
    weights.set(level, weight);
    below += weight * priority.filter((p) => p === level).length;
  }
  return (p) => weights.get(p) ?? 1;
}
