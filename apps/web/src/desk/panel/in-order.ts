import { HELD_STATES } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';

const WAITING = ['assigned'];

/** A worker's jobs in order: those in progress, then by promised time, then those without one. */
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
