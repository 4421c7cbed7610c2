import { Injectable, Logger } from '@nestjs/common';
import { requestContext, SYSTEM } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork, wasGivenUp } from '../database/unit-of-work.js';
import type { Fact, FactType } from './fact.js';
import { FactLog } from './fact-log.js';
import { MAX_SET_ASIDE, ParkedFacts } from './parked-facts.js';

export type Handle = (fact: Fact<never>, tx: Tx) => Promise<void>;

export interface FactHandler {
  /** Unique and stable: the cursor is kept under this name. */
  name: string;
  /**
   * Where it starts in a log that is older than itself: at its beginning, or at what is recorded from now on, that is from
   * the first start of a worker process that has this handler.
   */
  from: 'beginning' | 'now';
  on: [FactType<never>, Handle][];
  /** What must stay in order when one of them fails. Default: the fact's own subject. */
  subjectOf?: (fact: Fact) => string;
}

/** The handler could not apply this one; the transaction is undone. */
class FactFailed extends Error {
  constructor(
    readonly fact: Fact,
    readonly reason: unknown,
  ) {
    super(String(reason));
  }
}

const BATCH = 200;
/** Facts of one pass that are tried again; more wait for the next pass. */
const MAX_RETRIES = 50;

/** Passes in a row that came no further; what is wrong then is no single fact. */
const MAX_STANDSTILLS = 10;

/** One handler's work on one organisation's log. */
@Injectable()
export class HandlerTurn {
  private readonly logger = new Logger(HandlerTurn.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: FactLog,
    private readonly parked: ParkedFacts,
  ) {}

  /**
   * Moves those handlers to the head of the log who have nothing to do up to there, by one statement for all of them.
   * @returns the others, and those who are new to this log.
   */
  async passIdle(orgId: string, handlers: readonly FactHandler[]): Promise<FactHandler[]> {
    const types = handlers.map((handler) => ({ handler: handler.name, types: typesOf(handler) }));
    const busy = await this.inTransaction(orgId, (tx) =>
      tx.sql<{ handler: string }>(
        `WITH head AS (SELECT seq FROM fact_heads WHERE org_id = $1),
           known AS (SELECT t.handler, c.seq, c.handler IS NULL OR EXISTS (
                       SELECT 1 FROM facts f WHERE f.org_id = $1 AND f.seq > c.seq AND f.type = ANY(t.types)) AS busy
                     FROM jsonb_to_recordset($2::jsonb) AS t(handler text, types text[])
                     LEFT JOIN handler_cursors c ON c.org_id = $1 AND c.handler = t.handler),
           idle AS (SELECT c.handler FROM handler_cursors c JOIN known k ON k.handler = c.handler AND k.seq = c.seq
                    JOIN head ON c.seq < head.seq WHERE c.org_id = $1 AND NOT k.busy FOR UPDATE OF c SKIP LOCKED),
           passed AS (UPDATE handler_cursors c SET seq = head.seq, failures = 0, last_error = NULL FROM idle, head
                      WHERE c.org_id = $1 AND c.handler = idle.handler)
         SELECT handler FROM known WHERE busy`,
        [orgId, JSON.stringify(types)],
      ),
    );
    const names = new Set(busy.map(({ handler }) => handler));
    return handlers.filter(({ name }) => names.has(name));
  }

  /** Up to the head of the log. @throws what is the fault of no single fact */
  async run(orgId: string, handler: FactHandler): Promise<void> {
    let aside: FactFailed | undefined;
    let standstills = 0;
    for (let limit = BATCH; ; ) {
      try {
        const more = await this.inTransaction(orgId, (tx) => this.batch(tx, handler, { limit, aside }));
        if (!more) return;
        aside = undefined;
        standstills = 0;
        limit = BATCH;
      } catch (error) {
        standstills += 1;
        if (standstills > MAX_STANDSTILLS) throw error;
        // While the database is away, setting aside fails as well, so nothing is held against the fact. Once more up to the one that failed, which is set aside. A fault of the commit names none: one by one then.
        if (error instanceof FactFailed) aside = error;
        else if (limit > 1) limit = 1;
        else aside = new FactFailed(await this.next(orgId, handler), error);
      }
    }
  }

  /** What was set aside and may be tried now, each in a transaction of its own. */
  async retry(orgId: string, handler: FactHandler): Promise<void> {
    for (let tried = 0; tried < MAX_RETRIES; ) {
      const due = await this.inTransaction(orgId, (tx) => this.parked.due(tx, handler.name, MAX_RETRIES));
      if (due.length === 0) return;
      tried += due.length;
      for (const { id } of due) await this.retryOne(orgId, handler, id);
    }
  }

