import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { factHash, GENESIS } from './fact-hash.js';
import { FACT_COLUMNS, type StoredFact, toFact } from './fact-log.js';
import { BLOCK, digestOfRows, ROW_DIGEST, VerifiedBlocks } from './verified-blocks.js';

export interface JournalReport {
  orgId: string;
  facts: number;
  pending: number;
  /** The first thing that is wrong, or null. */
  fault: { seq: number; factId: string | null; problem: string } | null;
}

/** Few enough that hashing them does not hold up other requests. */
const PAGE = 250;

interface Walk {
  seq: number;
  hash: Buffer;
}

/**
 * Recomputes the chain: a changed, deleted, reordered or truncated fact is found and named. One walk an organisation at
 * a time: whoever asks while one is under way shares the next, so that no report rests on a walk that began before it
 * was asked for. Blocks that were verified before are compared, not recomputed.
 */
@Injectable()
export class Journal {
  private readonly verified = new VerifiedBlocks();
  private readonly underWay = new Map<string, Promise<JournalReport>>();
  private readonly next = new Map<string, Promise<JournalReport>>();

  constructor(private readonly uow: UnitOfWork) {}

  verify(orgId: string): Promise<JournalReport> {
    const waiting = this.next.get(orgId);
    if (waiting) return waiting;
    const running = this.underWay.get(orgId);
    if (!running) return this.begin(orgId);
    const start = () => {
      this.next.delete(orgId);
      return this.begin(orgId);
    };
    const next = running.then(start, start);
    this.next.set(orgId, next);
    return next;
  }

  private begin(orgId: string): Promise<JournalReport> {
    const walk = this.walk(orgId).finally(() => {
      if (this.underWay.get(orgId) === walk) this.underWay.delete(orgId);
    });
    this.underWay.set(orgId, walk);
    return walk;
  }

  private async walk(orgId: string): Promise<JournalReport> {
    const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => this.uow.run(orgId, work);
    // Facts go on being sequenced meanwhile: what is verified is the log up to where it stands now.
    const head = await inTransaction(headOf);
    const known = await this.verified.unchanged(orgId, head.seq, inTransaction);
    const at: Walk = { seq: known.facts, hash: known.hash ?? GENESIS };
    const report = (fault: JournalReport['fault'], pending = 0): JournalReport => ({
      orgId,
      facts: at.seq,
      pending,
      fault,
    });
    let rowDigests: Buffer[] = [];
    for (let more = true; more; ) {
      const page = await inTransaction((tx) => pageAfter(tx, at.seq, head.seq));
      for (const row of page) {
        const fault = faultOf(row, at);
        if (fault) return report(fault);
        Object.assign(at, { seq: at.seq + 1, hash: row.hash });
        rowDigests.push(row.row_digest);
        if (at.seq % BLOCK > 0) continue;
        this.verified.add(orgId, { digest: digestOfRows(rowDigests), hash: at.hash });
        rowDigests = [];
      }
      more = page.length === PAGE;
    }
    if (head.seq > at.seq)
      return report({
        seq: at.seq + 1,
        factId: null,
        problem: `the log is cut off: it once reached fact ${head.seq}`,
      });
    if (!head.hash.equals(at.hash))
      return report({
        seq: at.seq,
        factId: null,
        problem: 'the head of the log does not follow from its last fact',
      });
    const now = await inTransaction(headOf);
    if (now.last > now.seq)
      return report({
        seq: now.seq + 1,
        factId: null,
        problem: `the head of the log says ${now.seq}, the log itself ${now.last}`,
      });
    const pending = await inTransaction((tx) =>
      tx.sql<{ n: string }>(`SELECT count(*) AS n FROM facts WHERE org_id = $1 AND seq IS NULL`, [orgId]),
    );
    return report(null, Number(pending[0]?.n ?? 0));
  }
}

type Page = (StoredFact & { row_digest: Buffer })[];

const pageAfter = (tx: Tx, seq: number, head: number): Promise<Page> =>
  tx.sql(
    `SELECT ${FACT_COLUMNS}, ${ROW_DIGEST} AS row_digest FROM facts
     WHERE org_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${PAGE}`,
    [tx.orgId, seq, head],
  );

/** What is wrong with the fact that comes after `at`, or null. */
function faultOf(row: StoredFact, at: Walk): JournalReport['fault'] {
  const fact = toFact(row);
  const seq = at.seq + 1;
  if (fact.seq !== seq) return { seq, factId: null, problem: `fact ${seq} is missing; ${fact.seq} follows` };
  if (!row.prev_hash?.equals(at.hash))
    return { seq, factId: fact.id, problem: 'does not follow from the fact before it' };
  if (!row.hash?.equals(factHash(fact, at.hash)))
    return { seq, factId: fact.id, problem: 'its content is not what was recorded' };
  return null;
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
