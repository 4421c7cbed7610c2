import { Injectable } from '@nestjs/common';
import { Conflict, NotFound, newId } from '#kernel';
import type { Tx } from '../database/tx.js';
import { type Page, toPage } from '../http/page.js';
import { defineFact, type Fact } from './fact.js';
import { nextTry } from './retry-schedule.js';

export interface ParkedFact {
  id: string;
  handler: string;
  seq: number;
  factId: string;
  type: string;
  /** What must stay in order: facts of the same subject wait behind the first. */
  subject: string;
  /** `retrying` by itself, `parked` until a person decides, `waiting` behind an earlier one of its subject. */
  state: 'retrying' | 'parked' | 'waiting';
  failures: number;
  lastError: string | null;
  since: Date;
  nextTryAt: Date | null;
}

/** A handler whose subjects fail one after the other is itself broken: it stops at so many rows. */
export const MAX_SET_ASIDE = 200;

interface About {
  handler: string;
  seq: number;
  type: string;
}

/** What became of it is part of the log; the error itself is not, because it may quote a customer's data. */
const FactParked = defineFact<About & { failures: number }>('fact.parked', { office: 'whole' });
const FactRetried = defineFact<About>('fact.retried', { office: 'whole' });
const FactSkipped = defineFact<About & { reason: string }>('fact.skipped', {
  office: ({ data: { handler, seq, type, reason } }, role) => ({
    handler,
    seq,
    type,
    ...(role === 'admin' ? { reason } : {}),
  }),
});

const COLUMNS = `id, handler, seq::int8::text AS seq, fact_id AS "factId", type, subject, state, failures,
  last_error AS "lastError", since, next_try_at AS "nextTryAt"`;

type Row = Omit<ParkedFact, 'seq'> & { seq: string };
const toParked = (row: Row): ParkedFact => ({ ...row, seq: Number(row.seq) });

/** Facts that a handler could not apply, and those of the same subjects that wait behind them. */
@Injectable()
export class ParkedFacts {
  /** How many are set aside for each subject of a handler. */
  async subjects(tx: Tx, handler: string): Promise<Map<string, number>> {
    const rows = await tx.sql<{ subject: string; n: string }>(
      `SELECT subject, count(*) AS n FROM parked_facts WHERE org_id = $1 AND handler = $2 GROUP BY subject`,
      [tx.orgId, handler],
    );
    return new Map(rows.map(({ subject, n }) => [subject, Number(n)]));
  }

  /** The first of its subject failed: it is tried again by itself. */
  async setAside(tx: Tx, at: { handler: string; subject: string; fact: Fact; error: string }): Promise<void> {
    await this.insert(tx, at, { state: 'retrying', failures: 1, nextTryAt: nextTry(1, tx.now) });
  }

  /** One of a subject that has an earlier fact set aside. */
  async queueBehind(tx: Tx, at: { handler: string; subject: string; fact: Fact }): Promise<void> {
    await this.insert(tx, { ...at, error: null }, { state: 'waiting', failures: 0, nextTryAt: null });
  }

