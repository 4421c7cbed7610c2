import { HELD_STATES, type JobState, OPEN_STATES } from '#job-rules/job-states';
import { EMERGENCY_PRIORITY } from '#kernel';
import type { Job } from '../../api/types';

export type Urgency = 'emergency' | 'late' | 'soon' | 'none';

const SOON_MS = 30 * 60_000;
/** A job without a promised time is awaited as if it had been promised within the hour. */
const PATIENCE_MS = 3_600_000;
const FOR_THE_DISPATCHER: JobState[] = ['unassigned', 'unfulfilled', 'failed'];
const BEFORE_ARRIVAL = ['assigned', 'en_route'];

const isOpen = ({ state }: Job): boolean =>
  OPEN_STATES.includes(state) || state === 'failed' || state === 'unfulfilled';

/** How much a job wants attention: its promise is broken, is about to be, or it cannot wait. */
export function urgencyOf(job: Job, now: number): Urgency {
  if (!isOpen(job) && !HELD_STATES.includes(job.state)) return 'none';
  // Somebody who is on the way does not end it.
  if (job.priority >= EMERGENCY_PRIORITY) return 'emergency';
  const left = leftMs(job, now);
  if (left < 0) return 'late';
  return left < SOON_MS ? 'soon' : 'none';
}

/** Whether the promise is broken, urgent or not. */
export const isLate = (job: Job, now: number): boolean => leftMs(job, now) < 0;

/** How much of the promised time is left; for ever where nothing was promised or somebody is there. */
function leftMs(job: Job, now: number): number {
  const due = job.windowEnd ?? job.dueAt;
  const awaited = isOpen(job) || BEFORE_ARRIVAL.includes(job.state);
  return due && awaited ? Date.parse(due) - now : Number.POSITIVE_INFINITY;
}

/** Smaller is more urgent, term by term. */
export type Pressure = readonly [whoseTurn: number, priority: number, dueAt: number];

/**
 * What the dispatcher should look at first: what nobody has and nobody is asked about, then what is being asked about, then
 * what will be late, then what goes well; work in hand needs him least. Among equals the higher priority, then the one whose
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
