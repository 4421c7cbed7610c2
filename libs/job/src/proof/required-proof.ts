import { Conflict, type ProofKind } from '#kernel';
import type { Tx } from '#platform';
import type { Job } from '../lifecycle/job.entity.js';
import type { JudgedProof } from './evidence-strength.js';

const MAX_ITEMS = 500;

interface ProofOfVisit extends JudgedProof {
  kind: ProofKind;
}

/** When the present visit began. */
export const visitFrom = (job: Pick<Job, 'assignedAt' | 'createdAt'>): Date =>
  job.assignedAt ?? job.createdAt;

/**
 * What there is of this visit, newest first. Proof of an earlier visit, or from another worker, does not count.
 * @throws Conflict PROOF_MISSING with the kinds that are required and not there
 */
export async function demandProof(tx: Tx, job: Job): Promise<ProofOfVisit[]> {
  const there = await tx.sql<ProofOfVisit>(
    `SELECT id AS "proofId", kind, evidence FROM proof_items
     WHERE org_id = $1 AND job_id = $2 AND created_at >= $3 AND (worker_id IS NULL OR worker_id = $4)
     ORDER BY created_at DESC LIMIT ${MAX_ITEMS}`,
    [tx.orgId, job.id, visitFrom(job), job.workerId],
  );
  const missing = job.proofRequired.filter((kind) => !there.some((item) => item.kind === kind));
  if (missing.length > 0)
    throw new Conflict('PROOF_MISSING', `Still missing: ${missing.join(', ')}.`, {
      missing,
      state: job.state,
    });
  return there;
}
