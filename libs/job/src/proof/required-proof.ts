import { Conflict } from '#kernel';
import type { Tx } from '#platform';
import type { Job, ProofKind } from '../job.entity.js';

/** What is required and not there. Proof of an earlier visit, or from another worker, does not count. */
async function missingProof(tx: Tx, job: Job): Promise<ProofKind[]> {
  if (job.proofRequired.length === 0) return [];
  const rows = await tx.sql<{ kind: ProofKind }>(
    `SELECT DISTINCT kind FROM proof_items
     WHERE org_id = $1 AND job_id = $2 AND created_at >= $3 AND (worker_id IS NULL OR worker_id = $4)`,
    [tx.orgId, job.id, job.assignedAt ?? job.createdAt, job.workerId],
  );
  const there = new Set(rows.map((row) => row.kind));
  return job.proofRequired.filter((kind) => !there.has(kind));
}

/** @throws Conflict PROOF_MISSING with the kinds */
export async function demandProof(tx: Tx, job: Job): Promise<void> {
  const missing = await missingProof(tx, job);
  if (missing.length > 0)
    throw new Conflict('PROOF_MISSING', `Still missing: ${missing.join(', ')}.`, {
      missing,
      state: job.state,
    });
}
