import { setTimeout as delay } from 'node:timers/promises';
import type { Pace } from './pace.js';
import { ReplayTimeline } from './timeline.js';

export interface ConductorOptions {
  pace: Pace;
  /** Somebody waits for a worker to become free. */
  isAwaited: () => boolean;
  /** Resolves when no report is under way. */
  quiet: () => Promise<void>;
  failed: (error: unknown) => void;
  /** After each moment at which something happened. */
  passed: () => void;
}

/** Events this close together happen at one reading of the clock, milliseconds. */
const GRAIN_MS = 500;

/** Makes everything happen at its business time, whether time jumps or runs. */
export class Conductor {
  private readonly timeline = new ReplayTimeline();
  /** Visits that are over and will be told of when the clock has moved past them. */
  private readonly visits = new ReplayTimeline();

  private readonly aside = new Set<Promise<void>>();

  constructor(private readonly options: ConductorOptions) {}

  at(time: number, run: () => Promise<void>): void {
    this.timeline.add(time, run);
  }

  /** As `at`, but what is late by a while harms nobody: the phone says itself when it was. */
  whenPast(time: number, run: () => Promise<void>): void {
    this.visits.add(time, run);
  }

  private get left(): number {
    return this.timeline.size + this.visits.size;
  }

  /** Until nothing is to come; while time runs by itself, also until `isOver`. */
  async play(isOver: () => boolean): Promise<void> {
    if (this.options.pace.stands) await this.jump();
    else await this.keepUp(isOver);
  }

  private async jump(): Promise<void> {
    const { pace, isAwaited, quiet } = this.options;
    while (this.left > 0) {
      // A visit that ends moves the clock only where somebody waits for its worker, or nothing else is to come.
      const every = isAwaited() || this.timeline.size === 0;
      await pace.reach(every ? Math.min(this.timeline.nextAt, this.visits.nextAt) : this.timeline.nextAt);
      for (const report of this.visits.takeDue(pace.now())) this.beside(report);
      if (isAwaited()) await quiet();
      await this.happen(this.timeline.takeDue(pace.now() + GRAIN_MS));
      // What is still being told may lead to more: somebody is sent again.
      while (this.left === 0 && this.aside.size > 0) await Promise.race(this.aside);
    }
  }

  /** Business time runs by itself: what it has reached is begun, and nobody waits for it to end. */
  private async keepUp(isOver: () => boolean): Promise<void> {
    const { pace } = this.options;
    while (this.left > 0 || !isOver()) {
      void this.happen([...this.visits.takeDue(pace.now()), ...this.timeline.takeDue(pace.now())]);
      await delay(20);
    }
  }

  private beside(run: () => Promise<void>): void {
    const running: Promise<void> = this.happen([run]).finally(() => this.aside.delete(running));
    this.aside.add(running);
  }

  private async happen(due: (() => Promise<void>)[]): Promise<void> {
    await Promise.all(due.map((run) => run().catch((error: unknown) => this.options.failed(error))));
    if (due.length > 0) this.options.passed();
  }
}
