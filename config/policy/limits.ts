import { phoneCountries } from '#kernel';
import type { Policy } from './index.js';

/** What an override may be: a number between `min` and `max` (whole unless `fraction`), or one of `oneOf`. */
export type PolicyLimit = { min: number; max: number; fraction?: true } | { oneOf: readonly string[] };

const DAY = 86_400;

/** Beside every number of `defaultPolicy`: how far an organisation may move it. */
export const policyLimits: { [G in keyof Policy]: { [K in keyof Policy[G]]: PolicyLimit } } = {
  dispatch: {
    radiusMetres: { min: 50, max: 200_000 },
    positionStaleSeconds: { min: 5, max: DAY },
    positionAccuracyMetres: { min: 1, max: 10_000 },
    offerSeconds: { min: 5, max: 3_600 },
    askAgainSeconds: { min: 0, max: DAY },
    askAgainAfterReleaseSeconds: { min: 0, max: 30 * DAY },
    unfulfilledGraceSeconds: { min: 0, max: 7 * DAY },
    searchSeconds: { min: 10, max: 90 * DAY },
    detourFactor: { min: 1, max: 5, fraction: true },
    speedMetresPerSecond: { min: 0.5, max: 60, fraction: true },
    maxOpenAssignments: { min: 1, max: 100 },
    method: {
      oneOf: ['auto', 'nearest', 'best_score', 'waves', 'broadcast', 'least_loaded', 'random', 'batch'],
    },
    sweepSeconds: { min: 1, max: 3_600 },
    roundHorizonSeconds: { min: 3_600, max: 31 * DAY },
    maxRoundJobs: { min: 1, max: 50_000 },
    batchWindowSeconds: { min: 0, max: 300, fraction: true },
    batchScarcity: { min: 0, max: 1_000, fraction: true },
  },
  field: {
    undoSeconds: { min: 0, max: DAY },
    reviewSeconds: { min: 0, max: 90 * DAY },
    fenceEnterMetres: { min: 10, max: 5_000 },
    fenceExitMetres: { min: 10, max: 10_000 },
    fenceAccuracyMetres: { min: 5, max: 1_000 },
    fenceDwellSeconds: { min: 0, max: 3_600 },
  },
  positions: {
    futureSeconds: { min: 0, max: 3_600 },
    impossibleMetresPerSecond: { min: 5, max: 350, fraction: true },
    keepDays: { min: 1, max: 366 },
  },
  contact: {
    country: { oneOf: ['auto', ...phoneCountries()] },
  },
  retention: {
    commandDays: { min: 1, max: 90 },
    sessionDays: { min: 1, max: 366 },
    roundDays: { min: 1, max: 366 },
    alertMarkDays: { min: 1, max: 366 },
    decisionDays: { min: 7, max: 3_650 },
    planDays: { min: 7, max: 3_650 },
    offerDays: { min: 30, max: 3_650 },
    conflictDays: { min: 30, max: 3_650 },
    hoursDays: { min: 30, max: 3_650 },
    customerDataDays: { min: 30, max: 3_650 },
    proofDays: { min: 30, max: 3_650 },
  },
  alerts: {
    unassignedSeconds: { min: 10, max: 7 * DAY },
    silentWorkerSeconds: { min: 10, max: 7 * DAY },
  },
};
