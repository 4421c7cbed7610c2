import type { Tx } from '../database/tx.js';
import type { RecurringPlan } from './recurring-deadlines.js';

/** A due row that this transaction has deleted. */
export interface TakenDeadline {
  subjectId: string;
  plannedAt: Date;
  dueAt: Date;
  attempts: number;
  recurring: RecurringPlan | null;
}

/** Deletes due rows of one kind and returns them, the oldest first; skips those that another transaction holds. */
export async function takeDue(
  tx: Tx,
  kind: string,
  { most, subjectId }: { most: number; subjectId?: string },
): Promise<TakenDeadline[]> {
  const taken = await tx.sql<TakenDeadline>(
    `DELETE FROM deadlines WHERE (org_id, kind, subject_id) IN (
       SELECT org_id, kind, subject_id FROM deadlines
       WHERE org_id = $1 AND kind = $2 AND due_at <= $3 AND ($5::uuid IS NULL OR subject_id = $5)
       ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED)
     RETURNING subject_id AS "subjectId", planned_at AS "plannedAt", due_at AS "dueAt", attempts, recurring`,
    [tx.orgId, kind, tx.now, most, subjectId ?? null],
  );
  return taken.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** They stay due as they were, unless a handler of this transaction has given one another time. */
export async function putBack(tx: Tx, kind: string, taken: readonly TakenDeadline[]): Promise<void> {
  await tx.sql(
    `INSERT INTO deadlines (org_id, kind, subject_id, planned_at, due_at, attempts, recurring)
     SELECT $1, $2, d."subjectId", d."plannedAt", d."dueAt", d.attempts, d.recurring
     FROM jsonb_to_recordset($3::jsonb) AS d("subjectId" uuid, "plannedAt" timestamptz, "dueAt" timestamptz,
                                             attempts integer, recurring jsonb)
     ON CONFLICT (org_id, kind, subject_id) DO NOTHING`,
    [tx.orgId, kind, JSON.stringify(taken)],
  );
}

/** Tries one that failed again: after 1, 2, 4 ... seconds, at most 10 minutes. Not if it has been moved since. */
export async function postpone(tx: Tx, kind: string, subjectId: string): Promise<void> {
  await tx.sql(
    `UPDATE deadlines SET attempts = attempts + 1, due_at = $4::timestamptz + least(power(2, attempts), 600) * interval '1 second'
     WHERE org_id = $1 AND kind = $2 AND subject_id = $3 AND due_at <= $4`,
    [tx.orgId, kind, subjectId, tx.now],
  );
}
