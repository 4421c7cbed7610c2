import type { Tx, UnitOfWork } from '#platform';

/** A run whose process has not been heard of for so long is taken up by another. */
export const SILENT_SECONDS = 30;
const BEAT_MS = 5_000;

const RUNNING = { day_plans: 'planning', policy_dry_runs: 'running' } as const;
type RunTable = keyof typeof RUNNING;

/** Claims a stored run for this process: one that waits, or one whose process is gone. Answers whether it is ours. */
export async function takeUp(tx: Tx, table: RunTable, id: string): Promise<boolean> {
  const mine = await tx.sql(
    `UPDATE ${table} SET state = $3, beat_at = now() WHERE org_id = $1 AND id = $2
       AND (state = 'queued' OR (state = $3 AND beat_at < now() - $4 * interval '1 second')) RETURNING id`,
    [tx.orgId, id, RUNNING[table], SILENT_SECONDS],
  );
  return mine.length > 0;
}

/** Says every few seconds that the run is alive; `lost` when the row is no longer running. Call the answer to stop. */
export function keepBeating(
  uow: UnitOfWork,
  run: { orgId: string; table: RunTable; id: string; everyMs?: number },
  lost: () => void,
): () => void {
  const { orgId, table, id, everyMs = BEAT_MS } = run;
  const beat = () =>
    uow
      .run(orgId, (tx) =>
        tx.sql(
          `UPDATE ${table} SET beat_at = now() WHERE org_id = $1 AND id = $2 AND state = $3 RETURNING id`,
          [orgId, id, RUNNING[table]],
        ),
      )
      .then((rows) => {
        if (rows.length === 0) lost();
      })
      // A beat that is missed is made up by the next; the row tells others after SILENT_SECONDS.
      .catch(() => undefined);
  const timer = setInterval(() => void beat(), everyMs);
  return () => clearInterval(timer);
}
