import { EMERGENCY_PRIORITY, type GeoPoint, haversineMetres, type Interval } from '#kernel';
import {
  evaluateLeg,
  type Leg,
  type MatchJob,
  type MatchPolicy,
  type MatchWorker,
  renderVerdict,
  travelSeconds,
} from '#matching';
import type { Promised } from '../day-effect.js';
import { splitByAuthority } from '../split-by-authority.js';

/** A visit that a worker holds. */
export interface HeldVisit extends Promised {
  assignmentId: string;
  jobState: string;
  priority: number;
  windowStart: Date | null;
  /** The end of the promised window, or the deadline. */
  promisedBy: Date | null;
}

export interface Times {
  startsAt: Date;
  arrivesAt: Date;
  endsAt: Date;
}

/** A visit that is under way and would be left for the job. */
export interface Interruption {
  assignmentId: string;
  jobId: string;
  state: string;
  /** `pause`: the same worker goes on with it afterwards. `release`: somebody else is looked for. */
  event: 'pause' | 'release';
  to: Times | null;
}

/** A later visit that the job pushes back. */
export interface Displacement {
  assignmentId: string;
  jobId: string;
  outcome: 'later' | 'released';
  from: Times;
  to: Times | null;
  /** Seconds later than it is planned now; of a released visit: had it stayed. */
  laterSeconds: number;
  /** Seconds after its promised window, had it stayed. */
  lateSeconds: number;
}

/** What it would take for one worker to go as soon as possible. */
export interface Response extends Times {
  distanceMetres: number | null;
  travelSeconds: number | null;
  interrupts: Interruption | null;
  displaces: Displacement[];
  refusals: string[];
  warnings: string[];
}

interface Asked {
  job: MatchJob;
  worker: MatchWorker;
  held: readonly HeldVisit[];
  interrupt: boolean;
  policy: MatchPolicy;
  /** Epoch milliseconds. */
  now: number;
}

const UNDER_WAY = ['en_route', 'arrived', 'in_progress'];
const BEGUN = ['arrived', 'in_progress', 'paused'];
/** Work that has run over its time still needs this long, milliseconds. */
const LEAST_REST_MS = 300_000;

/** The visit the worker is busy with, if any. */
export const presentVisit = (held: readonly HeldVisit[]): HeldVisit | null =>
  held.find(({ jobState }) => UNDER_WAY.includes(jobState)) ?? null;

/**
 * One worker's earliest way to a job: from where they stand, or from the visit under way (at once with `interrupt`).
 * What they hold after that is pushed back visit by visit until it fits; a visit that would break its promise or leave the
 * shift is released instead.
 */
export function planResponse(asked: Asked): Response {
  const { job, worker, held, interrupt, policy, now } = asked;
  const present = presentVisit(held);
  const leg = earliestLeg(asked, present);
  const { verdicts } = evaluateLeg(leg, job, free(worker, leg, present), anyDistance(policy), now);
  const said = splitByAuthority(verdicts.filter(({ rule }) => rule !== 'status' || worker.status !== 'busy'));
  const refusals = said.refusals.map(renderVerdict);
  if (interrupt && present && present.priority >= EMERGENCY_PRIORITY) refusals.push('ON_AN_EMERGENCY');
  const known = leg.from !== null;
  const day = known ? dayAfter(asked, leg, present) : { interrupts: null, displaces: [] };
  const at = (ms: number) => new Date(Math.ceil(ms / 1_000) * 1_000);
  return {
    startsAt: at(leg.departAt),
    arrivesAt: at(leg.arriveAt),
    endsAt: at(leg.endAt),
    distanceMetres: known ? Math.round(leg.distanceMetres) : null,
    travelSeconds: known ? Math.round(leg.travelSeconds) : null,
    ...day,
    refusals,
    warnings: said.warnings.map(renderVerdict),
  };
}

function earliestLeg({ job, worker, interrupt, policy, now }: Asked, present: HeldVisit | null): Leg {
  const wait = present && !interrupt;
  const from: GeoPoint | null = wait ? present : (worker.position ?? present);
  const departAt = wait ? Math.max(now, present.endsAt.getTime()) : now;
  const distanceMetres = from ? haversineMetres(from, job.point) : Number.POSITIVE_INFINITY;
  const seconds = from ? travelSeconds(distanceMetres, policy.travel) : 0;
  const arriveAt = departAt + seconds * 1_000;
  const startAt = Math.max(arriveAt, job.arrivalWindow.start);
  return {
    origin: from === null ? 'unknown' : wait ? 'next_free' : 'position',
    from,
    live: true,
    distanceMetres,
    travelSeconds: seconds,
    departAt,
    arriveAt,
    startAt,
    endAt: startAt + job.durationSeconds * 1_000,
    lateSeconds: Math.max(0, (arriveAt - job.arrivalWindow.end) / 1_000),
  };
}

