import { Injectable, Logger } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type Read = () => Promise<number> | number;

/** Upper bounds of the classes in which durations are counted, seconds. */
const DURATIONS = [0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10, 30, 60];

/** Longer than a healthy source takes, shorter than a scraper waits. */
const PATIENCE_MS = 2_000;

/** Prometheus figures of this process. Stages add gauges that are read when somebody scrapes. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly logger = new Logger(Metrics.name);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** NaN while it cannot be read. */
  gauge(name: string, help: string, read: Read): void {
    const ask = this.patiently(name, async () => read());
    new Gauge({
      name: `doorstep_${name}`,
      help,
      registers: [this.registry],
      async collect() {
        this.set((await ask()) ?? Number.NaN);
      },
    });
  }

  /** One figure for each value of `label`; none while they cannot be read. */
  gauges(name: string, help: string, label: string, read: () => Promise<Record<string, number>>): void {
    const ask = this.patiently(name, read);
    new Gauge({
      name: `doorstep_${name}`,
      help,
      labelNames: [label],
      registers: [this.registry],
      async collect() {
        const figures = (await ask()) ?? {};
        this.reset();
        for (const [value, figure] of Object.entries(figures)) this.set({ [label]: value }, figure);
      },
    });
  }

  /** Durations, one histogram for each value of `label`. @returns what to call with each of them, in seconds */
  durations<L extends string>(
    name: string,
    help: string,
    label: string,
  ): (value: L, seconds: number) => void {
    const histogram = new Histogram({
      name: `doorstep_${name}`,
      help,
      labelNames: [label],
      buckets: DURATIONS,
      registers: [this.registry],
    });
    return (value, seconds) => histogram.observe({ [label]: value }, Math.max(0, seconds));
  }

  /**
   * One source that fails or hangs must not hide all other figures, just when they are wanted. While it hangs it is not
   * asked again, so that questions do not pile up there.
   */
  private patiently<T>(name: string, read: () => Promise<T>): () => Promise<T | undefined> {
    let asked: Promise<T | undefined> | null = null;
    return async () => {
      asked ??= read()
        .catch((error: unknown) => {
          this.logger.warn(`the figures of ${name} cannot be read: ${String(error)}`);
          return undefined;
        })
        .finally(() => {
          asked = null;
        });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
      });
      return Promise.race([asked, late]).finally(() => clearTimeout(timer));
    };
  }
}
