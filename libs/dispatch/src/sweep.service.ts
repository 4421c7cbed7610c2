import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { defaultPolicy } from '#config/policy/index';
import { Metrics, Pulse, Runtime, SharedClock } from '#platform';
import { Wakes } from './wakes.service.js';

/** Finds the areas whose wake-up was lost, and looks again at open jobs that have waited for a while. */
@Injectable()
export class DispatchSweep implements OnModuleInit {
  constructor(
    private readonly runtime: Runtime,
    private readonly wakes: Wakes,
    private readonly clock: SharedClock,
    private readonly metrics: Metrics,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge('open_offers', 'Offers waiting for an answer', async () => {
      const [row]: { n: string }[] = await this.dataSource.query('SELECT open_offer_count() AS n');
      return Number(row?.n ?? 0);
    });
    this.runtime.inWorkers(
      new Pulse({
        name: 'dispatch sweep',
        everyMs: 1_000,
        logger: new Logger(DispatchSweep.name),
        beat: async () => {
          const { sweepSeconds } = defaultPolicy.dispatch;
          for (const { orgId, areaId } of await this.wakes.forgotten(this.clock.now(), sweepSeconds))
            this.wakes.wake(orgId, areaId);
        },
      }),
    );
  }
}
