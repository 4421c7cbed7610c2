import type { Instance } from '../instance/instance.js';
import { type ClockBounds, RouteClock } from '../schedule/clock.js';
import { type CostTerms, noCost, priceRoute, type RouteFacts, sumTerms } from '../schedule/price.js';
import { type StopTime, type Timetable, timetable } from '../schedule/timetable.js';
import { type UnassignedJob, whyUnassigned } from './why-unassigned.js';

/** What the engine answers: every worker's day in order with its times, what stays undone and why, and the bill. */
export interface RoutingPlan {
  routes: PlannedRoute[];
  unassigned: UnassignedJob[];
  cost: CostTerms & { unassigned: number; total: number };
  /** Some legs were estimated by straight line because the travel provider did not answer. */
  approximate: boolean;
}

export interface PlannedRoute {
  worker: string;
  stops: PlannedStop[];
  facts: RouteFacts;
  cost: CostTerms;
}

/** `job` for a job, `break` (index in the worker's list) for a break; times in the problem's seconds. */
export interface PlannedStop extends Omit<StopTime, 'index'> {
  job?: string;
  break?: number;
}

/** Turns tasks by worker into the published plan. Throws if a route cannot be kept: the engine never returns such. */
export function buildPlan(
  instance: Instance,
  tours: readonly (readonly number[])[],
  bounds?: ClockBounds,
): RoutingPlan {
  const clock = new RouteClock(instance, bounds);
  const cost = { ...noCost(), unassigned: 0, total: 0 };
  const planned = new Uint8Array(instance.taskCount);
  const routes = tours.flatMap((tasks, w) => {
    if (tasks.length === 0) return [];
    const day = timetable(clock, w, tasks);
    if (!day) throw new Error(`route of worker ${instance.workers[w].id} cannot be kept`);
    for (const t of tasks) planned[t] = 1;
    const route = publishRoute(instance, w, day);
    for (const key of Object.keys(route.cost) as (keyof CostTerms)[]) cost[key] += route.cost[key];
    return [route];
  });
  const open = instance.jobs.flatMap((_, j) => (planned[j] ? [] : [j]));
  for (const j of open) cost.unassigned += instance.unassigned[j];
  cost.total = cost.unassigned + sumTerms(cost);
  return {
    routes,
    unassigned: open.map((j) => whyUnassigned(instance, clock, tours, j)),
    cost,
    approximate: instance.problem.travel.kind === 'matrix' && instance.problem.travel.approximate === true,
  };
}

/** One day as it is published. */
export function publishRoute(instance: Instance, w: number, day: Timetable): PlannedRoute {
  return {
    worker: instance.workers[w].id,
    stops: day.stops.map((s) => publish(instance, s)),
    facts: day.facts,
    cost: priceRoute(instance, w, day.facts),
  };
}

function publish(instance: Instance, { index, ...stop }: StopTime): PlannedStop {
  if (stop.kind === 'job') return { ...stop, job: instance.jobs[instance.jobOf[index]].id };
  return stop.kind === 'break' ? { ...stop, break: index } : stop;
}
