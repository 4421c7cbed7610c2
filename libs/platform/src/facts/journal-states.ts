import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';

export interface JournalFault {
  seq: number;
  factId: string | null;
  problem: string;
}

/** What is known about one organisation's log: one row each. */
export interface JournalState {
  relayError: string | null;
  relaySince: Date | null;
  checkpointSeq: number | null;
  checkpointAt: Date | null;
  fault: JournalFault | null;
  faultSince: Date | null;
}

const NOTHING: JournalState = {
  relayError: null,
  relaySince: null,
  checkpointSeq: null,
  checkpointAt: null,
  fault: null,
  faultSince: null,
};

/** Troubles of a log and its last checkpoint, for alerts, health and metrics. */
@Injectable()
export class JournalStates {
  constructor(private readonly uow: UnitOfWork) {}

  async of(tx: Tx): Promise<JournalState> {
    const [row] = await tx.sql<Omit<JournalState, 'checkpointSeq'> & { checkpointSeq: string | null }>(
      `SELECT relay_error AS "relayError", relay_since AS "relaySince", checkpoint_seq AS "checkpointSeq",
              checkpoint_at AS "checkpointAt", fault, fault_since AS "faultSince"
       FROM journal_states WHERE org_id = $1`,
      [tx.orgId],
    );
    if (!row) return NOTHING;
    return { ...row, checkpointSeq: row.checkpointSeq === null ? null : Number(row.checkpointSeq) };
  }

  /** The relay cannot give this organisation's facts their places. */
  async relayFailed(orgId: string, error: string): Promise<void> {
    await this.uow.run(orgId, (tx) =>
      tx.sql(
        `INSERT INTO journal_states (org_id, relay_error, relay_failures, relay_since) VALUES ($1, $2, 1, $3)
         ON CONFLICT (org_id) DO UPDATE SET relay_error = $2, relay_failures = journal_states.relay_failures + 1,
           relay_since = coalesce(journal_states.relay_since, $3)`,
        [orgId, error.slice(0, 2_000), tx.now],
      ),
    );
  }

  async relayWorks(orgId: string): Promise<void> {
    await this.uow.run(orgId, (tx) =>
      tx.sql(
        `UPDATE journal_states SET relay_error = NULL, relay_failures = 0, relay_since = NULL
         WHERE org_id = $1 AND relay_failures > 0`,
        [orgId],
      ),
    );
  }

  async checked(orgId: string, at: { seq: number; fault: JournalFault | null }): Promise<void> {
    await this.uow.run(orgId, (tx) =>
      tx.sql(
        `INSERT INTO journal_states AS s (org_id, checkpoint_seq, checkpoint_at, fault, fault_since)
         VALUES ($1, $2, $3, $4::jsonb, CASE WHEN $4::jsonb IS NULL THEN NULL ELSE $3::timestamptz END)
         ON CONFLICT (org_id) DO UPDATE SET
           checkpoint_seq = CASE WHEN $4::jsonb IS NULL THEN $2 ELSE s.checkpoint_seq END,
           checkpoint_at = CASE WHEN $4::jsonb IS NULL THEN $3 ELSE s.checkpoint_at END,
           fault = $4::jsonb,
           fault_since = CASE WHEN $4::jsonb IS NULL THEN NULL ELSE coalesce(s.fault_since, $3) END`,
        [orgId, at.fault ? null : at.seq, tx.now, at.fault && JSON.stringify(at.fault)],
      ),
    );
  }
}
