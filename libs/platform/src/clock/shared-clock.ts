import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Env } from '#config/env';
import { type Clock, DomainError, Invalid } from '#kernel';
import { PgListener } from '../database/pg-listener.js';
import { PgNotifier } from '../database/pg-notifier.js';

interface Setting {
  baseAt: number;
  wallAt: number;
  speed: number;
}

/**
 * The business clock that all processes share. With CLOCK=system it is the wall. With CLOCK=virtual it runs at `speed`
 * from a base that anybody can see in the table `app_clock`, so that demos and replays pass days in minutes with shifts,
 * deadlines and offers all on the same time. It never goes backwards.
 */
@Injectable()
export class SharedClock implements Clock, OnModuleInit {
  private setting: Setting = { baseAt: 0, wallAt: 0, speed: 1 };
  private chosen = false;
  private readonly watchers = new Set<() => void>();

  constructor(
    private readonly env: Env,
    private readonly dataSource: DataSource,
    private readonly listener: PgListener,
    private readonly notifier: PgNotifier,
  ) {}

  get speed(): number {
    return this.setting.speed;
  }

  now(): Date {
    const { baseAt, wallAt, speed } = this.setting;
    return new Date(Math.round(baseAt + (Date.now() - wallAt) * speed));
  }

  /** Calls `changed` whenever somebody moves the clock. */
  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  async onModuleInit(): Promise<void> {
    if (this.env.CLOCK === 'system') return;
    await this.listener.listen('clock', () => void this.load().catch(() => undefined));
    await this.load();
  }

  /**
   * @throws DomainError CLOCK_IS_REAL unless CLOCK=virtual; Invalid for a speed outside 0..100,000 or a time before now.
   */
  async set(change: { at?: Date; speed?: number }): Promise<{ now: Date; speed: number }> {
    if (this.env.CLOCK !== 'virtual')
      throw new DomainError('CLOCK_IS_REAL', 409, 'This installation runs on the wall clock (CLOCK=system).');
    const now = this.now();
    const at = change.at ?? now;
    const speed = change.speed ?? this.setting.speed;
    if (!(speed >= 0 && speed <= 100_000)) throw Invalid.field('speed', 'must be 0 to 100,000', '0..100000');
    // The first setting of a new installation may start anywhere, in the past too: a replay does.
    if (this.chosen && at < now)
      throw Invalid.field('at', 'the clock never goes backwards', now.toISOString());
    await this.dataSource.query(
      `INSERT INTO app_clock (singleton, base_at, wall_at, speed) VALUES (true, $1, $2, $3)
       ON CONFLICT (singleton) DO UPDATE SET base_at = excluded.base_at, wall_at = excluded.wall_at, speed = excluded.speed`,
      [at, new Date(), speed],
    );
    await this.load();
    this.notifier.notify('clock');
    return { now: this.now(), speed };
  }

  private async load(): Promise<void> {
    const rows: { base_at: Date; wall_at: Date; speed: number }[] = await this.dataSource.query(
      `SELECT base_at, wall_at, speed FROM app_clock`,
    );
    if (rows[0]) {
      const { base_at, wall_at, speed } = rows[0];
      this.setting = { baseAt: base_at.getTime(), wallAt: wall_at.getTime(), speed };
      this.chosen = true;
    }
    for (const changed of this.watchers) changed();
  }
}
