import type { Job } from '#job';
import type { MatchJob, MatchWorker } from '#matching';
import type { Candidate } from '#workforce';

/** Work or an open question that already has a claim on a worker's time. */
export interface Held {
  state: 'proposed' | 'confirmed' | 'active' | 'offered';
  startsAt: Date;
  endsAt: Date;
  lat: number;
  lon: number;
}

/** What a worker has done lately. */
export interface Past {
  today: number;
  last: Date | null;
}

const DAY_MS = 86_400_000;
const FAR_FUTURE = 8.64e15;

/** A job row as the matching engine sees it; `now` is epoch milliseconds. */
export function toMatchJob(job: Job, usualWorkerIds: string[], now: number): MatchJob {
  const start = job.windowStart?.getTime() ?? Math.min(now, job.createdAt.getTime());
  const promised = (job.windowEnd ?? job.dueAt)?.getTime();
  return {
    id: job.id,
    point: { lat: job.lat, lon: job.lon },
    // Without a promise, or with a broken one, it should simply be soon.
    arrivalWindow: { start, end: promised !== undefined && promised > now ? promised : now + DAY_MS },
    durationSeconds: job.durationSeconds,
    skills: job.skills.map(({ skill, level = 1 }) => ({ skill, level })),
    equipment: job.equipment,
    priority: job.priority,
    areaIds: job.areaId ? [job.areaId] : [],
    blockedWorkerIds: job.blockedWorkerIds,
    requiredWorkerIds: job.requiredWorkerId ? [job.requiredWorkerId] : [],
    preferredWorkerIds: job.preferredWorkerId ? [job.preferredWorkerId] : [],
    usualWorkerIds,
    customerLanguage: job.customerLanguage,
    conflictIds: [],
    createdAt: job.createdAt.getTime(),
  };
}

/** A worker's rows as the matching engine sees them; `everyArea` are the areas in question, `now` epoch milliseconds. */
export function toMatchWorker(
  candidate: Candidate,
  context: { held: readonly Held[]; past: Past | undefined; everyArea: string[]; now: number },
): MatchWorker {
  const { id, status, position } = candidate;
  const { held, past, everyArea, now } = context;
  const working = held.filter((h) => h.state !== 'offered');
  // Work that runs over keeps its worker until it is reported done.
  const busy = held.map((h) => ({
    start: h.startsAt.getTime(),
    end: Math.max(h.endsAt.getTime(), h.state === 'active' ? now + 60_000 : 0),
  }));
  const current = working.filter((h) => h.startsAt.getTime() <= now).at(-1);
  return {
    id,
    status: status === 'off_duty' || status === 'suspended' ? 'offline' : status,
    position: position && {
      lat: position.lat,
      lon: position.lon,
      fixedAt: position.fixAt.getTime(),
      accuracyMetres: position.accuracyMetres,
    },
    base: null,
    // Who named no areas serves all of them.
    areaIds: candidate.homeAreaIds.length > 0 ? candidate.homeAreaIds : everyArea,
    maxRadiusMetres: null,
    skills: candidate.skills.map(({ skill, level, validUntil }) => ({
      skill,
      level,
      expiresAt: validUntil?.getTime() ?? null,
    })),
    equipment: candidate.vehicle ? [...candidate.equipment, candidate.vehicle] : candidate.equipment,
    languages: candidate.languages,
    shifts: candidate.shifts,
    timeOff: candidate.timeOff,
    busy: busy.filter((interval) => interval.end > interval.start),
    nextFree: current
      ? { point: { lat: current.lat, lon: current.lon }, at: Math.max(current.endsAt.getTime(), now) }
      : null,
    nextStop: null,
    tasksToday: past?.today ?? 0,
    maxTasksToday: candidate.dayTaskLimit,
    lastAssignedAt: past?.last?.getTime() ?? null,
    rating: candidate.rating,
    qualityScore: candidate.qualityScore,
    conflictIds: [],
    suspendedUntil: status === 'suspended' ? (candidate.suspendedUntil?.getTime() ?? FAR_FUTURE) : null,
  };
}
