import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Deadlines } from './deadlines/deadlines.js';
import { FactHandlers } from './facts/fact-handlers.js';
import { FactRelay } from './facts/fact-relay.js';
import { LiveFeed } from './live/live-feed.js';
import { MediaSweep } from './media/media-sweep.js';
import type { PeriodicTask } from './periodic-task.js';
import { DirectWakes } from './queues/direct-wakes.js';
import { WorkQueues } from './queues/work-queues.js';
import { deleteOlder, Retention } from './retention/retention.js';
import { BackgroundRuns } from './runs/background-runs.js';

/** Starts what one kind of process runs beside its requests, and stops it in time. */
@Injectable()
export class Runtime implements OnApplicationShutdown {
  private stops: (() => Promise<void>)[] = [];
  private readonly sweeps: PeriodicTask[] = [];

  constructor(
    private readonly relay: FactRelay,
    private readonly handlers: FactHandlers,
    private readonly deadlines: Deadlines,
    private readonly runs: BackgroundRuns,
    private readonly queues: WorkQueues,
    private readonly wakes: DirectWakes,
    private readonly feed: LiveFeed,
    private readonly retention: Retention,
    media: MediaSweep,
  ) {
    this.inWorkers(media.task);
    retention.add(
      {
        tables: ['commands'],
        setting: 'commandDays',
        wall: true,
        sweep: deleteOlder('commands', 'created_at'),
      },
      {
        tables: ['fact_texts'],
        setting: 'customerDataDays',
        sweep: deleteOlder('fact_texts', 'recorded_at'),
      },
      {
        tables: ['background_runs'],
        setting: 'planDays',
        sweep: deleteOlder('background_runs', 'created_at', `state NOT IN ('queued', 'running')`),
      },
    );
  }

  /** A stage's own sweep over Postgres, for worker processes only; call it from `onModuleInit`. */
  inWorkers(sweep: PeriodicTask): void {
    this.sweeps.push(sweep);
  }

  async startApi(): Promise<void> {
    await this.feed.start();
    this.stops.push(() => this.feed.stop());
  }

  async startWorker(): Promise<void> {
    this.queues.start();
    await this.wakes.start();
    await this.relay.start();
    await this.handlers.start();
    await this.deadlines.start();
    await this.runs.start();
    for (const sweep of this.sweeps) sweep.start();
    this.retention.task.start();
    this.stops.push(
      () => this.retention.task.stop(),
      async () => void (await Promise.all(this.sweeps.map((sweep) => sweep.stop()))),
      () => this.runs.stop(),
      () => this.deadlines.stop(),
      () => this.handlers.stop(),
      () => this.relay.stop(),
      () => this.wakes.stop(),
      () => this.queues.stop(),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    const stops = this.stops;
    this.stops = [];
    for (const stop of stops) await stop();
  }
}
