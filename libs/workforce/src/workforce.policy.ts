import { definePolicy } from '#platform';

export const positionsPolicy = definePolicy('positions', {
  /** A fix this far in the future is quarantined, seconds. */
  futureSeconds: { default: 120, min: 0, max: 3_600 },
  /** A jump faster than this is quarantined, metres a second (200 km/h). */
  impossibleMetresPerSecond: { default: 55.6, min: 5, max: 350, fraction: true },
  /** Raw fixes are kept this long, days. */
  keepDays: { default: 30, min: 1, max: 366 },
});

export const workerAlertsPolicy = definePolicy('alerts', {
  /** A phone of somebody on duty that reports nothing for this long is silent, seconds. */
  silentWorkerSeconds: { default: 600, min: 10, max: 604_800 },
});

export const hoursRetentionPolicy = definePolicy('retention', {
  /** Time off and exceptional hours, counted from their end. */
  hoursDays: { default: 730, min: 30, max: 3_650 },
});
