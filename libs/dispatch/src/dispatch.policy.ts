import { SELECTION_MODES } from '#matching';
import { definePolicy } from '#platform';

const DAY = 86_400;

/** What holds where no dispatch policy (`policies/`) says otherwise. */
export const dispatchBasePolicy = definePolicy('dispatch', {
  /** How far from a worker's position a job may be, metres. */
  radiusMetres: { default: 3_000, min: 50, max: 200_000 },
  /** A position older than this is not matched, seconds. */
  positionStaleSeconds: { default: 120, min: 5, max: DAY },
  /** A fix less accurate than this is not matched, metres. */
  positionAccuracyMetres: { default: 200, min: 1, max: 10_000 },
  /** How long one worker has to answer an offer, seconds. */
  offerSeconds: { default: 45, min: 5, max: 3_600 },
  /** Somebody who let an offer run out is asked again for the same job after this, seconds. */
  askAgainSeconds: { default: 600, min: 0, max: DAY },
  /** Somebody whom the desk took a job from is asked for it again after this, seconds. Whoever gave it back is not. */
  askAgainAfterReleaseSeconds: { default: 3_600, min: 0, max: 30 * DAY },
  /** A job without a taker becomes `unfulfilled` this long after its arrival window closes, seconds. */
  unfulfilledGraceSeconds: { default: 0, min: 0, max: 7 * DAY },
  /** Without an arrival window, how long the search goes on, seconds. */
  searchSeconds: { default: 7_200, min: 10, max: 90 * DAY },
  /** Straight line to road. */
  detourFactor: { default: 1.35, min: 1, max: 5, fraction: true },
  /** Average speed in the city, metres a second (25 km/h). */
  speedMetresPerSecond: { default: 6.9, min: 0.5, max: 60, fraction: true },
  /** How many jobs a worker may hold at once, the one being worked on included. */
  maxOpenAssignments: { default: 1, min: 1, max: 100 },
  method: { default: 'auto', oneOf: SELECTION_MODES },
  /** The last look at all open jobs of an area, even if nothing changed, seconds. */
  sweepSeconds: { default: 30, min: 1, max: 3_600 },
  /** Rounds take jobs that can be done from now on or begin within this time, seconds. */
  roundHorizonSeconds: { default: 129_600, min: 3_600, max: 31 * DAY },
  /** A round looks at no more jobs than this; the next one goes on with the others, and an alert says so. */
  maxRoundJobs: { default: 5_000, min: 1, max: 50_000 },
  /** Open jobs that compete for workers are decided together, at most once in this time, seconds. */
  batchWindowSeconds: { default: 5, min: 0, max: 300, fraction: true },
  /** Jobs compete when fewer workers than this are free for each of them. */
  batchScarcity: { default: 3, min: 0, max: 1_000, fraction: true },
});
export type DispatchBase = typeof dispatchBasePolicy.defaults;

export const jobAlertsPolicy = definePolicy('alerts', {
  /** A job that has had no worker for this long, seconds. */
  unassignedSeconds: { default: 900, min: 10, max: 7 * DAY },
});

export const dispatchRetentionPolicy = definePolicy('retention', {
  /** What each dispatch round looked at. */
  roundDays: { default: 30, min: 1, max: 366 },
  /** Acknowledged and snoozed alerts. */
  alertMarkDays: { default: 30, min: 1, max: 366 },
  /** Why a job went to whom: all candidates with their numbers. */
  decisionDays: { default: 365, min: 7, max: 3_650 },
  /** Offers and assignments that are over. */
  offerDays: { default: 1_095, min: 30, max: 3_650 },
});
