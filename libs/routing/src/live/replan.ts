import { Invalid } from '#kernel';
import type { PlannedRoute, RoutingPlan } from '../plan/plan.js';
import type { FrozenStop, RoutingJob, RoutingProblem, RoutingWorker } from '../problem/types.js';

/** What has happened since the plan was made. */
export type DayEvent =
  | { kind: 'cancelled' | 'no_show'; job: string }
  | { kind: 'overrun'; worker: string; job: string; end: number }
  | { kind: 'ill'; worker: string }
  | { kind: 'new_job'; job: RoutingJob };

export interface ReplanOptions {
  now: number;
  /** Jobs that stay with their worker whatever it costs. */
  pins?: string[];
  /** Price of each stop that moves, in seconds of travel. */
  movedStop?: number;
}

/** Ten minutes of driving are saved before anybody is disturbed. */
const MOVED_STOP = 600;

/**
 * The rest of the day as a new problem: what has begun by `now` is frozen at its times, pins are locked to their workers,
 * the plan of record is what stability is measured against. Solve it like any other; nothing is saved.
 */
export function replanProblem(
  problem: RoutingProblem,
  plan: RoutingPlan,
  events: readonly DayEvent[],
  { now, pins = [], movedStop = MOVED_STOP }: ReplanOptions,
): RoutingProblem {
  const gone = new Set(
    events.flatMap((e) => (e.kind === 'cancelled' || e.kind === 'no_show' ? [e.job] : [])),
  );
  const ill = new Set(events.flatMap((e) => (e.kind === 'ill' ? [e.worker] : [])));
  const added = events.flatMap((e) => (e.kind === 'new_job' ? [e.job] : []));
  const routes = new Map(plan.routes.map((r) => [r.worker, r]));
  const begun = new Map<string, FrozenStop[]>();
  for (const route of plan.routes) begun.set(route.worker, begunStops(route, now, gone, events));
  const home = homes(plan);
  const frozen = new Set([...begun.values()].flat().map((f) => f.job));
  for (const id of pins) if (!home.has(id)) throw Invalid.field('pins', `${id} is on no route`);
  const jobs = [...problem.jobs, ...added].filter((j) => !gone.has(j.id));
  return {
    ...problem,
    workers: problem.workers.map((w) => restOfDay(w, begun.get(w.id) ?? [], now, ill.has(w.id))),
    jobs: jobs.map((job) =>
      release(job, { pinned: pins.includes(job.id), home: home.get(job.id), frozen, gone, ill }),
    ),
    objective: { ...problem.objective, movedStop },
    current: [...routes.values()]
      .filter((r) => !ill.has(r.worker))
      .map((r) => ({
        worker: r.worker,
        jobs: r.stops.flatMap((s) => (s.job === undefined || gone.has(s.job) ? [] : [s.job])),
      })),
  };
}

function homes(plan: RoutingPlan): Map<string, string> {
  return new Map(
    plan.routes.flatMap((r) =>
      r.stops.flatMap((s) => (s.job === undefined ? [] : [[s.job, r.worker] as const])),
    ),
  );
}

/** Stops that have begun, at the times they were planned or are now known to take. */
function begunStops(
  route: PlannedRoute,
  now: number,
  gone: ReadonlySet<string>,
  events: readonly DayEvent[],
): FrozenStop[] {
  return route.stops.flatMap((stop) => {
    if (stop.job === undefined || gone.has(stop.job)) return [];
    const overrun = events.find((e) => e.kind === 'overrun' && e.job === stop.job);
    if (stop.start > now && !overrun) return [];
    const end = overrun?.kind === 'overrun' ? overrun.end : stop.end;
    return [{ job: stop.job, start: stop.start, end: Math.max(end, stop.start) }];
  });
}

/** The worker from now on. Someone ill keeps what is begun and gets nothing more. */
function restOfDay(worker: RoutingWorker, begun: FrozenStop[], now: number, ill: boolean): RoutingWorker {
  const { frozen: _, ...rest } = worker;
  return {
    ...rest,
    readyAt: Math.max(now, worker.readyAt ?? 0),
    ...(begun.length > 0 ? { frozen: begun } : {}),
    ...(ill ? { maxTasks: begun.length } : {}),
  };
}

interface Ties {
  pinned: boolean;
  home: string | undefined;
  frozen: ReadonlySet<string>;
  gone: ReadonlySet<string>;
  ill: ReadonlySet<string>;
}

/** A job without links to jobs that are gone; pinned to its worker, or free of a worker who is ill. */
function release(job: RoutingJob, { pinned, home, gone, ill, frozen }: Ties): RoutingJob {
  const after = job.after?.filter((id) => !gone.has(id));
  const kept: RoutingJob = { ...job, ...(after ? { after } : {}) };
  if (job.pickupJob !== undefined && gone.has(job.pickupJob)) delete kept.pickupJob;
  if (frozen.has(job.id)) return kept;
  if (pinned && home !== undefined && !ill.has(home)) kept.lock = { ...job.lock, worker: home };
  else if (job.lock?.worker !== undefined && ill.has(job.lock.worker)) {
    const { worker: _, between, ...lock } = job.lock;
    if (between) kept.windows = [between];
    if (lock.at === undefined) delete kept.lock;
    else kept.lock = lock;
  }
  return kept;
}
