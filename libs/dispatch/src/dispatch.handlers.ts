import { Injectable, type OnModuleInit } from '@nestjs/common';
import { jobUpdated } from '#job';
import { FactHandlers, on } from '#platform';
import { workerStatusChanged } from '#workforce';
import { RoundRequestsService } from './rounds/round-requests.service.js';
import { WorkerSearchService } from './rounds/worker-search.service.js';

/** What dispatch does later when jobs and workers change; what may not lag behind a job is in AssignmentFollowerService. */
@Injectable()
export class DispatchHandlers implements OnModuleInit {
  constructor(
    private readonly facts: FactHandlers,
    private readonly roundRequests: RoundRequestsService,
    private readonly workerSearch: WorkerSearchService,
  ) {}

  onModuleInit(): void {
    this.facts.register({
      name: 'dispatch',
      from: 'beginning',
      on: [
        on(jobUpdated, async ({ data }, tx) => this.roundRequests.request(tx, [data.areaId])),
        on(workerStatusChanged, async ({ data }, tx) => {
          if (data.to === 'available')
            this.roundRequests.request(tx, await this.workerSearch.areasServedBy(tx, data.workerId));
        }),
      ],
    });
  }
}
