import { type CodedMessage, DomainError, newId } from '#kernel';
import { requestContext } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';

/** After this long without a heartbeat another process may claim the run. */
export const MAX_SILENT_SECONDS = 30;

/** A run that this process holds. `attempt` tells its claim from later ones of the same run. */
export interface ClaimedRun {
  orgId: string;
  id: string;
  subjectId: string;
  attempt: number;
}

const MINE = `org_id = $1 AND id = $2 AND state = 'running' AND attempts = $3`;
const keyOf = ({ orgId, id, attempt }: ClaimedRun) => [orgId, id, attempt];

/** @throws DomainError TOO_MANY_RUNS (429) at the limit. Locks until the transaction ends. */
export async function insertRun(
  tx: Tx,
  { kind, maxOpen, subjectId }: { kind: string; maxOpen: number; subjectId: string },
): Promise<void> {
  await tx.sql(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${kind}/${tx.orgId}`]);
  const [open] = await tx.sql<{ n: number }>(
    `SELECT count(*)::integer AS n FROM background_runs
     WHERE org_id = $1 AND kind = $2 AND state IN ('queued', 'running')`,
    [tx.orgId, kind],
  );
  if (open!.n >= maxOpen)
    throw new DomainError('TOO_MANY_RUNS', 429, `${maxOpen} are under way already; let one end first.`, {
      limit: maxOpen,
      retryAfterSeconds: 30,
    });
  await tx.sql(
    `INSERT INTO background_runs (org_id, id, kind, subject_id, state, created_by, created_at)
     VALUES ($1, $2, $3, $4, 'queued', $5, $6)`,
    [tx.orgId, newId(), kind, subjectId, requestContext.actor().id ?? null, tx.now],
  );
}

export async function cancelRun(tx: Tx, kind: string, subjectId: string): Promise<void> {
  await tx.sql(
    `UPDATE background_runs SET state = 'cancelled', finished_at = $4
     WHERE org_id = $1 AND kind = $2 AND subject_id = $3 AND state IN ('queued', 'running')`,
    [tx.orgId, kind, subjectId, tx.now],
  );
}

/** Claims a queued run, or one whose process is gone. */
export async function claimRun(tx: Tx, id: string): Promise<ClaimedRun | null> {
  const [mine] = await tx.sql<ClaimedRun>(
    `UPDATE background_runs SET state = 'running', attempts = attempts + 1, heartbeat_at = now(), taken_at = now()
     WHERE org_id = $1 AND id = $2
       AND (state = 'queued' OR (state = 'running' AND heartbeat_at < now() - $3 * interval '1 second'))
     RETURNING org_id AS "orgId", id, subject_id AS "subjectId", attempts AS attempt`,
    [tx.orgId, id, MAX_SILENT_SECONDS],
  );
  return mine ?? null;
}

/** Says that its process lives, and how far it is. @returns whether it is still held. */
export async function sendHeartbeat(tx: Tx, run: ClaimedRun, progress: unknown): Promise<boolean> {
  const rows = await tx.sql(
    `UPDATE background_runs SET heartbeat_at = now(), progress = coalesce($4::jsonb, progress) WHERE ${MINE} RETURNING 1`,
    [...keyOf(run), progress === undefined ? null : JSON.stringify(progress)],
  );
  return rows.length > 0;
}

/** @returns whether it was still held; if not, nothing may be written of what came of it. */
export async function endRun(tx: Tx, run: ClaimedRun, error: CodedMessage | null): Promise<boolean> {
  const rows = await tx.sql(
    `UPDATE background_runs SET state = $4, error = $5::jsonb, finished_at = $6 WHERE ${MINE} RETURNING 1`,
    [...keyOf(run), error ? 'failed' : 'done', error && JSON.stringify(error), tx.now],
  );
  return rows.length > 0;
}

/** Gives it back as if it had not been claimed: this process stops, and is not at fault. */
export async function releaseRun(tx: Tx, run: ClaimedRun): Promise<void> {
  await tx.sql(
    `UPDATE background_runs SET state = 'queued', attempts = attempts - 1, heartbeat_at = NULL WHERE ${MINE}`,
    keyOf(run),
  );
}
