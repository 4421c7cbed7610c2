import { HELD_STATES, OPEN_STATES } from '#job-rules/job-states';
import type { Job } from '../../api/types';

export type Urgency = 'emergency' | 'late' | 'soon' | 'none';

const EMERGENCY_PRIORITY = 80;
const SOON_MS = 30 * 60_000;
const RANK: Record<Urgency, number> = { emergency: 3, late: 2, soon: 1, none: 0 };
const BEFORE_ARRIVAL = ['assigned', 'en_route'];

/** How much a job wants attention: its promise is broken, is about to be, or it cannot wait. */
export function urgencyOf(job: Job, now: number): Urgency {
  const open = OPEN_STATES.includes(job.state) || job.state === 'failed' || job.state === 'unfulfilled';
  if (!open && !HELD_STATES.includes(job.state)) return 'none';
  if (open && job.priority >= EMERGENCY_PRIORITY) return 'emergency';
  const due = job.windowEnd ?? job.dueAt;
  if (!due || !(open || BEFORE_ARRIVAL.includes(job.state))) return 'none';
  const left = Date.parse(due) - now;
  if (left < 0) return 'late';
  return left < SOON_MS ? 'soon' : 'none';
}

export const urgencyRank = (job: Job, now: number): number => RANK[urgencyOf(job, now)];
