import type { GeoPoint } from '#kernel';
import type { MatchJob, MatchWorker } from '#matching';
import {
  packFixes,
  type RecordedDay,
  type RecordedJob,
  type RecordedWorker,
} from '../policies/replay/recorded-day.js';

export const CENTRE: GeoPoint = { lat: 42.36, lon: -71.06 };
const MINUTE = 60_000;
const FROM = Date.UTC(2026, 2, 2, 8);
const TO = FROM + 8 * 60 * MINUTE;

export function job(id: string, minute: number, at: GeoPoint): RecordedJob {
  const createdAt = FROM + minute * MINUTE;
  const seen: MatchJob = {
    id,
    point: at,
    arrivalWindow: { start: createdAt, end: createdAt + 60 * MINUTE },
    durationSeconds: 1_200,
    skills: [],
    equipment: [],
    priority: 0,
    areaIds: [],
    blockedWorkerIds: [],
    requiredWorkerIds: [],
    preferredWorkerIds: [],
    usualWorkerIds: [],
    customerLanguage: null,
    conflictIds: [],
    createdAt,
  };
  return {
    id,
    serviceTypeId: null,
    createdAt,
    searchEndsAt: createdAt + 60 * MINUTE,
    promisedBy: createdAt + 60 * MINUTE,
    workedSeconds: null,
    seen,
    outcome: null,
  };
}

export function worker(id: string, at: GeoPoint): RecordedWorker {
  const base: MatchWorker = {
    id,
    status: 'available',
    position: null,
    base: null,
    areaIds: [],
    maxRadiusMetres: null,
    skills: [],
    equipment: [],
    languages: [],
    shifts: [{ start: FROM, end: TO }],
    timeOff: [],
    busy: [],
    nextFree: null,
    nextStop: null,
    tasksToday: 0,
    maxTasksToday: null,
    lastAssignedAt: null,
    rating: null,
    qualityScore: null,
    conflictIds: [],
    suspendedUntil: null,
  };
  const fixes = Array.from({ length: 480 }, (_, i) => ({ ...at, at: FROM + i * MINUTE, accuracyMetres: 8 }));
  return {
    id,
    base,
    onDuty: [{ start: FROM, end: TO }],
    fixes: packFixes(fixes),
    maxOpenAssignments: null,
  };
}

export const day = (jobs: RecordedJob[], workers: RecordedWorker[]): RecordedDay => ({
  from: FROM,
  to: TO,
  jobs,
  workers,
  answers: { acceptedShare: 1, answerSeconds: 10, offers: 100 },
});
