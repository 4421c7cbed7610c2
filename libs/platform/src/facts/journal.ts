import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { factHash, GENESIS } from './fact-hash.js';
import { FACT_COLUMNS, type StoredFact, toFact } from './fact-log.js';

export interface JournalReport {
  orgId: string;
  facts: number;
  pending: number;
  /** The first thing that is wrong, or null. */
  fault: { seq: number; factId: string | null; problem: string } | null;
}

const PAGE = 2_000;

/** Recomputes the chain: a changed, deleted, reordered or truncated fact is found and named. */
@Injectable()
export class Journal {
  constructor(private readonly uow: UnitOfWork) {}

  async verify(orgId: string): Promise<JournalReport> {
    return this.uow.run(orgId, async (tx) => {
      // Facts go on being sequenced meanwhile: what is verified is the log up to where it stands now.
      const head = await headOf(tx);
      let previous: Buffer = GENESIS;
      let seq = 0;
      const report = (fault: JournalReport['fault'], pending = 0): JournalReport => ({
        orgId,
        facts: seq,
        pending,
        fault,
      });
      for (;;) {
        const page = await tx.sql<StoredFact>(
          `SELECT ${FACT_COLUMNS} FROM facts WHERE org_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${PAGE}`,
          [orgId, seq, head.seq],
        );
        for (const row of page) {
          const fact = toFact(row);
          const expected = seq + 1;
          if (fact.seq !== expected)
            return report({
              seq: expected,
              factId: null,
              problem: `fact ${expected} is missing; ${fact.seq} follows`,
            });
          if (!row.prev_hash?.equals(previous))
            return report({
              seq: expected,
              factId: fact.id,
              problem: 'does not follow from the fact before it',
            });
          if (!row.hash?.equals(factHash(fact, previous)))
            return report({
              seq: expected,
              factId: fact.id,
              problem: 'its content is not what was recorded',
            });
          previous = row.hash;
          seq = expected;
        }
        if (page.length < PAGE) break;
      }
      if (head.seq > seq)
        return report({
          seq: seq + 1,
          factId: null,
          problem: `the log is cut off: it once reached fact ${head.seq}`,
        });
      if (!head.hash.equals(previous))
        return report({
          seq,
          factId: null,
          problem: 'the head of the log does not follow from its last fact',
        });
      const now = await headOf(tx);
      if (now.last > now.seq)
        return report({
          seq: now.seq + 1,
          factId: null,
          problem: `the head of the log says ${now.seq}, the log itself ${now.last}`,
        });
      const [pending] = await tx.sql<{ n: string }>(
        `SELECT count(*) AS n FROM facts WHERE org_id = $1 AND seq IS NULL`,
        [orgId],
      );
      return report(null, Number(pending?.n ?? 0));
    });
  }
}

/** Head and last fact, read by one statement so that they belong together. */
async function headOf(tx: Tx): Promise<{ seq: number; hash: Buffer; last: number }> {
  const [row] = await tx.sql<{ seq: string | null; hash: Buffer | null; last: string | null }>(
    `SELECT h.seq, h.hash, f.last FROM (SELECT max(seq) AS last FROM facts WHERE org_id = $1) f
     LEFT JOIN fact_heads h ON h.org_id = $1`,
    [tx.orgId],
  );
  return { seq: Number(row?.seq ?? 0), hash: row?.hash ?? GENESIS, last: Number(row?.last ?? 0) };
}
