import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics, PeriodicTask, Runtime, SharedClock } from '#platform';
import { RoundRequestsService } from './round-requests.service.js';

const HOUR_MS = 3_600_000;

/** Finds the areas whose wake-up was lost, and looks again at open jobs that have waited for a while. */
@Injectable()
export class DispatchSweepService implements OnModuleInit {
  constructor(
    private readonly runtime: Runtime,
    private readonly roundRequests: RoundRequestsService,
    private readonly clock: SharedClock,
    private readonly metrics: Metrics,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge('open_offers', 'Offers waiting for an answer', async () => {
      const [row]: { n: string }[] = await this.dataSource.query('SELECT open_offer_count() AS n');
      return Number(row?.n ?? 0);
    });
    this.metrics.gauges(
      'dispatch_round_ms',
      'How long dispatch rounds took in the last hour',
      'quantile',
      async () => {
        const rows: { quantile: string; took_ms: number }[] = await this.dataSource.query(
          'SELECT * FROM round_times($1)',
          [new Date(this.clock.now().getTime() - HOUR_MS)],
        );
        return Object.fromEntries(rows.map(({ quantile, took_ms }) => [quantile, took_ms]));
      },
    );
    this.runtime.inWorkers(
      new PeriodicTask({
        name: 'dispatch sweep',
        everyMs: 1_000,
        logger: new Logger(DispatchSweepService.name),
        run: async () => {
          for (const { orgId, areaId } of await this.roundRequests.findOverdue(this.clock.now()))
            this.roundRequests.enqueue(orgId, areaId);
        },
      }),
    );
  }
}
