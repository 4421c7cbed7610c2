import type { Job } from '#job';
import type { MatchJob, MatchWorker } from '#matching';
import type { Candidate } from '#workforce';
import type { Promised } from '../manual/day-effect.js';

/** Work or an open question that already has a claim on a worker's time. */
export interface Held extends Promised {
  state: 'proposed' | 'confirmed' | 'active' | 'offered';
  /** An offer, the desk or a plan; null for an open question. */
  source: string | null;
}

/** What a worker has done lately. */
export interface Past {
  today: number;
  last: Date | null;
}

const DAY_MS = 86_400_000;
/** Work that begins so soon after other work is done in one go. */
const QUEUED_MS = 900_000;
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
  const last = endOfQueue(working, now);
  const follows = working.find((h) => h.startsAt.getTime() >= (last ? last.endsAt.getTime() : now));
  return {
    id,
    status,
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
    nextFree: last && {
      point: { lat: last.lat, lon: last.lon },
      at: Math.max(last.endsAt.getTime(), now),
    },
    nextStop: follows ? { lat: follows.lat, lon: follows.lon } : null,
    tasksToday: past?.today ?? 0,
    maxTasksToday: candidate.dayTaskLimit,
    lastAssignedAt: past?.last?.getTime() ?? null,
    rating: candidate.rating,
    qualityScore: candidate.qualityScore,
    conflictIds: [],
    suspendedUntil: candidate.suspendedUntil?.getTime() ?? (status === 'suspended' ? FAR_FUTURE : null),
  };
}

/** The last of the jobs that follow without a pause on the one under way; null = nothing is under way. */
function endOfQueue(working: readonly Held[], now: number): Held | null {
  let last: Held | null = null;
  for (const held of working) {
    const begins = held.startsAt.getTime();
    if (begins <= now || (last && begins <= last.endsAt.getTime() + QUEUED_MS)) last = held;
  }
  return last;
}

/** How many jobs a worker holds that count against a limit of open ones: all but the later stops of a planned day. */
export function openCount(held: readonly Held[], now: number): number {
  return held.filter(
    (h) =>
      h.state !== 'offered' && (h.startsAt.getTime() <= now || h.state === 'active' || h.source !== 'plan'),
  ).length;
}
