import { type GeoPoint, haversineMetres } from '#kernel';
import {
  evaluateLeg,
  type Leg,
  type MatchJob,
  type MatchPolicy,
  type MatchWorker,
  renderVerdict,
  travelSeconds,
} from '#matching';
import { type DayEffect, dayEffect, type Promised } from '../manual/day-effect.js';
import { splitByAuthority } from '../manual/split-by-authority.js';

export interface MovePlan {
  startsAt: Date;
  arrivesAt: Date;
  endsAt: Date;
  lateSeconds: number;
  /** What a dispatcher cannot overrule. */
  refusals: string[];
  /** What their role allows. */
  warnings: string[];
  day: DayEffect;
}

/** As the job's row has them: a broken promise too. */
interface Window {
  windowStart: Date | null;
  windowEnd: Date | null;
}

/** A visit whose worker is on the way or at the door. */
export interface UnderWay {
  arrivesAt: Date;
  /** When the work began, if it has. */
  beganAt: Date | null;
}

interface Spot {
  startsAt: Date;
  now: Date;
  /** The local day that the worker's count of tasks is of. */
  today: { start: Date; end: Date };
  /** The worker's work but for this job. */
  promised: readonly Promised[];
  policy: MatchPolicy;
  underWay?: UnderWay;
}

/** Said with the whole span that is in the way, below. */
const CLASH = 'busy';

/** What would come of putting the job on the worker's row, by the rules that hold for every other way to give it away. */
export function planMove(window: Window, job: MatchJob, worker: MatchWorker, spot: Spot): MovePlan {
  const { startsAt, now, today, promised, policy } = spot;
  const leg = legFrom(startsAt.getTime(), window, job, worker, spot);
  const endsAt = new Date(leg.endAt);
  const row = startsAt < today.start || startsAt >= today.end ? { ...worker, maxTasksToday: null } : worker;
  // How far it is everybody sees who puts it there.
  const anyDistance = { ...policy, radiusMetres: null };
  const { verdicts } = evaluateLeg(leg, job, row, anyDistance, now.getTime());
  const said = splitByAuthority(verdicts.filter(({ rule }) => rule !== CLASH));
  const clash = promised.filter((o) => o.startsAt < endsAt && o.endsAt > startsAt);
  return {
    startsAt,
    arrivesAt: new Date(leg.arriveAt),
    endsAt,
    lateSeconds: leg.lateSeconds,
    refusals: [
      ...clash.map((o) => `ALREADY_PROMISED ${o.startsAt.toISOString()} to ${o.endsAt.toISOString()}`),
      ...said.refusals.map(renderVerdict),
    ],
    warnings: said.warnings.map(renderVerdict),
    day: dayEffect({ departAt: leg.departAt, endAt: leg.endAt, point: job.point }, promised, policy.travel),
  };
}

/** Planned work: what the phone says now (status, age of the position) does not count. */
function legFrom(
  departAt: number,
  { windowStart, windowEnd }: Window,
  job: MatchJob,
  worker: MatchWorker,
  { promised, policy, underWay }: Spot,
): Leg {
  const before = [...promised]
    .sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime())
    .findLast(({ endsAt }) => endsAt.getTime() <= departAt);
  const from: GeoPoint = before ?? worker.position ?? job.point;
  const distanceMetres = haversineMetres(from, job.point);
  const estimate = before || worker.position ? travelSeconds(distanceMetres, policy.travel) : 0;
  const arriveAt = underWay?.arrivesAt.getTime() ?? departAt + estimate * 1_000;
  const seconds = (arriveAt - departAt) / 1_000;
  const startAt = underWay?.beganAt?.getTime() ?? Math.max(arriveAt, windowStart?.getTime() ?? 0);
  return {
    origin: 'base',
    from,
    live: false,
    distanceMetres,
    travelSeconds: seconds,
    departAt,
    arriveAt,
    startAt,
    endAt: startAt + job.durationSeconds * 1_000,
    lateSeconds: windowEnd ? Math.max(0, (arriveAt - windowEnd.getTime()) / 1_000) : 0,
  };
}
