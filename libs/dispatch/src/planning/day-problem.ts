import type { GeoPoint, Interval } from '#kernel';
import type { TravelRule } from '#matching';
import type { Break, RoutingJob, RoutingProblem, RoutingWorker } from '#routing';
import { keepCertificates, type Lapsing } from '../assignments/keep-certificates.js';

/** What a day plan starts from, as plain objects. All times are epoch milliseconds. */
export interface DayInput {
  /** Local midnight: second 0 of the routing problem. */
  origin: number;
  /** What is planned: from the beginning of the day, or from now when it has begun, to the horizon. */
  span: Interval;
  /** Start point for workers with no known position. */
  centre: GeoPoint;
  travel: TravelRule;
  workers: DayWorker[];
  jobs: DayJob[];
  /** Seconds of driving that must be saved before a stop changes worker or order. */
  movedStopSeconds: number;
}

export interface DayWorker {
  id: string;
  name: string;
  /** null = not known. */
  position: GeoPoint | null;
  shifts: Interval[];
  skills: { skill: string; level: number; expiresAt: number | null }[];
  equipment: string[];
  languages: string[];
  /** How many more jobs the day may hold; null = no limit. */
  tasksLeft: number | null;
  suspendedUntil: number | null;
}

export interface DayJob {
  id: string;
  point: GeoPoint;
  priority: number;
  durationSeconds: number;
  windowStart: number | null;
  /** The end of the promised window, or the deadline. */
  promisedBy: number | null;
  skills: { skill: string; level?: number }[];
  equipment: string[];
  language: string | null;
  blockedWorkerIds: string[];
  requiredWorkerId: string | null;
  preferredWorkerId: string | null;
  /** Who holds it now. */
  held: DayHolding | null;
  /** Why it stays as it is, whatever is planned; null = it may be planned. */
  pinned: Pin | null;
}

export interface DayHolding {
  assignmentId: string;
  workerId: string;
  startsAt: number;
  arrivesAt: number;
  endsAt: number;
}

/** Under way or about to be; put there by a dispatcher; work in another area. */
export type Pin = 'under_way' | 'about_to_begin' | 'by_hand' | 'other_area';

/** A job that is not in the problem, and why. */
export interface LeftOut {
  jobId: string;
  rule: 'PINNED' | 'REQUIRED_WORKER_AWAY' | 'NO_WORKERS';
  detail: string;
}

export interface DayProblem {
  problem: RoutingProblem;
  leftOut: LeftOut[];
  /** By job: workers whose certificate ends too soon for it. */
  lapsing: Lapsing;
}

/** Pins that end where and when they end, and leave the worker free after that. */
const BEFORE_THE_PLAN: readonly (Pin | null)[] = ['under_way', 'about_to_begin'];

/** The day as the routing engine wants it: indices, seconds, tokens. */
export function dayProblem(input: DayInput): DayProblem {
  const locations: GeoPoint[] = [];
  const place = (point: GeoPoint): number => locations.push({ lat: point.lat, lon: point.lon }) - 1;
  const workers = input.workers.flatMap((worker) => toWorker(worker, input, place) ?? []);
  const known = new Set(workers.map(({ id }) => id));
  const leftOut: LeftOut[] = [];
  const jobs: RoutingJob[] = [];
  for (const job of input.jobs) {
    const why = reasonToLeaveOut(job, known);
    if (why) leftOut.push(why);
    else jobs.push(toJob(job, input, known, place));
  }
  const { travel, movedStopSeconds } = input;
  const planned = new Set(jobs.map(({ id }) => id));
  const lapsing = keepCertificates(jobs, input, known);
  return {
    lapsing,
    problem: {
      locations,
      travel: {
        kind: 'straight_line',
        metresPerSecond: travel.speedMetresPerSecond,
        detourFactor: travel.detourFactor,
      },
      workers,
      jobs,
      objective: { movedStop: movedStopSeconds },
      current: currentRoutes(input.jobs, known, planned),
    },
    leftOut,
  };
}

