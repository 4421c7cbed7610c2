import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { Deadlines, LiveFeed, LiveGateway } from '#platform';
import { workerStatusChanged } from '../workforce.facts.js';
import { SUSPENSION_DEADLINE, WorkforceService } from './workforce.service.js';

/**
 * A suspension takes effect on open sockets too, and one that has an end ends by itself: the worker is off duty and may
 * begin again.
 */
@Injectable()
export class SuspensionsService implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly workforce: WorkforceService,
    private readonly feed: LiveFeed,
    @Optional() private readonly gateway?: LiveGateway,
  ) {}

  onModuleInit(): void {
    // Whoever comes back comes into the rooms of a suspended worker, which are fewer.
    this.feed.onFacts((orgId, facts) => {
      for (const fact of facts)
        if (workerStatusChanged.is(fact) && fact.data.to === 'suspended')
          this.gateway?.disconnect(orgId, { workerId: fact.data.workerId }, 'expired');
    });
    this.deadlines.on(SUSPENSION_DEADLINE, async (workerId, tx) => {
      const worker = await this.workforce.worker(tx, workerId);
      if (worker.archivedAt || !worker.suspendedUntil || worker.suspendedUntil > tx.now) return;
      const expected = ['suspended'] as const;
      await this.workforce.setStatus(tx, workerId, 'off_duty', { expected, reason: 'suspension over' });
    });
  }
}
