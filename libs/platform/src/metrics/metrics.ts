import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

type Read = () => Promise<number> | number;

/** Prometheus figures of this process. Stages add gauges that are read when somebody scrapes. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  gauge(name: string, help: string, read: Read): void {
    new Gauge({
      name: `doorstep_${name}`,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  /** One figure for each value of `label`. */
  gauges(name: string, help: string, label: string, read: () => Promise<Record<string, number>>): void {
    new Gauge({
      name: `doorstep_${name}`,
      help,
      labelNames: [label],
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const [value, figure] of Object.entries(await read())) this.set({ [label]: value }, figure);
      },
    });
  }
}
