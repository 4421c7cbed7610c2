import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

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

  /** @returns a function that records one duration in seconds. */
  seconds(
    name: string,
    help: string,
    buckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
  ): (value: number) => void {
    const histogram = new Histogram({ name: `doorstep_${name}`, help, buckets, registers: [this.registry] });
    return (value) => histogram.observe(value);
  }
}