/** Absent when there are no hours left to plan. */
function toWorker(
  worker: DayWorker,
  input: DayInput,
  place: (point: GeoPoint) => number,
): RoutingWorker | null {
  const { span, origin } = input;
  const hours = worker.shifts
    .map(({ start, end }) => ({ start: Math.max(start, span.start), end: Math.min(end, span.end) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last) return null;
  if (worker.suspendedUntil !== null && worker.suspendedUntil > span.start) return null;
  const present = input.jobs
    .filter(({ held, pinned }) => held?.workerId === worker.id && BEFORE_THE_PLAN.includes(pinned))
    .sort((a, b) => a.held!.endsAt - b.held!.endsAt)
    .at(-1);
  const freeAt = Math.max(first.start, present?.held?.endsAt ?? 0);
  if (freeAt >= last.end) return null;
  const at = (ms: number) => seconds(ms, origin);
  const breaks = hours.slice(1).flatMap((next, i): Break[] => {
    const from = hours[i]!.end;
    return from < freeAt ? [] : [{ window: [at(from), at(from)], seconds: (next.start - from) / 1_000 }];
  });
  return {
    id: worker.id,
    start: place(present?.point ?? worker.position ?? input.centre),
    end: null,
    shift: [at(freeAt), at(last.end)],
    skills: abilities(worker),
    ...(breaks.length > 0 ? { breaks } : {}),
    ...(worker.tasksLeft === null ? {} : { maxTasks: worker.tasksLeft }),
  };
}

/**
 * A token for each level up to the worker's own, so that "at least level 2" is one token. When a certificate ends is judged
 * job by job: see `keepCertificates`.
 */
function abilities({ skills, equipment, languages }: DayWorker): string[] {
  return [
    ...skills.flatMap(({ skill, level }) =>
      Array.from({ length: level }, (_, i) => skillToken(skill, i + 1)),
    ),
    ...equipment.map((tool) => `brings ${tool}`),
    ...languages.map((language) => `speaks ${language}`),
  ];
}

const skillToken = (skill: string, level = 1) => (level === 1 ? skill : `${skill} at level ${level}`);

function toJob(
  job: DayJob,
  { origin, span, travel }: DayInput,
  known: ReadonlySet<string>,
  place: (point: GeoPoint) => number,
): RoutingJob {
  const at = (ms: number) => seconds(ms, origin);
  const opens = Math.max(job.windowStart ?? span.start, span.start);
  // A promise that is broken already should simply be soon.
  const closes = job.promisedBy !== null && job.promisedBy > span.start ? job.promisedBy : span.end;
  const begins = job.held && Math.max(job.held.arrivesAt, job.held.endsAt - job.durationSeconds * 1_000);
  const fixed = job.pinned !== null && job.held;
  const worker = fixed ? job.held!.workerId : (job.requiredWorkerId ?? undefined);
  return {
    id: job.id,
    location: place(job.point),
    windows: [[at(opens), at(Math.max(opens, closes))]],
    serviceSeconds: job.durationSeconds,
    // What the matching engine adds to every way: getting going and parking.
    setupSeconds: travel.overheadSeconds,
    priority: Math.min(100, Math.max(0, job.priority)),
    skills: fixed
      ? []
      : [
          ...job.skills.map(({ skill, level }) => skillToken(skill, level)),
          ...job.equipment.map((tool) => `brings ${tool}`),
          ...(job.language ? [`speaks ${job.language}`] : []),
        ],
    blockedWorkers: job.blockedWorkerIds.filter((id) => known.has(id) && id !== worker),
    preferredWorkers: [job.preferredWorkerId].flatMap((id) => (id && known.has(id) ? [id] : [])),
    ...(worker ? { lock: { worker, ...(fixed ? { at: at(begins!) } : {}) } } : {}),
  };
}

function reasonToLeaveOut(job: DayJob, known: ReadonlySet<string>): LeftOut | null {
  const { id: jobId, pinned, held, requiredWorkerId } = job;
  if (pinned && (BEFORE_THE_PLAN.includes(pinned) || !held || !known.has(held.workerId)))
    return { jobId, rule: 'PINNED', detail: pinned };
  if (requiredWorkerId && !pinned && !known.has(requiredWorkerId))
    return { jobId, rule: 'REQUIRED_WORKER_AWAY', detail: requiredWorkerId };
  if (known.size === 0) return { jobId, rule: 'NO_WORKERS', detail: 'nobody has hours left in the span' };
  return null;
}

/** The plan of record: what stability is measured against. */
function currentRoutes(
  jobs: readonly DayJob[],
  known: ReadonlySet<string>,
  planned: ReadonlySet<string>,
): { worker: string; jobs: string[] }[] {
  const routes = new Map<string, DayJob[]>();
  for (const job of jobs) {
    if (!job.held || !known.has(job.held.workerId) || !planned.has(job.id)) continue;
    routes.set(job.held.workerId, [...(routes.get(job.held.workerId) ?? []), job]);
  }
  return [...routes].map(([worker, list]) => ({
    worker,
    jobs: list.sort((a, b) => a.held!.startsAt - b.held!.startsAt).map(({ id }) => id),
  }));
}

const seconds = (ms: number, origin: number): number => Math.max(0, (ms - origin) / 1_000);
