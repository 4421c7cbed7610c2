import { type Attention, wantsAttention } from '#libs/job/src/desk/attention';
import { HELD_STATES, type JobState } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';

export type Urgency = Exclude<Attention, 'unassigned'> | 'none';

/** A job without a promised time is awaited as if it had been promised within the hour. */
const PATIENCE_MS = 3_600_000;
const FOR_THE_DISPATCHER: JobState[] = ['unassigned', 'unfulfilled', 'failed'];
const BEFORE_ARRIVAL = ['assigned', 'en_route'];
const WORST_FIRST = ['emergency', 'late', 'at_risk'] as const;

/** How much a job wants attention: it cannot wait, its promise is broken, or is about to be. */
export const urgencyOf = (job: Job, now: number): Urgency =>
  WORST_FIRST.find((attention) => wantsAttention(job, attention, now)) ?? 'none';

/** Whether the promise is broken, urgent or not. */
export const isLate = (job: Job, now: number): boolean => wantsAttention(job, 'late', now);

/** Smaller is more urgent, term by term. */
export type Pressure = readonly [whoseTurn: number, priority: number, dueAt: number];

/**
 * What the dispatcher should look at first: what nobody has and nobody is asked about, then what is being asked about, then
 * what will be late, then what goes well; work in progress needs them least. Among equals the higher priority, then the one whose
 * time is up first.
 */
export function pressureOf(job: Job, now: number): Pressure {
  const promised = job.windowEnd ?? job.dueAt;
  const dueAt = promised ? Date.parse(promised) : Date.parse(job.createdAt) + PATIENCE_MS;
  return [whoseTurn(job, now), -job.priority, dueAt];
}

function whoseTurn(job: Job, now: number): number {
  if (FOR_THE_DISPATCHER.includes(job.state)) return 0;
  if (job.state === 'offering') return 1;
  if (BEFORE_ARRIVAL.includes(job.state)) return isLate(job, now) ? 2 : 3;
  return HELD_STATES.includes(job.state) ? 4 : 5;
}
