import { destination } from '#kernel';
import type { MatchJob } from '../model/match-job.js';
import type { MatchWorker } from '../model/match-worker.js';

/** Tests tell stories from here: Monday 2 March 2026, 08:00 UTC, in Boston. */
export const NOW = Date.UTC(2026, 2, 2, 8);
export const CENTRE = { lat: 42.36, lon: -71.06 };
export const minutes = (count: number): number => count * 60_000;

/** A one-hour job at the centre, wanted within the next hour. */
export function aJob(over: Partial<MatchJob> = {}): MatchJob {
  return {
    id: 'job',
    point: CENTRE,
    arrivalWindow: { start: NOW, end: NOW + minutes(60) },
    durationSeconds: 3_600,
    skills: [],
    equipment: [],
    priority: 0,
    areaIds: ['area'],
    blockedWorkerIds: [],
    requiredWorkerIds: [],
    preferredWorkerIds: [],
    usualWorkerIds: [],
    customerLanguage: null,
    conflictIds: [],
    createdAt: NOW,
    ...over,
  };
}

/** Somebody free, a kilometre north of the centre, on shift until 17:00. */
export function aWorker(over: Partial<MatchWorker> = {}): MatchWorker {
  return {
    id: 'worker',
    status: 'available',
    position: { ...destination(CENTRE, 0, 1_000), fixedAt: NOW, accuracyMetres: 10 },
    base: null,
    areaIds: ['area'],
    maxRadiusMetres: null,
    skills: [],
    equipment: [],
    languages: ['en'],
    shifts: [{ start: NOW - minutes(30), end: NOW + minutes(540) }],
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
    ...over,
  };
}

/** The position of somebody `metres` from the centre, seen just now. */
export const awayBy = (metres: number, bearing = 0): MatchWorker['position'] => ({
  ...destination(CENTRE, bearing, metres),
  fixedAt: NOW,
  accuracyMetres: 10,
});
