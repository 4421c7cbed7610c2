import type { Job, JobView } from '../api/types';

/** What the server shows of a job, as the pages hold it. */
export const heldJob = (job: JobView): Job => ({
  ...job,
  address: job.address ?? '—',
  lat: job.lat ?? Number.NaN,
  lon: job.lon ?? Number.NaN,
});

/** Whether the job has a place that a map can show. */
export const isPlaced = (job: { lat: number; lon: number }): boolean =>
  Number.isFinite(job.lat) && Number.isFinite(job.lon);
