import type { JobState } from '../lifecycle/job-states.js';
import { ATTENTION_RULES, type Attention } from './attention.js';

interface Rule {
  states: readonly JobState[];
  minPriority?: number;
  due?: { from: number | null; to: number };
}

/** Not `coalesce`, which row-level security keeps from an index. */
const PROMISE = '(CASE WHEN job.window_end IS NULL THEN job.due_at ELSE job.window_end END)';

/** The rule as a condition on a row `job`; `now` names the parameter with the present time, where the rule asks for it. */
export function attentionSql(attention: Attention, now: () => string): string {
  const { states, minPriority, due }: Rule = ATTENTION_RULES[attention];
  const at = (seconds: number) => `${now()}::timestamptz + interval '${seconds} seconds'`;
  return [
    `job.state IN (${states.map((state) => `'${state}'`).join(', ')})`,
    ...(minPriority === undefined ? [] : [`job.priority >= ${minPriority}`]),
    ...(due ? [`${PROMISE} < ${at(due.to)}`] : []),
    ...(due && due.from !== null ? [`${PROMISE} >= ${at(due.from)}`] : []),
  ].join(' AND ');
}