  private async retryOne(orgId: string, handler: FactHandler, id: string): Promise<void> {
    try {
      await this.inTransaction(orgId, async (tx) => {
        // The cursor's lock: no later fact of the subject is handled meanwhile.
        if ((await this.cursor(tx, handler)) === null) return;
        const one = await this.parked.findRetryable(tx, id);
        if (!one) return;
        const [fact] = await this.log.after(tx, one.seq - 1, { limit: 1 });
        if (fact?.seq === one.seq) await this.apply(handler, fact, tx);
        await this.parked.settle(tx, one);
      });
    } catch (error) {
      this.complain(handler, orgId, error);
      await this.inTransaction(orgId, async (tx) => {
        const one = await this.parked.findRetryable(tx, id);
        if (one) await this.parked.recordFailure(tx, one, textOf(error));
      });
    }
  }

  /** @returns whether there may be more. */
  private async batch(
    tx: Tx,
    handler: FactHandler,
    { limit, aside }: { limit: number; aside?: FactFailed },
  ): Promise<boolean> {
    const cursor = await this.cursor(tx, handler);
    if (cursor === null) return false;
    const head = await this.log.head(tx);
    if (cursor >= head) return false;
    const facts = await this.log.after(tx, cursor, { limit, types: typesOf(handler) });
    const held = await this.parked.subjects(tx, handler.name);
    let count = [...held.values()].reduce((sum, n) => sum + n, 0);
    let seq = cursor;
    for (const fact of facts) {
      const subject = handler.subjectOf?.(fact) ?? fact.subjectId;
      const failed = aside?.fact.seq === fact.seq;
      if (failed || held.has(subject)) {
        if (count >= MAX_SET_ASIDE) {
          await this.moveTo(
            tx,
            handler.name,
            seq,
            `${count} facts are set aside; it goes on when some are settled`,
          );
          return false;
        }
        const at = { handler: handler.name, subject, fact };
        if (held.has(subject)) await this.parked.queueBehind(tx, at);
        else await this.parked.setAside(tx, { ...at, error: textOf(aside!.reason) });
        if (failed) this.complain(handler, tx.orgId, aside!.reason);
        held.set(subject, (held.get(subject) ?? 0) + 1);
        count += 1;
      } else await this.apply(handler, fact, tx);
      seq = fact.seq;
      if (!failed) continue;
      // What came before it and that it is set aside are safe before the next one is tried.
      await this.moveTo(tx, handler.name, seq, null);
      return true;
    }
    const full = facts.length === limit;
    await this.moveTo(tx, handler.name, full ? seq : head, null);
    return full;
  }

  private async apply(handler: FactHandler, fact: Fact, tx: Tx): Promise<void> {
    try {
      for (const [type, handle] of handler.on)
        if (type.type === fact.type) await handle(fact as Fact<never>, tx);
    } catch (error) {
      // A deadlock is nobody's fault: the unit of work tries again.
      throw wasGivenUp(error) ? error : new FactFailed(fact, error);
    }
  }

  private async moveTo(tx: Tx, handler: string, seq: number, stopped: string | null): Promise<void> {
    await tx.sql(
      `UPDATE handler_cursors SET seq = $3, failures = CASE WHEN $4::text IS NULL THEN 0 ELSE failures + 1 END, last_error = $4
       WHERE org_id = $1 AND handler = $2`,
      [tx.orgId, handler, seq, stopped],
    );
  }

  private next(orgId: string, handler: FactHandler): Promise<Fact> {
    return this.inTransaction(orgId, async (tx) => {
      const [fact] = await this.log.after(tx, (await this.cursor(tx, handler)) ?? 0, {
        limit: 1,
        types: typesOf(handler),
      });
      if (!fact) throw new Error(`handler ${handler.name} failed in ${orgId} without a fact`);
      return fact;
    });
  }

  /** The cursor, locked; null when another process works on it. */
  private async cursor(tx: Tx, { name, from }: FactHandler): Promise<number | null> {
    const locked = () =>
      tx.sql<{ seq: string }>(
        `SELECT seq FROM handler_cursors WHERE org_id = $1 AND handler = $2 FOR UPDATE SKIP LOCKED`,
        [tx.orgId, name],
      );
    let rows = await locked();
    if (rows.length === 0) {
      const older = `SELECT max(f.seq) FROM facts f JOIN fact_handlers h ON h.name = $2 AND f.position <= h.since_position
                     WHERE f.org_id = $1`;
      await tx.sql(
        `INSERT INTO handler_cursors (org_id, handler, seq)
         VALUES ($1, $2, ${from === 'now' ? `coalesce((${older}), 0)` : '0'}) ON CONFLICT DO NOTHING`,
        [tx.orgId, name],
      );
      rows = await locked();
    }
    return rows[0] ? Number(rows[0].seq) : null;
  }

  private inTransaction<T>(orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return requestContext.run({ actor: SYSTEM }, () => this.uow.run(orgId, work));
  }

  private complain(handler: FactHandler, orgId: string, error: unknown): void {
    const cause = error instanceof FactFailed ? error.reason : error;
    this.logger.error(
      `handler ${handler.name} failed in ${orgId}: ${String(cause)}`,
      (cause as Error)?.stack,
    );
  }
}

const typesOf = (handler: FactHandler) => handler.on.map(([type]) => type.type);
const textOf = (error: unknown) => String(error instanceof FactFailed ? error.reason : error).slice(0, 2_000);
