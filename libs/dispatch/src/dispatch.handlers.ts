import { Injectable, type OnModuleInit } from '@nestjs/common';
import { jobCreated, jobFacts, jobUpdated } from '#job';
import { type Fact, FactHandlers, on, type Tx } from '#platform';
import { workerStatusChanged } from '#workforce';
import { RoundRequestsService } from './rounds/round-requests.service.js';
import { WorkerSearchService } from './rounds/worker-search.service.js';

interface AboutJob {
  jobId: string;
  areaId: string | null;
  workerId?: string | null;
}

/** What dispatch does later when jobs and workers change; what may not lag behind a job is in AssignmentFollowerService. */
@Injectable()
export class DispatchHandlers implements OnModuleInit {
  constructor(
    private readonly facts: FactHandlers,
    private readonly roundRequests: RoundRequestsService,
    private readonly workerSearch: WorkerSearchService,
  ) {}

  onModuleInit(): void {
    const search = async ({ data }: Fact<AboutJob>, tx: Tx) => {
      await this.workerSearch.start(tx, data.jobId);
      await this.roundRequests.request(tx, [data.areaId]);
    };
    const lookAgain = ({ data }: Fact<AboutJob>, tx: Tx) => this.roundRequests.request(tx, [data.areaId]);
    this.facts.register({
      name: 'dispatch',
      from: 'beginning',
      on: [
        on(jobCreated, search),
        on(jobFacts.reattempt, search),
        on(jobFacts.reopen, search),
        on(jobFacts.release, search),
        on(jobFacts.withdraw, lookAgain),
        on(jobUpdated, lookAgain),
        on(jobFacts.assign, ({ data }, tx) => this.workerSearch.cancel(tx, data.jobId)),
        on(workerStatusChanged, async ({ data }, tx) => {
          if (data.to === 'available')
            await this.roundRequests.request(tx, await this.workerSearch.areasServedBy(tx, data.workerId));
        }),
      ],
    });
  }
}
