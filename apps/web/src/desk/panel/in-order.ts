import { HELD_STATES } from '#job-rules/job-states';
import type { Job } from '../../api/types';

const WAITING = ['assigned'];

/** A worker's jobs as he comes to them: what is in hand, then by the time that was promised, then what has none. */
export function inOrder(jobs: readonly Job[]): Job[] {
  const turn = (job: Job): number => {
    if (!WAITING.includes(job.state)) return Number.NEGATIVE_INFINITY;
    const promised = job.windowStart ?? job.dueAt ?? job.windowEnd;
    return promised ? Date.parse(promised) : Number.POSITIVE_INFINITY;
  };
  return jobs
    .filter((job) => HELD_STATES.includes(job.state))
    .map((job) => ({ job, at: turn(job) }))
    .sort((a, b) => (a.at === b.at ? a.job.createdAt.localeCompare(b.job.createdAt) : a.at - b.at))
    .map(({ job }) => job);
}