  private async insert(
    tx: Tx,
    at: { handler: string; subject: string; fact: Fact; error: string | null },
    how: Pick<ParkedFact, 'state' | 'failures' | 'nextTryAt'>,
  ): Promise<void> {
    const { handler, subject, fact, error } = at;
    await tx.sql(
      `INSERT INTO parked_facts (org_id, id, handler, seq, fact_id, type, subject, state, failures, last_error, since, next_try_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [tx.orgId, newId(), handler, fact.seq, fact.id, fact.type, subject].concat([
        how.state,
        how.failures,
        error,
        tx.now,
        how.nextTryAt,
      ] as never[]),
    );
  }

  /** The first of each subject that may be tried now. */
  async due(tx: Tx, handler: string, limit: number): Promise<ParkedFact[]> {
    const rows = await tx.sql<Row>(
      `SELECT ${COLUMNS} FROM parked_facts
       WHERE org_id = $1 AND handler = $2 AND state = 'retrying' AND next_try_at <= $3 ORDER BY seq LIMIT $4`,
      [tx.orgId, handler, tx.now, limit],
    );
    return rows.map(toParked);
  }

  /** Locked; undefined when it is gone or no longer to be tried. */
  async findRetryable(tx: Tx, id: string): Promise<ParkedFact | undefined> {
    const [row] = await tx.sql<Row>(
      `SELECT ${COLUMNS} FROM parked_facts WHERE org_id = $1 AND id = $2 AND state = 'retrying' FOR UPDATE`,
      [tx.orgId, id],
    );
    return row && toParked(row);
  }

  /** It was applied, or is left out for good: the next of its subject takes its place. */
  async settle(tx: Tx, { id, handler, subject }: ParkedFact): Promise<void> {
    await tx.sql(`DELETE FROM parked_facts WHERE org_id = $1 AND id = $2`, [tx.orgId, id]);
    await tx.sql(
      `UPDATE parked_facts SET state = 'retrying', next_try_at = $4
       WHERE org_id = $1 AND handler = $2 AND state = 'waiting' AND seq = (
         SELECT min(seq) FROM parked_facts WHERE org_id = $1 AND handler = $2 AND subject = $3)`,
      [tx.orgId, handler, subject, tx.now],
    );
  }

  /** One more failure; after the last try it is parked, which is a fact of its own. */
  async recordFailure(tx: Tx, parked: ParkedFact, error: string): Promise<void> {
    const failures = parked.failures + 1;
    const at = nextTry(failures, tx.now);
    await tx.sql(
      `UPDATE parked_facts SET state = $3, failures = $4, last_error = $5, next_try_at = $6
       WHERE org_id = $1 AND id = $2`,
      [tx.orgId, parked.id, at ? 'retrying' : 'parked', failures, error, at],
    );
    if (!at) tx.record(FactParked(parked.factId, { ...about(parked), failures }));
  }

  /** Oldest first. */
  async list(
    tx: Tx,
    options: { limit: number; after?: { handler: string; seq: number } },
  ): Promise<Page<ParkedFact>> {
    const { limit, after } = options;
    const rows = await tx.sql<Row>(
      `SELECT ${COLUMNS} FROM parked_facts
       WHERE org_id = $1 AND ($2::text IS NULL OR (handler, seq) > ($2, $3)) ORDER BY handler, parked_facts.seq LIMIT $4`,
      [tx.orgId, after?.handler ?? null, after?.seq ?? 0, limit + 1],
    );
    return toPage(
      rows.map(toParked),
      limit,
      (row) => row,
      ({ handler, seq }) => [handler, seq],
    );
  }

  /** Those that only a person can bring on, for alerts. */
  async parked(tx: Tx, limit: number): Promise<ParkedFact[]> {
    const rows = await tx.sql<Row>(
      `SELECT ${COLUMNS} FROM parked_facts WHERE org_id = $1 AND state = 'parked' ORDER BY since DESC LIMIT $2`,
      [tx.orgId, limit],
    );
    return rows.map(toParked);
  }

  /** Tries it from the beginning, at once. @throws NotFound, Conflict when it waits behind another */
  async retry(tx: Tx, id: string): Promise<ParkedFact> {
    const parked = await this.head(tx, id);
    await tx.sql(
      `UPDATE parked_facts SET state = 'retrying', failures = 0, next_try_at = $3 WHERE org_id = $1 AND id = $2`,
      [tx.orgId, id, tx.now],
    );
    tx.record(FactRetried(parked.factId, about(parked)));
    return { ...parked, state: 'retrying', failures: 0, nextTryAt: tx.now };
  }

  /** Leaves it out for good: this handler never does what it would have done. The fact itself stays in the log. */
  async skip(tx: Tx, id: string, reason: string): Promise<ParkedFact> {
    const parked = await this.head(tx, id);
    await this.settle(tx, parked);
    tx.record(FactSkipped(parked.factId, { ...about(parked), reason }));
    return parked;
  }

  /** Only the first of a subject: the others must stay in order. */
  private async head(tx: Tx, id: string): Promise<ParkedFact> {
    const [row] = await tx.sql<Row>(
      `SELECT ${COLUMNS} FROM parked_facts WHERE org_id = $1 AND id = $2 FOR UPDATE`,
      [tx.orgId, id],
    );
    if (!row) throw new NotFound('parked fact');
    if (row.state === 'waiting')
      throw new Conflict(
        'FACT_WAITS',
        'It waits behind an earlier fact of the same subject; decide on that one.',
      );
    return toParked(row);
  }
}

const about = ({ handler, seq, type }: ParkedFact): About => ({ handler, seq, type });
