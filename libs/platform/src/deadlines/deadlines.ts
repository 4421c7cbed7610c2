import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SharedClock } from '../clock/shared-clock.js';
import { PgListener } from '../database/pg-listener.js';
import { requestContext, SYSTEM } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicTask } from '../periodic-task.js';
import { postpone, putBack, type TakenDeadline, takeDue } from './due-rows.js';
import { currentOccurrence } from './recurring-deadlines.js';

/** `plannedAt` is the time that was asked for, however late its handler runs. */
export type OnDue = (subjectId: string, tx: Tx, plannedAt: Date) => Promise<void>;

/** The due deadlines of one kind of one organisation. */
interface DueGroup {
  org_id: string;
  kind: string;
}

/** What one transaction handles at most, so that it holds the locks of its handlers for a short time. */
const MAX_TOGETHER = 100;
const MAX_TOGETHER_MS = 200;
const PARALLEL = 4;

/**
 * Everything that must happen at a time: offers that expire, undo windows that close, jobs nobody took. The times are
 * rows that were committed with what they belong to (`tx.schedule`); a due row is deleted in the transaction of its
 * effect, so it happens once, and a process that dies leaves it for the next.
 *
 * Each pass handles up to 100 rows of every organisation and kind, the oldest first, in one transaction each. Where one
 * of them fails, the rows of that transaction are handled one by one, and those that fail again are tried later.
 */
@Injectable()
export class Deadlines {
  private readonly logger = new Logger(Deadlines.name);
  private readonly handlers = new Map<string, OnDue>();
  private readonly task = new PeriodicTask({
    name: 'deadlines',
    everyMs: 250,
    run: () => this.runDue(),
    logger: this.logger,
  });
  private stopListening: () => void = () => undefined;
  private stopping = false;

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
    this.stopping = false;
    this.stopListening = await this.listener.listen('clock', () => this.task.trigger());
    this.task.start();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.stopListening();
    await this.task.stop();
  }

  /** Does everything that is due now, pass by pass. */
  async runDue(): Promise<void> {
    while (!this.stopping && (await this.runPass()) > 0);
  }

  /** @returns how many were handled */
  private async runPass(): Promise<number> {
    const groups: DueGroup[] = await this.dataSource.query(
      'SELECT org_id, kind FROM due_deadline_groups($1, $2)',
      [[...this.handlers.keys()], this.clock.now()],
    );
    let handled = 0;
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        for (let next = groups.shift(); next && !this.stopping; next = groups.shift()) {
          const more = await this.handleGroup(next);
          handled += more;
        }
      }),
    );
    return handled;
  }

  private async handleGroup(group: DueGroup): Promise<number> {
    let taken: TakenDeadline[] = [];
    try {
      return await this.inTransaction(group, async (tx) => {
        taken = await takeDue(tx, group.kind, { most: MAX_TOGETHER });
        return this.handleInOrder(tx, group.kind, taken);
      });
    } catch (error) {
      if (taken.length === 0) throw error;
      let handled = 0;
      for (const { subjectId } of taken) handled += await this.handleAlone(group, subjectId);
      return handled;
    }
  }

  private async handleAlone(group: DueGroup, subjectId: string): Promise<number> {
    const { kind } = group;
    try {
      return await this.inTransaction(group, async (tx) =>
        this.handleInOrder(tx, kind, await takeDue(tx, kind, { most: 1, subjectId })),
      );
    } catch (error) {
      this.logger.error(`deadline ${kind} of ${subjectId} failed: ${String(error)}`, (error as Error).stack);
      await this.inTransaction(group, (tx) => postpone(tx, kind, subjectId));
      return 0;
    }
  }

  /** As many as there is time for; the others stay due. */
  private async handleInOrder(tx: Tx, kind: string, taken: readonly TakenDeadline[]): Promise<number> {
    const handle = this.handlers.get(kind)!;
    const began = performance.now();
    for (const [handled, due] of taken.entries()) {
      if (handled > 0 && performance.now() - began > MAX_TOGETHER_MS) {
        await putBack(tx, kind, taken.slice(handled));
        return handled;
      }
      // The next occurrence stands before the handler, which may call it off.
      const plannedAt = due.recurring ? await currentOccurrence(tx, kind, due, due.recurring) : due.plannedAt;
      await handle(due.subjectId, tx, plannedAt);
    }
    return taken.length;
  }

  private inTransaction<T>(group: DueGroup, work: (tx: Tx) => Promise<T>): Promise<T> {
    return requestContext.run({ actor: SYSTEM }, () => this.uow.run(group.org_id, work));
  }
}
