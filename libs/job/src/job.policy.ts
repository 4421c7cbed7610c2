import { definePolicy } from '#platform';

const DAY = 86_400;

export const fieldPolicy = definePolicy(
  'field',
  {
    /** `completed` may be taken back for this long, seconds. */
    undoSeconds: { default: 600, min: 0, max: DAY },
    /** `completed` becomes `closed` after this, seconds. */
    reviewSeconds: { default: DAY, min: 0, max: 90 * DAY },
    /** Inside this circle a good fix counts towards arrival, metres. */
    fenceEnterMetres: { default: 100, min: 10, max: 5_000 },
    /** Only outside this wider circle has the worker left again, metres. */
    fenceExitMetres: { default: 200, min: 10, max: 10_000 },
    /** A fix less accurate than this says nothing about arrival, metres. */
    fenceAccuracyMetres: { default: 75, min: 5, max: 1_000 },
    /** How long fixes must stay inside before the job counts as arrived, seconds. */
    fenceDwellSeconds: { default: 20, min: 0, max: 3_600 },
  },
  ({ fenceEnterMetres, fenceExitMetres }) =>
    fenceExitMetres < fenceEnterMetres
      ? [
          {
            field: 'field.fenceExitMetres',
            message: `must not be inside the circle of arrival (field.fenceEnterMetres ${fenceEnterMetres})`,
            limit: fenceEnterMetres,
            code: 'EXIT_INSIDE_ENTRANCE',
            values: { limit: fenceEnterMetres },
          },
        ]
      : [],
);

export const proofRetentionPolicy = definePolicy('retention', {
  /** Photos, signatures, scans and notes from the door. */
  proofDays: { default: 1_825, min: 30, max: 3_650 },
});
