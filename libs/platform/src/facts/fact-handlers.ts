import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SharedClock } from '../clock/shared-clock.js';
import { PgListener } from '../database/pg-listener.js';
import type { Tx } from '../database/tx.js';
import { PeriodicTask } from '../periodic-task.js';
import type { Fact, FactType } from './fact.js';
import { type FactHandler, type Handle, HandlerTurn } from './handler-turn.js';

/** Pairs a kind of fact with what to do about it, keeping the types together. */
export function on<T>(
  type: FactType<T>,
  handle: (fact: Fact<T>, tx: Tx) => Promise<void>,
): [FactType<never>, Handle] {
  return [type as unknown as FactType<never>, handle as unknown as Handle];
}

/** Organisations whose handlers run at the same time, so that many of them do not take the whole pool. */
const PARALLEL = 4;

/**
 * Runs what later stages do about facts. Each (handler, organisation) has a cursor row that moves in the transaction of
 * the effects: a crash repeats nothing and loses nothing. A fact whose handler fails is set aside and tried again with
 * back-off; later facts of its subject wait behind it, in order; all others go on (`ParkedFacts`).
 */
@Injectable()
export class FactHandlers {
  private readonly logger = new Logger(FactHandlers.name);
  private readonly handlers: FactHandler[] = [];
  private readonly task = new PeriodicTask({
    name: 'fact handlers',
    everyMs: 1_000,
    run: () => this.runOnce(),
    logger: this.logger,
  });
  private readonly wanted = new Map<string, number>();
  /** Names of handlers that the database knows of, and so where they start. */
  private readonly introduced = new Set<string>();
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: SharedClock,
    private readonly turn: HandlerTurn,
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
      this.task.trigger();
    });
    this.task.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.task.stop();
  }

  /** Runs until every handler of every organisation stands at the head of its log, but for what is set aside. */
  async catchUp(): Promise<void> {
    await this.runOnce(true);
  }

  private async runOnce(all = false): Promise<void> {
    await this.introduce();
    const queue = this.wanted.size > 0 && !all ? [...this.wanted.keys()] : await this.behind();
    this.wanted.clear();
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        for (let orgId = queue.shift(); orgId; orgId = queue.shift()) await this.handleAll(orgId);
      }),
    );
    await this.retry();
  }

  private async handleAll(orgId: string): Promise<void> {
    await this.alone(async () => {
      const busy = await this.turn.passIdle(orgId, this.handlers);
      await Promise.all(busy.map((handler) => this.alone(() => this.turn.run(orgId, handler))));
    });
  }

  private async introduce(): Promise<void> {
    for (const { name } of this.handlers) {
      if (this.introduced.has(name)) continue;
      await this.dataSource.query('SELECT introduce_fact_handler($1)', [name]);
      this.introduced.add(name);
    }
  }

  /** What was set aside and may be tried again. */
  private async retry(): Promise<void> {
    const due: { org_id: string; handler: string }[] = await this.dataSource.query(
      'SELECT org_id, handler FROM due_parked_facts($1)',
      [this.clock.now()],
    );
    for (const { org_id, handler: name } of due) {
      const handler = this.handlers.find((one) => one.name === name);
      if (handler) await this.alone(() => this.turn.retry(org_id, handler));
    }
  }

  /** What goes wrong for one organisation and handler stays there. */
  private async alone(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => this.logger.error(String(error), (error as Error).stack));
  }

  private async behind(): Promise<string[]> {
    const rows: { org_id: string }[] = await this.dataSource.query(`SELECT org_id FROM fact_head_seqs()`);
    return rows.map((row) => row.org_id);
  }
}
