import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Deadlines } from './deadlines/deadlines.js';
import { FactHandlers } from './facts/fact-handlers.js';
import { FactRelay } from './facts/relay.js';
import { LiveFeed } from './live/live-feed.js';
import { Pulse } from './pulse.js';
import { WorkQueues } from './queues/work-queues.js';

const COMMANDS_KEPT_DAYS = 30;

/** Starts what one kind of process runs beside its requests, and stops it in time. */
@Injectable()
export class Runtime implements OnApplicationShutdown {
  private stops: (() => Promise<void>)[] = [];
  private readonly sweeps: Pulse[] = [];

  /** Saved answers are kept for 30 days. */
  private readonly oldCommands = new Pulse({
    name: 'old commands',
    everyMs: 3_600_000,
    logger: new Logger(Runtime.name),
    beat: () =>
      this.dataSource.query('SELECT forget_old_commands($1)', [
        new Date(Date.now() - COMMANDS_KEPT_DAYS * 86_400_000),
      ]),
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly relay: FactRelay,
    private readonly handlers: FactHandlers,
    private readonly deadlines: Deadlines,
    private readonly queues: WorkQueues,
    private readonly feed: LiveFeed,
  ) {}

  /** A stage's own sweep over Postgres, for worker processes only; call it from `onModuleInit`. */
  inWorkers(sweep: Pulse): void {
    this.sweeps.push(sweep);
  }

  async startApi(): Promise<void> {
    await this.feed.start();
    this.stops.push(() => this.feed.stop());
  }

  async startWorker(): Promise<void> {
    this.queues.start();
    this.oldCommands.start();
    await this.relay.start();
    await this.handlers.start();
    await this.deadlines.start();
    for (const sweep of this.sweeps) sweep.start();
    this.stops.push(
      () => this.oldCommands.stop(),
      async () => void (await Promise.all(this.sweeps.map((sweep) => sweep.stop()))),
      () => this.deadlines.stop(),
      () => this.handlers.stop(),
      () => this.relay.stop(),
      () => this.queues.stop(),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    const stops = this.stops;
    this.stops = [];
    for (const stop of stops) await stop();
  }
}
