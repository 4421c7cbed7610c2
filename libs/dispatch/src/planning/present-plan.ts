import type { PlannedRoute, PlannedStop, RoutingPlan, RoutingProblem } from '#routing';
import type { DayInput } from './day-problem.js';

const NO_COST = { late: 0, travel: 0, waiting: 0, overtime: 0, balance: 0, stability: 0, preference: 0 };
const NO_FACTS = {
  travelSeconds: 0,
  travelMetres: 0,
  waitingSeconds: 0,
  lateSeconds: 0,
  overtimeSeconds: 0,
  workSeconds: 0,
  movedStops: 0,
  notPreferred: 0,
};

/**
 * The present day as a plan the engine can load: who goes where, in which order. It works out the times itself, so only
 * the order and the starts are filled in.
 */
export function presentPlan({ current = [] }: RoutingProblem, input: DayInput): RoutingPlan {
  const held = new Map(input.jobs.map(({ id, held: row }) => [id, row]));
  const seconds = (ms: number) => Math.max(0, (ms - input.origin) / 1_000);
  const stop = (job: string): PlannedStop => {
    const row = held.get(job)!;
    return {
      kind: 'job',
      job,
      place: 0,
      arrival: seconds(row.arrivesAt),
      waiting: 0,
      start: seconds(row.arrivesAt),
      end: seconds(row.endsAt),
      lateSeconds: 0,
      slackSeconds: 0,
      travelSeconds: 0,
      travelMetres: 0,
    };
  };
  const routes = current.map(
    ({ worker, jobs }): PlannedRoute => ({ worker, stops: jobs.map(stop), facts: NO_FACTS, cost: NO_COST }),
  );
  return { routes, unassigned: [], cost: { ...NO_COST, unassigned: 0, total: 0 }, approximate: false };
}
