import type { JobTerms } from '../job.facts.js';
import type { Job } from './job.entity.js';

export type Agreed = Pick<
  Job,
  'number' | 'priority' | 'durationSeconds' | 'windowStart' | 'windowEnd' | 'dueAt' | 'channel'
>;

/** What a fact says of a job's terms. A draft may leave out what is nothing. */
export const termsOf = (job: Agreed): Required<JobTerms> => ({
  number: job.number,
  priority: job.priority ?? 0,
  durationSeconds: job.durationSeconds,
  windowStart: job.windowStart?.toISOString() ?? null,
  windowEnd: job.windowEnd?.toISOString() ?? null,
  dueAt: job.dueAt?.toISOString() ?? null,
  channel: job.channel ?? null,
});
