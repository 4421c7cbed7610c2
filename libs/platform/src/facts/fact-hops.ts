import { Injectable } from '@nestjs/common';
import { SharedClock } from '../clock/shared-clock.js';
import { Metrics } from '../metrics/metrics.js';

/**
 * How long facts take from being recorded until they have their place in the log (`placed`), and until they are handed to the
 * sockets (`sent`): for the oldest of each batch, in seconds of the business clock.
 */
@Injectable()
export class FactHops {
  private readonly observe: (hop: 'placed' | 'sent', seconds: number) => void;

  constructor(
    private readonly clock: SharedClock,
    metrics: Metrics,
  ) {
    this.observe = metrics.durations('log_seconds', 'From the recording of a fact to each hop', 'hop');
  }

  reached(hop: 'placed' | 'sent', oldest: { recordedAt: Date } | undefined): void {
    if (oldest) this.observe(hop, (this.clock.now().getTime() - oldest.recordedAt.getTime()) / 1_000);
  }
}
