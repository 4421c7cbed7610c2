import { Injectable } from '@nestjs/common';
import { deleteOlder, Erasure, Media, Retention, type Tx } from '#platform';

const ENDED = `state IN ('completed', 'closed', 'cancelled', 'failed', 'unfulfilled')`;

/** What the job stage forgets of customers, and when. The job itself stays, with its times and its course. */
@Injectable()
export class JobRetention {
  constructor(
    retention: Retention,
    erasure: Erasure,
    private readonly media: Media,
  ) {
    retention.add(
      {
        tables: ['job_notes'],
        setting: 'customerDataDays',
        sweep: async (tx, before, most) => {
          const ids = await this.endedBefore(tx, before, most);
          await erasure.customers(tx, ids);
          return ids.length;
        },
      },
      {
        tables: ['conflicts'],
        setting: 'conflictDays',
        sweep: deleteOlder('conflicts', 'received_at', `status <> 'open'`),
      },
      { tables: ['photo_marks'], setting: 'proofDays', sweep: deleteOlder('photo_marks', 'created_at') },
      {
        tables: ['proof_items', 'files'],
        setting: 'proofDays',
        sweep: (tx, before, most) => this.forgetProof(tx, before, most),
      },
    );
    media.keptBy(async (tx, ids) => {
      const rows = await tx.sql<{ file_id: string }>(
        `SELECT DISTINCT file_id FROM proof_items WHERE org_id = $1 AND file_id = ANY ($2::uuid[])`,
        [tx.orgId, ids],
      );
      return rows.map(({ file_id }) => file_id);
    });
    erasure.add({ customers: (tx, jobIds) => this.eraseCustomers(tx, jobIds) });
  }

  /** Jobs that ended so long ago and still name their customer. */
  private async endedBefore(tx: Tx, before: Date, most: number): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `SELECT id FROM jobs j WHERE org_id = $1 AND ${ENDED} AND state_since < $2
         AND (contact_name IS NOT NULL OR contact_phone IS NOT NULL OR notes IS NOT NULL OR cancel_reason ~ '[^a-z_]'
              OR EXISTS (SELECT 1 FROM job_notes n WHERE n.org_id = j.org_id AND n.job_id = j.id))
       LIMIT ${most} FOR NO KEY UPDATE SKIP LOCKED`,
      [tx.orgId, before],
    );
    return rows.map(({ id }) => id);
  }

  /** Names, telephone numbers, what was typed, and signatures. Photos of the work stay as long as proof does. */
  private async eraseCustomers(tx: Tx, jobIds: string[]): Promise<void> {
    const these = [tx.orgId, jobIds];
    await tx.sql(
      `UPDATE jobs SET contact_name = NULL, contact_phone = NULL, caller_key = NULL, notes = NULL, customer_language = NULL,
         cancel_reason = CASE WHEN cancel_reason ~ '[^a-z_]' THEN NULL ELSE cancel_reason END,
         version = version + 1, updated_at = $3 WHERE org_id = $1 AND id = ANY ($2::uuid[])`,
      [...these, tx.now],
    );
    await tx.sql(`DELETE FROM job_notes WHERE org_id = $1 AND job_id = ANY ($2::uuid[])`, these);
    await tx.sql(
      `UPDATE proof_items SET content = '{}'
       WHERE org_id = $1 AND job_id = ANY ($2::uuid[]) AND kind IN ('signature', 'note')`,
      these,
    );
    await tx.sql(
      `UPDATE conflicts SET operation = operation - 'data', resolution_reason = NULL
       WHERE org_id = $1 AND subject_type = 'job' AND subject_id = ANY ($2::uuid[])`,
      these,
    );
  }

  private async forgetProof(tx: Tx, before: Date, most: number): Promise<number> {
    const gone = await tx.sql<{ file_id: string | null }>(
      `DELETE FROM proof_items WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM proof_items WHERE org_id = $1 AND created_at < $2 LIMIT ${most})) RETURNING file_id`,
      [tx.orgId, before],
    );
    await this.media.release(
      tx,
      gone.flatMap(({ file_id }) => file_id ?? []),
    );
    return gone.length;
  }
}
