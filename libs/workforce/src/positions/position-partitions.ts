import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { defaultPolicy } from '#config/policy/index';
import type { Clock } from '#kernel';
import { CLOCK, Deadlines, Policies, type Tx, UnitOfWork } from '#platform';

const DAY_MS = 86_400_000;
const DEADLINE = 'positions.housekeeping';
const DAYS_AHEAD = 2;

const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * The daily tables of raw fixes (UTC days). Made ahead by a deadline of each organisation and, because the business
 * clock may run fast, just before a fix needs one; dropped whole when no organisation keeps that day any more.
 */
@Injectable()
export class PositionPartitions implements OnModuleInit {
  private readonly logger = new Logger(PositionPartitions.name);
  private readonly made = new Set<number>();
  private readonly kept = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly uow: UnitOfWork,
    private readonly policies: Policies,
    private readonly deadlines: Deadlines,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(DEADLINE, async (_orgId, tx) => {
      await this.keepHouse(tx);
    });
  }

  /** Makes sure that fixes of these times can be stored; times out of all bounds are left alone. */
  async ensure(orgId: string, timesMs: readonly number[]): Promise<void> {
    const today = dayOf(this.clock.now().getTime());
    for (const day of new Set(timesMs.map(dayOf)))
      if (day <= today + DAYS_AHEAD && day >= today - 400 && !this.made.has(day)) await this.make(day);
    if (this.kept.get(orgId) === today) return;
    this.kept.set(orgId, today);
    await this.uow.run(orgId, (tx) => this.scheduleNext(tx));
  }

  private async make(day: number): Promise<void> {
    await this.dataSource.query(`SELECT ensure_position_partition($1)`, [dateOf(day)]);
    this.made.add(day);
  }

  private async scheduleNext(tx: Tx): Promise<void> {
    await tx.schedule(DEADLINE, tx.orgId, new Date((dayOf(tx.now.getTime()) + 1) * DAY_MS));
  }

  private async keepHouse(tx: Tx): Promise<void> {
    const today = dayOf(tx.now.getTime());
    for (let day = today; day <= today + DAYS_AHEAD; day++) await this.make(day);
    const { positions } = await this.policies.of(tx);
    const cutOff = new Date(tx.now.getTime() - positions.keepDays * DAY_MS);
    await tx.sql(`DELETE FROM position_fixes WHERE fix_at < $1`, [cutOff]);
    await tx.sql(`DELETE FROM quarantined_fixes WHERE received_at < $1`, [cutOff]);
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
    const keepDays = Math.max(defaultPolicy.positions.keepDays, row?.longest ?? 0);
    const before = today - Math.ceil(keepDays) - 1;
    for (const day of this.made) if (day < before) this.made.delete(day);
    await this.dataSource.query(`SELECT drop_position_partitions($1)`, [dateOf(before)]);
  }
}
