import type { Logger } from '@nestjs/common';

export interface PeriodicTaskOptions {
  name: string;
  /** Interval when nothing triggers it, wall milliseconds. */
  everyMs: number;
  run: () => Promise<void>;
  logger: Logger;
}

/**
 * The loop behind every sweep: runs `run` when triggered and every `everyMs`, never concurrently; a trigger during a run
 * causes one more. A failing run is logged and repeated.
 */
export class PeriodicTask {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = true;

  constructor(private readonly options: PeriodicTaskOptions) {}

  start(): void {
    this.stopped = false;
    this.trigger();
  }

  trigger(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    if (this.timer) clearTimeout(this.timer);
    this.running = this.loop().finally(() => {
      this.running = null;
      if (!this.stopped) this.timer = setTimeout(() => this.trigger(), this.options.everyMs);
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private async loop(): Promise<void> {
    do {
      this.again = false;
      try {
        await this.options.run();
      } catch (error) {
        if (!this.stopped)
          this.options.logger.error(`${this.options.name}: ${String(error)}`, (error as Error).stack);
        return;
      }
    } while (this.again && !this.stopped);
  }
}
