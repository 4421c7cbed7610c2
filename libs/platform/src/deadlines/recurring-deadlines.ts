import { setImmediate } from 'node:timers/promises';
import {
  nextOccurrence,
  occurrencesBetween,
  type Recurrence,
  uncounted,
} from '#libs/kernel/src/recurrence/recurrence';
import type { Tx } from '../database/tx.js';
import type { TakenDeadline } from './due-rows.js';

export interface RecurringPlan {
  recurrence: Recurrence;
  /**
   * What becomes of occurrences that passed while no process was running: with `latest` the handler runs once, for the
   * latest of them; with `each` it runs for each of them, in order.
   */
  missed: 'latest' | 'each';
}

/** As many as can be missed; the search for the latest goes no further. */
const MAX_MISSED = 10_000;

/**
 * Makes the first occurrence after `tx.now` due. COUNT is turned into an end here, in steps that give way to others, so
 * that to find the next occurrence costs a few milliseconds (0.1 s for a rule that occurs once in 28 years).
 *
 * @returns when it is due for the first time; null, and nothing is due, where it does not occur any more
 */
export async function scheduleRecurring(
  tx: Tx,
  kind: string,
  subjectId: string,
  { recurrence, missed }: RecurringPlan,
): Promise<Date | null> {
  const plan = { recurrence: await withoutCount(recurrence), missed };
  const first = nextOccurrence(plan.recurrence, tx.now)?.at ?? null;
  if (first) await insertOccurrence(tx, kind, subjectId, { at: first, plan });
  else await tx.unschedule(kind, subjectId);
  return first;
}

/** Which occurrence a due row stands for; makes the one after it due. */
export async function currentOccurrence(
  tx: Tx,
  kind: string,
  { subjectId, plannedAt }: TakenDeadline,
  plan: RecurringPlan,
): Promise<Date> {
  const at = plan.missed === 'each' ? plannedAt : latestOf(plan.recurrence, plannedAt, tx.now);
  const next = nextOccurrence(plan.recurrence, at);
  if (next) await insertOccurrence(tx, kind, subjectId, { at: next.at, plan });
  return at;
}

const latestOf = (recurrence: Recurrence, first: Date, now: Date): Date =>
  occurrencesBetween(recurrence, first, new Date(now.getTime() + 1), MAX_MISSED).at(-1)?.at ?? first;

async function insertOccurrence(
  tx: Tx,
  kind: string,
  subjectId: string,
  { at, plan }: { at: Date; plan: RecurringPlan },
): Promise<void> {
  await tx.sql(
    `INSERT INTO deadlines (org_id, kind, subject_id, planned_at, due_at, recurring) VALUES ($1, $2, $3, $4, $4, $5)
     ON CONFLICT (org_id, kind, subject_id)
     DO UPDATE SET planned_at = excluded.planned_at, due_at = excluded.due_at, attempts = 0, recurring = excluded.recurring`,
    [tx.orgId, kind, subjectId, at, plan],
  );
}

async function withoutCount(recurrence: Recurrence): Promise<Recurrence> {
  const steps = uncounted(recurrence);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
