import { DomainError } from '#kernel';
import type { Tx, UnitOfWork } from '#platform';

/** After this long without a heartbeat, another process may claim the run. */
export const MAX_SILENT_SECONDS = 30;
const HEARTBEAT_MS = 5_000;

const RUNNING = { day_plans: 'planning', policy_dry_runs: 'running' } as const;
type RunTable = keyof typeof RUNNING;

/** How many runs of an organisation may be queued or running at once: a plan per area, a few dry runs. */
const MAX_OPEN_RUNS = { day_plans: 20, policy_dry_runs: 5 } as const satisfies Record<RunTable, number>;

/** @throws DomainError TOO_MANY_RUNS (429) at the limit. Locks until the transaction ends. */
export async function requireCapacity(tx: Tx, table: RunTable): Promise<void> {
  await tx.sql(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${table}/${tx.orgId}`]);
  const [open] = await tx.sql<{ n: number }>(
    `SELECT count(*)::integer AS n FROM ${table} WHERE org_id = $1 AND state IN ('queued', $2)`,
    [tx.orgId, RUNNING[table]],
  );
  const limit = MAX_OPEN_RUNS[table];
  if (open!.n >= limit)
    throw new DomainError('TOO_MANY_RUNS', 429, `${limit} are under way already; let one end first.`, {
      limit,
      retryAfterSeconds: 30,
    });
}

/** Claims a queued run, or one whose process is gone, for this process. Returns whether the claim succeeded. */
export async function claimRun(tx: Tx, table: RunTable, id: string): Promise<boolean> {
  const mine = await tx.sql(
    `UPDATE ${table} SET state = $3, heartbeat_at = now() WHERE org_id = $1 AND id = $2
       AND (state = 'queued' OR (state = $3 AND heartbeat_at < now() - $4 * interval '1 second')) RETURNING id`,
    [tx.orgId, id, RUNNING[table], MAX_SILENT_SECONDS],
  );
  return mine.length > 0;
}

/** Sends a heartbeat every few seconds; calls `lost` if the row is no longer running. Call the returned function to stop. */
export function startHeartbeat(
  uow: UnitOfWork,
  run: { orgId: string; table: RunTable; id: string; everyMs?: number },
  lost: () => void,
): () => void {
  const { orgId, table, id, everyMs = HEARTBEAT_MS } = run;
  const sendHeartbeat = () =>
    uow
      .run(orgId, (tx) =>
        tx.sql(
          `UPDATE ${table} SET heartbeat_at = now() WHERE org_id = $1 AND id = $2 AND state = $3 RETURNING id`,
          [orgId, id, RUNNING[table]],
        ),
      )
      .then((rows) => {
        if (rows.length === 0) lost();
      })
      // A missed heartbeat is made up by the next; other processes notice after MAX_SILENT_SECONDS.
      .catch(() => undefined);
  const timer = setInterval(() => void sendHeartbeat(), everyMs);
  return () => clearInterval(timer);
}
