import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PgListener } from '../database/pg-listener.js';
import { PgNotifier } from '../database/pg-notifier.js';
import { requestContext, SYSTEM } from '../database/request-context.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicTask } from '../periodic-task.js';
import type { RunKind } from './run-kind.js';
import { type ClaimedRun, cancelRun, claimRun, insertRun, MAX_SILENT_SECONDS } from './run-rows.js';
import { RunTurn } from './run-turn.js';

const CHANNEL = 'background_runs';
/** Of so many organisations one is still free when others take runs up at the same moment. */
const MAX_LOOKED_AT = 20;

/**
 * Long work in worker processes: day plans, dry runs, exports. A run is a row that was committed with what it is about
 * (its subject, a row of the stage); any worker process claims it, says every second that it lives, and ends it in one
 * transaction with what came of it. A run whose process dies is taken up by another.
 */
@Injectable()
export class BackgroundRuns {
  private readonly logger = new Logger(BackgroundRuns.name);
  private readonly kinds = new Map<string, RunKind<unknown, unknown>>();
  private readonly turns = new Map<RunTurn, Promise<void>>();
  private readonly task = new PeriodicTask({
    name: 'background runs',
    everyMs: 3_000,
    run: () => this.takeUp(),
    logger: this.logger,
  });
  private stopListening: () => void = () => undefined;
  private stopping = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly uow: UnitOfWork,
    private readonly listener: PgListener,
    private readonly notifier: PgNotifier,
  ) {}

  /** Stages call this from `onModuleInit`; only worker processes then take runs up. */
  register<Result, Progress>(kind: RunKind<Result, Progress>): void {
    if (this.kinds.has(kind.kind)) throw new Error(`two stages run ${kind.kind}`);
    this.kinds.set(kind.kind, kind as RunKind<unknown, unknown>);
  }

  /** Queues work on `subjectId`, which may have one open run of a kind. @throws DomainError TOO_MANY_RUNS (429). */
  async create(tx: Tx, kind: string, subjectId: string): Promise<void> {
    const { maxOpen } = this.kinds.get(kind)!;
    await insertRun(tx, { kind, maxOpen, subjectId });
    tx.afterCommit(() => this.notifier.notify(CHANNEL));
  }

  /** Nothing is written any more of what comes of it. A process that works on it hears of it within a second. */
  cancel(tx: Tx, kind: string, subjectId: string): Promise<void> {
    return cancelRun(tx, kind, subjectId);
  }

  /** Worker processes only. */
  async start(): Promise<void> {
    this.stopping = false;
    this.stopListening = await this.listener.listen(CHANNEL, () => this.task.trigger());
    this.task.start();
  }

  /** Gives back what it works on. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.stopListening();
    await this.task.stop();
    for (const turn of this.turns.keys()) turn.stop();
    await Promise.all(this.turns.values());
  }

  private async takeUp(): Promise<void> {
    for (const kind of this.kinds.values())
      while (!this.stopping && this.countOf(kind) < kind.concurrency) {
        const run = await this.claimNext(kind);
        if (!run) break;
        this.work(kind, run);
      }
  }

  private countOf(kind: RunKind<unknown, unknown>): number {
    return [...this.turns.keys()].filter((turn) => turn.kind === kind).length;
  }

  /** The oldest of the organisation that was served longest ago. */
  private async claimNext(kind: RunKind<unknown, unknown>): Promise<ClaimedRun | null> {
    const waiting: { org_id: string; id: string }[] = await this.dataSource.query(
      'SELECT org_id, id FROM runs_to_take_up($1, $2, $3)',
      [kind.kind, MAX_SILENT_SECONDS, MAX_LOOKED_AT],
    );
    for (const { org_id, id } of waiting) {
      const claimed = await requestContext.run({ actor: SYSTEM }, () =>
        this.uow.run(org_id, async (tx) => {
          const run = await claimRun(tx, id);
          if (run) await kind.started?.(tx, run.subjectId);
          return run;
        }),
      );
      if (claimed) return claimed;
    }
    return null;
  }

  private work(kind: RunKind<unknown, unknown>, run: ClaimedRun): void {
    const turn = new RunTurn(this.uow, kind, run);
    const ended = requestContext
      .run({ actor: SYSTEM }, () => turn.run())
      // It stays claimed, and is taken up again once it was silent for long enough.
      .catch((error: unknown) => this.logger.error(`${kind.kind} of ${run.subjectId}: ${String(error)}`))
      .finally(() => {
        this.turns.delete(turn);
        this.task.trigger();
      });
    this.turns.set(turn, ended);
  }
}
