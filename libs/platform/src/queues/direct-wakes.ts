import { Injectable, Logger } from '@nestjs/common';
import { PgListener } from '../database/pg-listener.js';
import { PgNotifier } from '../database/pg-notifier.js';

export interface DirectWork {
  /** A name as PostgreSQL's LISTEN takes it. */
  channel: string;
  /** How many keys are worked on at once in one process. */
  concurrency: number;
  process: (key: string) => Promise<void>;
}

/**
 * Wakes the worker processes for work that is in Postgres already, without the hops of a queue. All of them hear it, so
 * `process` takes its work by a lock in its own transaction. A wake-up may be lost without harm, because whoever registers a
 * channel also finds its work by sweeping Postgres.
 */
@Injectable()
export class DirectWakes {
  private readonly logger = new Logger(DirectWakes.name);
  private readonly works = new Map<string, DirectWork>();
  private turns: KeyTurns[] = [];
  private stopListening: (() => void)[] = [];

  constructor(
    private readonly listener: PgListener,
    private readonly notifier: PgNotifier,
  ) {}

  /** Stages call this from `onModuleInit`; only worker processes then take work. */
  register(work: DirectWork): void {
    if (this.works.has(work.channel)) throw new Error(`two processors for ${work.channel}`);
    this.works.set(work.channel, work);
  }

  /** Asks for `key` to be looked at. Say it after the commit of what is to be seen. */
  wake(channel: string, key: string): void {
    this.notifier.notify(channel, key);
  }

  /** Worker processes only. */
  async start(): Promise<void> {
    for (const work of this.works.values()) {
      const turns = new KeyTurns(work, (error) =>
        this.logger.error(`${work.channel}: ${String(error)}`, (error as Error).stack),
      );
      this.turns.push(turns);
      this.stopListening.push(
        await this.listener.listen(work.channel, (key) => {
          if (key) turns.add(key);
        }),
      );
    }
  }

  async stop(): Promise<void> {
    for (const stop of this.stopListening) stop();
    await Promise.all(this.turns.map((turns) => turns.stop()));
    this.stopListening = [];
    this.turns = [];
  }
}

/** Works on each key by itself, on few at once; a key that is asked for while it is being worked on has one more turn. */
class KeyTurns {
  private readonly waiting = new Set<string>();
  private readonly running = new Map<string, Promise<void>>();
  private stopped = false;

  constructor(
    private readonly work: DirectWork,
    private readonly failed: (error: unknown) => void,
  ) {}

  add(key: string): void {
    this.waiting.add(key);
    this.next();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running.values());
  }

  private next(): void {
    for (const key of this.waiting) {
      if (this.stopped || this.running.size >= this.work.concurrency) return;
      if (this.running.has(key)) continue;
      this.waiting.delete(key);
      const turn = this.work
        .process(key)
        .catch(this.failed)
        .finally(() => {
          this.running.delete(key);
          this.next();
        });
      this.running.set(key, turn);
    }
  }
}
