import { type Refusal, refusals } from '../instance/eligibility.js';
import type { Instance } from '../instance/instance.js';
import type { RouteClock } from '../schedule/clock.js';
import { timetable } from '../schedule/timetable.js';

export interface UnassignedJob {
  job: string;
  priority: number;
  /** The nearest workers, nearest first, each with the first rule that kept the job out and its numbers. */
  reasons: (Refusal & { worker: string; travelSeconds: number })[];
}

/** For a job left undone: who would be nearest, and what keeps it from each of them. */
export function whyUnassigned(
  instance: Instance,
  clock: RouteClock,
  tours: readonly (readonly number[])[],
  job: number,
  workersShown = 5,
): UnassignedJob {
  const { legs, workers, location } = instance;
  const there = location[job];
  const near = workers.map((worker, w) => {
    const from = [worker.start, ...(tours[w] ?? []).map((t) => location[t])];
    return { w, travelSeconds: Math.min(...from.map((p) => legs.seconds(p, there))) };
  });
  near.sort((a, b) => a.travelSeconds - b.travelSeconds || a.w - b.w);
  return {
    job: instance.jobs[job].id,
    priority: instance.jobs[job].priority ?? 0,
    reasons: near.slice(0, workersShown).map(({ w, travelSeconds }) => ({
      worker: workers[w].id,
      travelSeconds: Math.round(travelSeconds),
      ...firstRefusal(instance, clock, tours[w] ?? [], job, w),
    })),
  };
}

function firstRefusal(
  instance: Instance,
  clock: RouteClock,
  tour: readonly number[],
  job: number,
  w: number,
): Refusal {
  for (const refusal of refusals(instance, instance.jobs[job], w)) return refusal;
  const worker = instance.workers[w];
  for (const before of instance.before[job]) {
    if (!tour.includes(before)) {
      return {
        rule: 'PREDECESSOR',
        actual: 'not before it',
        limit: instance.jobs[instance.jobOf[before]].id,
        unit: 'job',
      };
    }
  }
  if (tour.length >= (worker.maxTasks ?? Number.POSITIVE_INFINITY)) {
    return { rule: 'MAX_TASKS', actual: tour.length + 1, limit: worker.maxTasks!, unit: 'tasks' };
  }
  for (const [d, limit] of (worker.capacity ?? []).entries()) {
    const { dimensions, delivery, pickup } = instance;
    const load = (amounts: Float64Array) =>
      [...tour, job].reduce((sum, t) => sum + amounts[t * dimensions + d], 0);
    const actual = Math.max(load(delivery), load(pickup));
    if (actual > limit) return { rule: 'CAPACITY', actual, limit, unit: `load ${d}` };
  }
  return tightest(instance, clock, tour, job, w);
}

/** Time is what keeps it out: at the cheapest place, by how much would the day have to be longer? */
function tightest(
  instance: Instance,
  clock: RouteClock,
  tour: readonly number[],
  job: number,
  w: number,
): Refusal {
  const { legs, location, workers } = instance;
  const worker = workers[w];
  const first = worker.frozen?.length ?? 0;
  let least = Number.POSITIVE_INFINITY;
  let fits = false;
  const place = (i: number) => (i < 0 ? worker.start : location[tour[i]]);
  for (let k = first; k <= tour.length; k++) {
    const from = place(k - 1);
    const to = k < tour.length ? place(k) : (worker.end ?? location[job]);
    const way = legs.seconds(from, location[job]) + legs.seconds(location[job], to);
    const detour = way - (k === tour.length && worker.end == null ? 0 : legs.seconds(from, to));
    least = Math.min(least, detour);
    if (!fits) fits = timetable(clock, w, [...tour.slice(0, k), job, ...tour.slice(k)]) !== undefined;
  }
  const needed = Math.round(
    least + instance.service[job] * (worker.serviceFactor ?? 1) + instance.setup[job],
  );
  const day = timetable(clock, w, tour);
  const free = Math.round(Math.max(0, ...(day?.stops ?? []).slice(1).map((s) => s.slackSeconds)));
  if (fits)
    return { rule: 'OTHER_HALF', actual: 'fits here', limit: 'pair, partner or travel limit', unit: 'rule' };
  return { rule: 'NO_TIME_LEFT', actual: needed, limit: free, unit: 's of slack' };
}
