import { type GeoPoint, haversineMetres } from '#kernel';
import { type TravelRule, travelSeconds } from '#matching';

/** What one more job does to the day of whoever gets it; nobody else's day changes. */
export interface DayEffect {
  /** The visit before. */
  after: { jobId: string; until: Date } | null;
  /** The visit after, its new arrival, and by how many seconds that is later than promised. */
  before: { jobId: string; arrivesAt: Date; laterSeconds: number } | null;
}

/** Work that has a claim on a worker's time, and where it is. */
export interface Promised extends GeoPoint {
  jobId: string;
  startsAt: Date;
  arrivesAt: Date;
  endsAt: Date;
}

/** Work further away in time belongs to another day. */
const SAME_DAY_MS = 12 * 3_600_000;

/** `trip`: setting out for the job and being done with it, epoch milliseconds; `promised`: the worker's other work. */
export function dayEffect(
  trip: { departAt: number; endAt: number; point: GeoPoint },
  promised: readonly Promised[],
  travel: TravelRule,
): DayEffect {
  const { departAt, endAt, point } = trip;
  const inOrder = [...promised].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const after = inOrder.findLast(
    ({ startsAt, endsAt }) => startsAt.getTime() < departAt && departAt - endsAt.getTime() < SAME_DAY_MS,
  );
  const before = inOrder.find(
    ({ startsAt }) => startsAt.getTime() >= departAt && startsAt.getTime() - endAt < SAME_DAY_MS,
  );
  return {
    after: after ? { jobId: after.jobId, until: after.endsAt } : null,
    before: before ? follows(before, endAt, travelSeconds(haversineMetres(point, before), travel)) : null,
  };
}

/** The worker may start from a different place than planned; waiting time is ignored. */
function follows({ jobId, arrivesAt }: Promised, freeAt: number, travel: number): DayEffect['before'] {
  const at = Math.max(arrivesAt.getTime(), freeAt + travel * 1_000);
  return {
    jobId,
    arrivesAt: new Date(at),
    laterSeconds: Math.round((at - arrivesAt.getTime()) / 1_000),
  };
}
