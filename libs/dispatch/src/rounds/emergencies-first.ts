import { EMERGENCY_PRIORITY, haversineMetres } from '#kernel';
import type { RoutingJob, RoutingProblem, RoutingWorker } from '#routing';

/** Where a worker is free next, while emergencies are handed out. Seconds of the problem. */
interface Free {
  worker: RoutingWorker;
  at: number;
  place: number;
  tasks: number;
}

/**
 * Emergencies are done before anything else is planned: each goes to whoever is at its door first, and its window closes
 * with that arrival, so that the rest of the day is laid out around it. What a dispatcher fixed at a time stays.
 */
export function emergenciesFirst(problem: RoutingProblem): RoutingProblem {
  const urgent = problem.jobs
    .filter((job) => (job.priority ?? 0) >= EMERGENCY_PRIORITY && job.lock?.at === undefined)
    .sort((a, b) => closeOf(a) - closeOf(b) || (a.id < b.id ? -1 : 1));
  if (urgent.length === 0) return problem;
  const free = problem.workers.map(
    (worker): Free => ({
      worker,
      at: Math.max(worker.shift[0], worker.readyAt ?? 0),
      place: worker.start,
      tasks: 0,
    }),
  );
  const first = new Map<string, RoutingJob>();
  const way = waysIn(problem);
  for (const job of urgent) {
    let best: { who: Free; arrive: number } | undefined;
    for (const who of free) {
      const arrive = arrivalOf(job, who, problem, way);
      if (arrive !== null && (!best || arrive < best.arrive)) best = { who, arrive };
    }
    if (!best) continue;
    const { who, arrive } = best;
    const [opens] = job.windows![0]!;
    first.set(job.id, { ...job, windows: [[opens, arrive]], lock: { worker: who.worker.id } });
    Object.assign(who, { at: arrive + job.serviceSeconds, place: job.location, tasks: who.tasks + 1 });
  }
  return { ...problem, jobs: problem.jobs.map((job) => first.get(job.id) ?? job) };
}

const closeOf = (job: RoutingJob): number => job.windows?.[0]?.[1] ?? Number.POSITIVE_INFINITY;

type Way = (from: number, job: RoutingJob) => number;

/** When the work could begin, whole seconds; null when this worker cannot, or a fixed stop is in the way. */
function arrivalOf(job: RoutingJob, who: Free, problem: RoutingProblem, way: Way): number | null {
  const { worker, at, place, tasks } = who;
  const [opens, closes] = job.windows![0]!;
  const able = (job.skills ?? []).every((skill) => worker.skills?.includes(skill));
  if (!able || job.blockedWorkers?.includes(worker.id)) return null;
  if (job.lock?.worker !== undefined && job.lock.worker !== worker.id) return null;
  if (tasks >= (worker.maxTasks ?? Number.POSITIVE_INFINITY)) return null;
  const arrive = Math.ceil(Math.max(opens, at + way(place, job)));
  const end = arrive + job.serviceSeconds;
  if (arrive > closes || end > worker.shift[1]) return null;
  const rest = worker.breaks?.some(({ window, seconds }) => window[0] < end && window[1] + seconds > at);
  const fixed = problem.jobs.some(
    (one) =>
      one.lock?.worker === worker.id &&
      one.lock.at !== undefined &&
      one.lock.at + one.serviceSeconds > at &&
      one.lock.at < end + way(job.location, one),
  );
  return rest || fixed ? null : arrive;
}

function waysIn({ travel, locations = [] }: RoutingProblem): Way {
  return (from, { location: to, setupSeconds = 0 }) => {
    if (travel.kind === 'matrix') return travel.durations[from]![to]! + setupSeconds;
    const metres = haversineMetres(locations[from]!, locations[to]!) * travel.detourFactor;
    return metres / travel.metresPerSecond + setupSeconds;
  };
}
