import { Injectable } from '@nestjs/common';
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
          `SELECT ${FACT_COLUMNS} FROM facts WHERE org_id = $1 AND seq > $2 ORDER BY seq LIMIT ${PAGE}`,
          [orgId, seq],
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
      const [head] = await tx.sql<{ seq: string; hash: Buffer }>(
        `SELECT seq, hash FROM fact_heads WHERE org_id = $1`,
        [orgId],
      );
      const headSeq = Number(head?.seq ?? 0);
      if (headSeq > seq)
        return report({
          seq: seq + 1,
          factId: null,
          problem: `the log is cut off: it once reached fact ${headSeq}`,
        });
      if (headSeq < seq || (head && !head.hash.equals(previous)))
        return report({
          seq,
          factId: null,
          problem: `the head of the log says ${headSeq}, the log itself ${seq}`,
        });
      const [pending] = await tx.sql<{ n: string }>(
        `SELECT count(*) AS n FROM facts WHERE org_id = $1 AND seq IS NULL`,
        [orgId],
      );
      return report(null, Number(pending?.n ?? 0));
    });
  }
}