/** What the worker holds does not stand in the way: it is displaced, and said. */
const free = (worker: MatchWorker, leg: Leg, present: HeldVisit | null): MatchWorker => ({
  ...worker,
  busy: [],
  nextFree: present ? { point: present, at: leg.departAt } : null,
});

/** How far it is everybody sees. */
const anyDistance = (policy: MatchPolicy): MatchPolicy => ({ ...policy, radiusMetres: null });

/** Where the worker is free again, while the rest of the day is laid out anew. */
interface Cursor {
  at: number;
  point: GeoPoint;
}

function dayAfter(
  asked: Asked,
  leg: Leg,
  present: HeldVisit | null,
): Pick<Response, 'interrupts' | 'displaces'> {
  const { held, interrupt, job } = asked;
  let cursor: Cursor = { at: Math.ceil(leg.endAt / 1_000) * 1_000, point: job.point };
  let interrupts: Interruption | null = null;
  if (interrupt && present) {
    const after = pushedBack(rest(present, asked.now), cursor, asked);
    const stays = BEGUN.includes(present.jobState) || !breaks(present, after, asked);
    const { assignmentId, jobId, jobState: state } = present;
    interrupts = { assignmentId, jobId, state, event: stays ? 'pause' : 'release', to: stays ? after : null };
    if (stays) cursor = { at: after.endsAt.getTime(), point: present };
  }
  const displaces: Displacement[] = [];
  const later = held
    .filter((visit) => visit !== present && visit.endsAt.getTime() > leg.departAt)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  for (const visit of later) {
    const to = pushedBack(visit, cursor, asked);
    const laterSeconds = Math.round((to.arrivesAt.getTime() - visit.arrivesAt.getTime()) / 1_000);
    if (laterSeconds <= 0 && visit.startsAt.getTime() >= cursor.at) break;
    const stays = BEGUN.includes(visit.jobState) || !breaks(visit, to, asked);
    const { assignmentId, jobId, startsAt, arrivesAt, endsAt } = visit;
    displaces.push({
      assignmentId,
      jobId,
      outcome: stays ? 'later' : 'released',
      from: { startsAt, arrivesAt, endsAt },
      to: stays ? to : null,
      laterSeconds,
      lateSeconds: lateBy(visit, to),
    });
    if (stays) cursor = { at: to.endsAt.getTime(), point: visit };
  }
  return { interrupts, displaces };
}

/** What is left to do of a visit that is left now. */
function rest(visit: HeldVisit, now: number): HeldVisit {
  const begun = BEGUN.includes(visit.jobState);
  const workMs = begun ? visit.endsAt.getTime() - now : workOf(visit);
  const arrivesAt = begun ? new Date(now) : visit.arrivesAt;
  return {
    ...visit,
    arrivesAt,
    windowStart: begun ? null : visit.windowStart,
    endsAt: new Date(beginOf(visit, arrivesAt, begun) + Math.max(workMs, LEAST_REST_MS)),
  };
}

/** When the work begins at an arrival. */
const beginOf = ({ windowStart }: HeldVisit, arrivesAt: Date, begun = false): number =>
  begun ? arrivesAt.getTime() : Math.max(arrivesAt.getTime(), windowStart?.getTime() ?? 0);

const workOf = (visit: HeldVisit): number =>
  Math.max(1_000, visit.endsAt.getTime() - beginOf(visit, visit.arrivesAt));

/** The visit no earlier than the worker can be there, and no earlier than now. Whole seconds. */
function pushedBack(visit: HeldVisit, cursor: Cursor, { policy }: Asked): Times {
  const wayMs = Math.ceil(travelSeconds(haversineMetres(cursor.point, visit), policy.travel)) * 1_000;
  const arrive = Math.max(visit.arrivesAt.getTime(), cursor.at + wayMs);
  const arrivesAt = new Date(Math.ceil(arrive / 1_000) * 1_000);
  const endsAt = new Date(beginOf(visit, arrivesAt) + workOf(visit));
  return { startsAt: new Date(arrivesAt.getTime() - wayMs), arrivesAt, endsAt };
}

const lateBy = ({ promisedBy }: HeldVisit, { arrivesAt }: Times): number =>
  promisedBy ? Math.max(0, Math.round((arrivesAt.getTime() - promisedBy.getTime()) / 1_000)) : 0;

/** A promise that held is broken, or the worker is not at work then. */
function breaks(visit: HeldVisit, to: Times, { worker }: Asked): boolean {
  if (lateBy(visit, to) > 0 && lateBy(visit, to) > lateBy(visit, visit)) return true;
  return !within(worker.shifts, to) && within(worker.shifts, visit);
}

const within = (shifts: readonly Interval[], { startsAt, endsAt }: Times): boolean =>
  shifts.some(({ start, end }) => start <= startsAt.getTime() && endsAt.getTime() <= end);
