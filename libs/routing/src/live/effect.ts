import { type PlannedRoute, publishRoute } from '../plan/plan.js';
import type { CostTerms } from '../schedule/price.js';
import { timetable } from '../schedule/timetable.js';
import type { LoadedPlan } from './load-plan.js';

/** What a change would do, before anything is saved. */
export interface Effect {
  /** Routes that change: as they are (absent if the worker was idle) and as they would be (absent if idle then). */
  routes: { worker: string; before?: PlannedRoute; after?: PlannedRoute }[];
  /** Jobs that change worker. */
  moved: { job: string; from: string | null; to: string | null }[];
  /** Jobs that keep their worker but start at another time. */
  retimed: { job: string; worker: string; startBefore: number; startAfter: number }[];
  /** Change of cost, by term; negative is a saving. */
  delta: CostTerms & { total: number };
}

const byJob = (route: PlannedRoute | undefined): Map<string, number> =>
  new Map((route?.stops ?? []).flatMap((s) => (s.job === undefined ? [] : [[s.job, s.start] as const])));

/** Compares routes by worker: who is moved, who starts earlier or later, what it costs. */
export function effectOf(pairs: { worker: string; before?: PlannedRoute; after?: PlannedRoute }[]): Effect {
  const routes = pairs.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  const delta = {
    late: 0,
    travel: 0,
    waiting: 0,
    overtime: 0,
    balance: 0,
    stability: 0,
    preference: 0,
    total: 0,
  };
  const home = new Map<string, string>();
  const goal = new Map<string, string>();
  const retimed: Effect['retimed'] = [];
  for (const { worker, before, after } of routes) {
    for (const key of Object.keys(delta) as (keyof typeof delta)[]) {
      if (key === 'total') continue;
      const change = (after?.cost[key] ?? 0) - (before?.cost[key] ?? 0);
      delta[key] += change;
      delta.total += change;
    }
    const [was, is] = [byJob(before), byJob(after)];
    for (const job of was.keys()) if (!is.has(job)) home.set(job, worker);
    for (const [job, startAfter] of is) {
      const startBefore = was.get(job);
      if (startBefore === undefined) goal.set(job, worker);
      else if (Math.abs(startBefore - startAfter) > 0.5)
        retimed.push({ job, worker, startBefore, startAfter });
    }
  }
  const moved = [...new Set([...home.keys(), ...goal.keys()])].map((job) => ({
    job,
    from: home.get(job) ?? null,
    to: goal.get(job) ?? null,
  }));
  return { routes, moved, retimed, delta };
}

/** The days of the given workers as the loaded plan now has them. */
export function daysOf(
  { instance, book }: LoadedPlan,
  workers: Iterable<number>,
): Map<number, PlannedRoute | undefined> {
  const tours = book.tours();
  return new Map(
    [...workers].map((w) => {
      const day = tours[w].length > 0 ? timetable(book.clock, w, tours[w]) : undefined;
      return [w, day && publishRoute(instance, w, day)];
    }),
  );
}
