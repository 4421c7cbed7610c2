/** A job as people name it: `#1042`. Not there yet for what an older copy of the page has kept. */
export const jobNumber = (job: { number?: number } | null | undefined): string =>
  job?.number ? `#${job.number}` : '';

/** `#1042 · 12 Julu Road` */
export const jobName = (job: { number?: number; address?: string | null }): string =>
  [jobNumber(job), job.address].filter(Boolean).join(' · ');
