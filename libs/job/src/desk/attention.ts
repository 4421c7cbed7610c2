/**
 * What a dispatcher must see first, as one table: the desk's counts and `GET /jobs?attention=` (in SQL), the list, the map
 * and the badges (in the page) are all derived from it. Browser-safe.
 */
import { EMERGENCY_PRIORITY } from '#kernel';
import { type JobState, PLACEABLE_STATES } from '../lifecycle/job-states.js';

export const ATTENTIONS = ['emergency', 'unassigned', 'at_risk', 'late'] as const;
export type Attention = (typeof ATTENTIONS)[number];

/** A promise that ends within this, with nobody there, is at risk. */
const AT_RISK_SECONDS = 30 * 60;

interface AttentionRule {
  states: readonly JobState[];
  minPriority?: number;
  /** Seconds from now within which the promise ends, from (inclusive) to (exclusive); null: without limit. */
  due?: { from: number | null; to: number };
}

/** Everything that has not ended: an emergency stays one when somebody has it. */
const NOT_ENDED: readonly JobState[] = [
  ...PLACEABLE_STATES,
  'assigned',
  'en_route',
  'arrived',
  'in_progress',
  'paused',
  'failed',
];
const NOBODY_THERE: readonly JobState[] = [...PLACEABLE_STATES, 'failed', 'assigned', 'en_route'];

export const ATTENTION_RULES = {
  emergency: { states: NOT_ENDED, minPriority: EMERGENCY_PRIORITY },
  unassigned: { states: PLACEABLE_STATES },
  at_risk: { states: NOBODY_THERE, due: { from: 0, to: AT_RISK_SECONDS } },
  late: { states: NOBODY_THERE, due: { from: null, to: 0 } },
} as const satisfies Record<Attention, AttentionRule>;

/** What the rules ask of a job; times as ISO text, as in the API. */
export interface Attended {
  state: JobState;
  priority: number;
  windowEnd: string | null;
  dueAt: string | null;
}

/** Whether `attention` is due to the job; `now` in epoch milliseconds. */
export function wantsAttention(job: Attended, attention: Attention, now: number): boolean {
  const { states, minPriority, due }: AttentionRule = ATTENTION_RULES[attention];
  if (!states.includes(job.state) || job.priority < (minPriority ?? 0)) return false;
  if (!due) return true;
  const promised = job.windowEnd ?? job.dueAt;
  if (!promised) return false;
  const left = Date.parse(promised) - now;
  return (due.from === null || left >= due.from * 1_000) && left < due.to * 1_000;
}
