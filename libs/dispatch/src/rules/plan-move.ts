import { type GeoPoint, haversineMetres } from '#kernel';
import { type TravelRule, travelSeconds } from '#matching';
import { type DayEffect, dayEffect, type Promised } from './day-effect.js';

/** What of a job says whether it can be done at a time. */
export interface MovedJob extends GeoPoint {
  durationSeconds: number;
  windowStart: Date | null;
  windowEnd: Date | null;
  skills: readonly { skill: string; level?: number }[];
  blockedWorkerIds: readonly string[];
}

/** Whose row it is put on. */
export interface RowWorker {
  id: string;
  position: GeoPoint | null;
  skills: readonly { skill: string; level: number }[];
  /** Epoch milliseconds. */
  shifts: readonly { start: number; end: number }[];
}

export interface MovePlan {
  startsAt: Date;
  arrivesAt: Date;
  endsAt: Date;
  lateSeconds: number;
  /** What a dispatcher cannot overrule. */
  refusals: string[];
  /** What he may. */
  warnings: string[];
  day: DayEffect;
}

/** `promised`: the worker's work but for this job, the earliest end first. */
export function planMove(
  job: MovedJob,
  worker: RowWorker,
  { startsAt, promised, travel }: { startsAt: Date; promised: readonly Promised[]; travel: TravelRule },
): MovePlan {
  const from = promised.findLast((o) => o.endsAt <= startsAt) ?? worker.position;
  const away = from ? travelSeconds(haversineMetres(from, job), travel) : 0;
  const arrivesAt = new Date(startsAt.getTime() + away * 1_000);
  const start = Math.max(arrivesAt.getTime(), job.windowStart?.getTime() ?? 0);
  const endsAt = new Date(start + job.durationSeconds * 1_000);
  const clash = promised.filter((o) => o.startsAt < endsAt && o.endsAt > startsAt);
  const lateSeconds = job.windowEnd
    ? Math.max(0, (arrivesAt.getTime() - job.windowEnd.getTime()) / 1_000)
    : 0;
  const inShift = worker.shifts.some((s) => s.start <= startsAt.getTime() && endsAt.getTime() <= s.end);
  const missing = job.skills.filter(
    ({ skill, level = 1 }) => !worker.skills.some((s) => s.skill === skill && s.level >= level),
  );
  const trip = { departAt: startsAt.getTime(), endAt: endsAt.getTime(), point: job };
  return {
    startsAt,
    arrivesAt,
    endsAt,
    lateSeconds,
    refusals: [
      ...clash.map((o) => `ALREADY_PROMISED ${o.startsAt.toISOString()} to ${o.endsAt.toISOString()}`),
      ...missing.map(({ skill }) => `MISSING_SKILL ${skill}`),
      ...(job.blockedWorkerIds.includes(worker.id) ? ['BLOCKED_WORKER'] : []),
    ],
    warnings: [
      ...(lateSeconds > 0 ? [`ARRIVES_LATE ${Math.round(lateSeconds)} > 0 s`] : []),
      ...(inShift ? [] : ['SHIFT_TOO_SHORT']),
    ],
    day: dayEffect(trip, promised, travel),
  };
}
