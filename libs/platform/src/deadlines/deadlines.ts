import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SharedClock } from '../clock/shared-clock.js';
import { PgListener } from '../database/pg-listener.js';
import { requestContext, SYSTEM } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicTask } from '../periodic-task.js';

type OnDue = (subjectId: string, tx: Tx) => Promise<void>;

const BATCH = 500;
const PARALLEL = 4;

/**
 * Everything that must happen at a time: offers that expire, undo windows that close, jobs nobody took. The times are
 * rows that were committed with what they belong to (`tx.schedule`); a due row is deleted in the transaction of its
 * effect, so it happens once, and a process that dies leaves it for the next.
 */
@Injectable()
export class Deadlines {
  private readonly logger = new Logger(Deadlines.name);
  private readonly handlers = new Map<string, OnDue>();
  private readonly task = new PeriodicTask({
    name: 'deadlines',
    everyMs: 250,
    run: () => this.runOnce(),
    logger: this.logger,
  });
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly uow: UnitOfWork,
    private readonly clock: SharedClock,
    private readonly listener: PgListener,
  ) {}

  on(kind: string, handle: OnDue): void {
    if (this.handlers.has(kind)) throw new Error(`two handlers for the deadline ${kind}`);
    this.handlers.set(kind, handle);
  }

  async start(): Promise<void> {
    this.stopListening = await this.listener.listen('clock', () => this.task.trigger());
    this.task.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.task.stop();
  }

  /** Does everything that is due now. */
  async runDue(): Promise<void> {
    await this.runOnce();
  }

  private async runOnce(): Promise<void> {
    for (;;) {
      const due: { org_id: string; kind: string; subject_id: string }[] = await this.dataSource.query(
        `SELECT org_id, kind, subject_id FROM due_deadlines($1, $2, ${BATCH})`,
        [[...this.handlers.keys()], this.clock.now()],
      );
      let done = 0;
      const queue = [...due];
      await Promise.all(
        Array.from({ length: PARALLEL }, async () => {
          for (let row = queue.shift(); row; row = queue.shift()) if (await this.meet(row)) done += 1;
        }),
      );
      if (due.length < BATCH || done === 0) return;
    }
  }

  private async meet(due: { org_id: string; kind: string; subject_id: string }): Promise<boolean> {
    const key = [due.org_id, due.kind, due.subject_id];
    try {
      return await requestContext.run({ actor: SYSTEM }, () =>
        this.uow.run(due.org_id, async (tx) => {
          const taken = await tx.sql(
            `DELETE FROM deadlines WHERE (org_id, kind, subject_id) IN (
               SELECT org_id, kind, subject_id FROM deadlines
               WHERE org_id = $1 AND kind = $2 AND subject_id = $3 AND due_at <= $4 FOR UPDATE SKIP LOCKED)
             RETURNING 1`,
            [...key, tx.now],
          );
          if (taken.length === 0) return false;
          await this.handlers.get(due.kind)!(due.subject_id, tx);
          return true;
        }),
      );
    } catch (error) {
      this.logger.error(
        `deadline ${due.kind} of ${due.subject_id} failed: ${String(error)}`,
        (error as Error).stack,
      );
      // Unless it has been moved to another time since.
      await this.uow.run(due.org_id, (tx) =>
        tx.sql(
          `UPDATE deadlines SET attempts = attempts + 1, due_at = $4::timestamptz + least(power(2, attempts), 600) * interval '1 second'
           WHERE org_id = $1 AND kind = $2 AND subject_id = $3 AND due_at <= $4`,
          [...key, tx.now],
        ),
      );
      return false;
    }
  }
}
