import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createPostgresBackend, Queue, setDefaultBackendFactory, Worker } from 'bullmq';
import { Env } from '#config/env';

export interface QueueWork<T = unknown> {
  queue: string;
  concurrency: number;
  process: (data: T) => Promise<void>;
}

/**
 * BullMQ, on Postgres or on Redis by configuration alone. A queue is a wake-up: `wake` may be lost without harm,
 * because the stage that registers a queue also finds its work by sweeping Postgres.
 */
@Injectable()
export class WorkQueues implements OnApplicationShutdown {
  private readonly logger = new Logger(WorkQueues.name);
  private readonly works = new Map<string, QueueWork>();
  private readonly queues = new Map<string, Queue>();
  private readonly workers: Worker[] = [];
  private readonly connection: object;

  constructor(env: Env) {
    if (env.REDIS_URL) {
      setDefaultBackendFactory();
      this.connection = { url: env.REDIS_URL, maxRetriesPerRequest: null };
    } else {
      setDefaultBackendFactory(createPostgresBackend);
      this.connection = {
        connectionString: env.DATABASE_URL,
        schema: 'bullmq',
        max: 6,
        application_name: 'doorstep-queue',
      };
    }
  }

  /** Stages call this from `onModuleInit`; only worker processes then take work. */
  register<T>(work: QueueWork<T>): void {
    if (this.works.has(work.queue)) throw new Error(`two processors for the queue ${work.queue}`);
    this.works.set(work.queue, work as QueueWork);
  }

  /** Names of all queues with a processor. */
  names(): string[] {
    return [...this.works.keys()];
  }

  /**
   * Asks for `data` to be looked at. While a wake-up with the same `key` waits, another adds nothing; one that comes
   * while it is being worked on causes one more run.
   */
  wake(queue: string, key: string, data: object): void {
    this.queue(queue)
      .add(queue, data, {
        deduplication: { id: key.replaceAll(':', '/'), keepLastIfActive: true },
        removeOnComplete: true,
        removeOnFail: 100,
      })
      .catch((error: unknown) =>
        this.logger.warn(`a wake-up of ${queue} was lost, the sweep will find it: ${String(error)}`),
      );
  }

  /** Worker processes only. */
  start(): void {
    for (const { queue, concurrency, process } of this.works.values()) {
      const worker = new Worker(queue, (job) => process(job.data), {
        connection: this.connection as never,
        concurrency,
        lockDuration: 30_000,
      });
      worker.on('error', (error) => this.logger.warn(`${queue}: ${error.message}`));
      worker.on('failed', (_job, error) => this.logger.error(`${queue}: ${error.message}`, error.stack));
      this.workers.push(worker);
    }
  }

  /** Waiting and running work, by queue. */
  async depths(): Promise<Record<string, number>> {
    const entries = await Promise.all(
      this.names().map(
        async (name) =>
          [name, await this.queue(name).getJobCountByTypes('waiting', 'active', 'delayed')] as const,
      ),
    );
    return Object.fromEntries(entries);
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close().catch(() => undefined)));
    this.workers.length = 0;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
    await Promise.all([...this.queues.values()].map((queue) => queue.close().catch(() => undefined)));
  }

  private queue(name: string): Queue {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = new Queue(name, { connection: this.connection as never });
      queue.on('error', (error) => this.logger.warn(`${name}: ${error.message}`));
      this.queues.set(name, queue);
    }
    return queue;
  }
}
