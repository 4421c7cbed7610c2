import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Deadlines, OrganizationPolicies, PeriodicTask, Runtime, SharedClock, type Tx } from '#platform';
import { positionsPolicy } from '../workforce.policy.js';

const DAY_MS = 86_400_000;
const DEADLINE = 'positions.housekeeping';
const DAYS_AHEAD = 2;
const EVERY_MS = 60_000;

const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * The daily tables of raw fixes (UTC days). A sweep of the worker processes makes them ahead; a fix of a day without a
 * table goes to `position_fixes_rest`, so that no request ever makes one. Dropped whole when no organisation keeps that
 * day any more.
 */
@Injectable()
export class PositionPartitionsService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(PositionPartitionsService.name);
  private readonly kept = new Map<string, number>();
  private readonly task = new PeriodicTask({
    name: 'position tables',
    everyMs: EVERY_MS,
    run: () => this.makeAhead(),
    logger: this.logger,
  });
  private unwatch: () => void = () => undefined;
  private madeUntil = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly policies: OrganizationPolicies,
    private readonly deadlines: Deadlines,
    private readonly runtime: Runtime,
    private readonly clock: SharedClock,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(DEADLINE, async (_orgId, tx) => {
      await this.keepHouse(tx);
    });
    this.runtime.inWorkers(this.task);
    // A business clock may jump over days; where the sweep does not run this wakes nothing.
    this.unwatch = this.clock.watch(() => this.task.trigger());
  }

  onModuleDestroy(): void {
    this.unwatch();
  }

  /** The organisation has fixes that grow old: cleans up after them once a day. */
  async keepOrganization(tx: Tx): Promise<void> {
    const today = dayOf(tx.now.getTime());
    if (this.kept.get(tx.orgId) === today) return;
    await this.scheduleNext(tx);
    tx.afterCommit(() => this.kept.set(tx.orgId, today));
  }

  private async makeAhead(): Promise<void> {
    const today = dayOf(this.clock.now().getTime());
    const last = today + DAYS_AHEAD;
    if (this.madeUntil === last) return;
    await this.dataSource.query(`SELECT make_position_days($1, $2)`, [dateOf(today), dateOf(last)]);
    this.madeUntil = last;
  }

  private async scheduleNext(tx: Tx): Promise<void> {
    await tx.schedule(DEADLINE, tx.orgId, new Date((dayOf(tx.now.getTime()) + 1) * DAY_MS));
  }

  private async keepHouse(tx: Tx): Promise<void> {
    const today = dayOf(tx.now.getTime());
    const { keepDays } = await this.policies.of(tx, positionsPolicy);
    const cutOff = new Date(tx.now.getTime() - keepDays * DAY_MS);
    await tx.sql(`DELETE FROM position_fixes WHERE fix_at < $1`, [cutOff]);
    await tx.sql(`DELETE FROM quarantined_fixes WHERE received_at < $1`, [cutOff]);
    await tx.sql(`DELETE FROM position_counts WHERE day < $1`, [dateOf(today)]);
    await this.scheduleNext(tx);
    tx.afterCommit(() => {
      this.dropEmptyDays(today).catch((error: unknown) =>
        this.logger.warn(`old position tables stay one more day: ${String(error)}`),
      );
    });
  }

  /** Days that not even the organisation with the longest memory keeps. */
  private async dropEmptyDays(today: number): Promise<void> {
    const [row]: { longest: number | null }[] = await this.dataSource.query(
      `SELECT longest_position_keeping() AS longest`,
    );
    const keepDays = Math.max(positionsPolicy.defaults.keepDays, row?.longest ?? 0);
    const before = today - Math.ceil(keepDays) - 1;
    await this.dataSource.query(`SELECT drop_position_partitions($1)`, [dateOf(before)]);
  }
}
