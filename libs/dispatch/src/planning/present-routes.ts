import { type GeoPoint, haversineMetres } from '#kernel';
import { type TravelRule, travelSeconds } from '#matching';
import type { RoutingProblem } from '#routing';
import type { DayInput, LeftOut } from './day-problem.js';

/** What a worker does in a day, in order, and how much of it is on the way. */
export interface DayRoute {
  jobIds: string[];
  travelSeconds: number;
  travelMetres: number;
}

/** The current days by the same travel times: from each worker's position through their visits in order. */
export function presentRoutes(
  input: DayInput,
  problem: RoutingProblem,
  leftOut: readonly LeftOut[],
): Map<string, DayRoute> {
  const out = new Set(leftOut.map(({ jobId }) => jobId));
  const way = waysIn(problem, input.travel);
  const start = new Map(problem.workers.map((worker) => [worker.id, worker.start]));
  const door = new Map(problem.jobs.map((job) => [job.id, job.location]));
  const routes = new Map<string, DayRoute>();
  for (const worker of input.workers) {
    const held = input.jobs
      .filter((job) => job.held?.workerId === worker.id)
      .sort((a, b) => a.held!.startsAt - b.held!.startsAt);
    const begins = start.get(worker.id);
    let from: Place = { point: worker.position ?? input.centre, index: begins };
    const day: DayRoute = { jobIds: [], travelSeconds: 0, travelMetres: 0 };
    for (const job of held) {
      if (!out.has(job.id)) {
        const { seconds, metres } = way(from, { point: job.point, index: door.get(job.id) });
        day.jobIds.push(job.id);
        day.travelSeconds += seconds;
        day.travelMetres += metres;
      }
      // The planned day begins where work that is under way ends.
      from = { point: job.point, index: out.has(job.id) ? begins : door.get(job.id) };
    }
    if (day.jobIds.length > 0) routes.set(worker.id, day);
  }
  return routes;
}

/** A point, and its index in the problem where it has one. */
interface Place {
  point: GeoPoint;
  index: number | undefined;
}

/** The ways the plan was made with; a straight line between places the plan does not know. */
function waysIn({ travel: known }: RoutingProblem, travel: TravelRule) {
  return (from: Place, to: Place): { seconds: number; metres: number } => {
    const straight = haversineMetres(from.point, to.point);
    const metres = Math.round(straight * travel.detourFactor);
    if (known.kind === 'straight_line' || from.index === undefined || to.index === undefined)
      return { seconds: Math.round(travelSeconds(straight, travel)), metres };
    const seconds = known.durations[from.index]![to.index]! + travel.overheadSeconds;
    const byRoad = known.distances?.[from.index]?.[to.index];
    return { seconds: Math.round(seconds), metres: byRoad === undefined ? metres : Math.round(byRoad) };
  };
}
