import { type GeoPoint, haversineMetres, type Interval, mergeIntervals, subtractIntervals } from '#kernel';
import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy, TravelRule } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';

/** Where the travel to a job starts: the live position, the end of the present job, or the base for a later job. */
export type LegOrigin = 'position' | 'next_free' | 'base' | 'unknown';

/** One worker's trip to one job and the work there. Times are epoch milliseconds. */
export interface Leg {
  origin: LegOrigin;
  /** null = nobody knows where the worker is. */
  from: GeoPoint | null;
  /** The job starts soon enough for live status and position to count. */
  live: boolean;
  /** Straight line; Infinity without an origin. */
  distanceMetres: number;
  travelSeconds: number;
  departAt: number;
  arriveAt: number;
  /** Work starts on arrival or when the window opens. */
  startAt: number;
  endAt: number;
  /** Arrival after the window's end, 0 when in time. */
  lateSeconds: number;
}

/** Estimated seconds for a straight line of `metres`. */
export function travelSeconds(metres: number, travel: TravelRule): number {
  return travel.overheadSeconds + (metres * travel.detourFactor) / travel.speedMetresPerSecond;
}

/** Where a worker would set out from, and from when on; `live` as in `Leg`. */
export function originOf(
  worker: MatchWorker,
  policy: MatchPolicy,
  live: boolean,
): Pick<Leg, 'origin' | 'from'> & { at: number } {
  if (worker.nextFree && policy.forwardDispatch)
    return { origin: 'next_free', from: worker.nextFree.point, at: worker.nextFree.at };
  if (!live && worker.base) return { origin: 'base', from: worker.base, at: 0 };
  if (worker.position) return { origin: 'position', from: worker.position, at: 0 };
  return { origin: 'unknown', from: null, at: 0 };
}

/** Does the job start soon enough for live status and position to count? */
export const isLive = (job: MatchJob, policy: MatchPolicy, now: number): boolean =>
  job.arrivalWindow.start - now <= policy.liveHorizonSeconds * 1000;

/**
 * The first trip that fits into the worker's shifts, clear of time off and of promised work, and arrives in time.
 * When none fits, the trip that would be made regardless: the hard rules then say what stands in its way.
 */
export function planLeg(job: MatchJob, worker: MatchWorker, policy: MatchPolicy, now: number): Leg {
  const live = isLive(job, policy, now);
  const { origin, from, at } = originOf(worker, policy, live);
  const distanceMetres = from ? haversineMetres(from, job.point) : Number.POSITIVE_INFINITY;
  const seconds = travelSeconds(distanceMetres, policy.travel);
  const travelMs = seconds * 1000;
  // Nobody leaves early only to wait at the door.
  const earliest = Math.max(now, at, from ? job.arrivalWindow.start - travelMs : now);

  const timed = (departAt: number): Leg => {
    const arriveAt = departAt + travelMs;
    const startAt = Math.max(arriveAt, job.arrivalWindow.start);
    const endAt = startAt + job.durationSeconds * 1000;
    const lateSeconds = Math.max(0, (arriveAt - job.arrivalWindow.end) / 1000);
    return {
      origin,
      from,
      live,
      distanceMetres,
      travelSeconds: seconds,
      departAt,
      arriveAt,
      startAt,
      endAt,
      lateSeconds,
    };
  };

  const shifts = shiftsWithOvertime(worker, policy);
  for (const gap of subtractIntervals(shifts, [...worker.timeOff, ...worker.busy])) {
    if (gap.end <= earliest) continue;
    const leg = timed(Math.max(gap.start, earliest));
    if (leg.lateSeconds > policy.lateToleranceSeconds) break;
    if (leg.endAt <= gap.end) return leg;
  }
  const shift = shifts.find((s) => s.end > earliest);
  return timed(Math.max(earliest, shift?.start ?? earliest));
}

/** The worker's shifts in order, touching ones joined, each with the overtime that the policy tolerates. */
export function shiftsWithOvertime(worker: MatchWorker, policy: MatchPolicy): Interval[] {
  const overtimeMs = policy.overtimeToleranceSeconds * 1000;
  return mergeIntervals(worker.shifts.map((s) => ({ start: s.start, end: s.end + overtimeMs })));
}
