import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PgListener } from '../database/pg-listener.js';
import { requestContext, SYSTEM } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Pulse } from '../pulse.js';
import type { Fact, FactType } from './fact.js';
import { FactLog } from './fact-log.js';

type Handle = (fact: Fact<never>, tx: Tx) => Promise<void>;

export interface FactHandler {
  /** Unique and stable: the cursor is kept under this name. */
  name: string;
  on: [FactType<never>, Handle][];
}

/** Pairs a kind of fact with what to do about it, keeping the types together. */
export function on<T>(
  type: FactType<T>,
  handle: (fact: Fact<T>, tx: Tx) => Promise<void>,
): [FactType<never>, Handle] {
  return [type as unknown as FactType<never>, handle as unknown as Handle];
}

const BATCH = 200;

/**
 * Runs what later stages do about facts. Each (handler, organisation) has a cursor row that moves in the transaction of
 * the effects: a crash repeats nothing and loses nothing. A fact whose handler fails stops that cursor, is tried again
 * and shows in the metrics; the other handlers go on.
 */
@Injectable()
export class FactHandlers {
  private readonly logger = new Logger(FactHandlers.name);
  private readonly handlers: FactHandler[] = [];
  private readonly pulse = new Pulse({
    name: 'fact handlers',
    everyMs: 1_000,
    beat: () => this.beat(),
    logger: this.logger,
  });
  private readonly wanted = new Map<string, number>();
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly uow: UnitOfWork,
    private readonly log: FactLog,
    private readonly listener: PgListener,
  ) {}

  /** Stages call this from `onModuleInit`; only worker processes then run the handlers. */
  register(handler: FactHandler): void {
    if (this.handlers.some((h) => h.name === handler.name))
      throw new Error(`two fact handlers are named ${handler.name}`);
    this.handlers.push(handler);
  }

  async start(): Promise<void> {
    this.stopListening = await this.listener.listen('facts_sequenced', (payload) => {
      if (payload) {
        const { orgId, seq } = JSON.parse(payload) as { orgId: string; seq: number };
        this.wanted.set(orgId, Math.max(seq, this.wanted.get(orgId) ?? 0));
      }
      this.pulse.now();
    });
    this.pulse.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.pulse.stop();
  }

  /** Runs until every handler of every organisation stands at the head of its log. */
  async catchUp(): Promise<void> {
    await this.beat(true);
  }

  private async beat(all = false): Promise<void> {
    const orgs = this.wanted.size > 0 && !all ? [...this.wanted.keys()] : await this.behind();
    this.wanted.clear();
    await Promise.all(
      orgs.flatMap((orgId) =>
        this.handlers.map(async (handler) => {
          while (await this.advance(orgId, handler));
        }),
      ),
    );
  }

  private async behind(): Promise<string[]> {
    const rows: { org_id: string }[] = await this.dataSource.query(`SELECT org_id FROM fact_head_seqs()`);
    return rows.map((row) => row.org_id);
  }

  /** One batch. @returns whether there may be more. */
  private async advance(orgId: string, handler: FactHandler, batch = BATCH): Promise<boolean> {
    try {
      return await requestContext.run({ actor: SYSTEM }, () =>
        this.uow.run(orgId, (tx) => this.handleBatch(tx, handler, batch)),
      );
    } catch (error) {
      if (batch > 1) {
        // Find the one that fails: go on one by one up to it.
        for (let i = 0; i < batch; i++) if (!(await this.advance(orgId, handler, 1))) return false;
        return true;
      }
      this.logger.error(
        `handler ${handler.name} failed in ${orgId}: ${String(error)}`,
        (error as Error).stack,
      );
      await this.uow.run(orgId, async (tx) => {
        await tx.sql(
          `UPDATE handler_cursors SET failures = failures + 1, last_error = $3 WHERE org_id = $1 AND handler = $2`,
          [orgId, handler.name, String(error).slice(0, 2_000)],
        );
      });
      return false;
    }
  }

  private async handleBatch(tx: Tx, handler: FactHandler, batch: number): Promise<boolean> {
    const types = handler.on.map(([type]) => type.type);
    const cursor = await this.cursor(tx, handler.name);
    if (cursor === null) return false;
    const head = await this.log.head(tx);
    if (cursor >= head) return false;
    const facts = await this.log.after(tx, cursor, { limit: batch, types });
    for (const fact of facts)
      for (const [type, handle] of handler.on)
        if (type.type === fact.type) await handle(fact as Fact<never>, tx);
    const full = facts.length === batch;
    await tx.sql(
      `UPDATE handler_cursors SET seq = $3, failures = 0, last_error = NULL WHERE org_id = $1 AND handler = $2`,
      [tx.orgId, handler.name, full ? facts.at(-1)!.seq : head],
    );
    return full;
  }

  /** The cursor, locked; null when another process works on it. */
  private async cursor(tx: Tx, handler: string): Promise<number | null> {
    const locked = () =>
      tx.sql<{ seq: string }>(
        `SELECT seq FROM handler_cursors WHERE org_id = $1 AND handler = $2 FOR UPDATE SKIP LOCKED`,
        [tx.orgId, handler],
      );
    let rows = await locked();
    if (rows.length === 0) {
      await tx.sql(`INSERT INTO handler_cursors (org_id, handler) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
        tx.orgId,
        handler,
      ]);
      rows = await locked();
    }
    return rows[0] ? Number(rows[0].seq) : null;
  }
}
