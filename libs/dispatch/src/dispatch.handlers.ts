import { Injectable, type OnModuleInit } from '@nestjs/common';
import { jobCreated, jobFacts, jobUpdated } from '#job';
import { type Fact, FactHandlers, on, type Tx } from '#platform';
import { workerStatusChanged } from '#workforce';
import { Assignments } from './assignments.service.js';
import { Offers } from './offers.service.js';
import { Search } from './search.service.js';
import { Wakes } from './wakes.service.js';

interface AboutJob {
  jobId: string;
  areaId: string | null;
  workerId?: string | null;
}

/** What dispatch does when jobs and workers change. */
@Injectable()
export class DispatchHandlers implements OnModuleInit {
  constructor(
    private readonly facts: FactHandlers,
    private readonly wakes: Wakes,
    private readonly search: Search,
    private readonly offers: Offers,
    private readonly assignments: Assignments,
  ) {}

  onModuleInit(): void {
    const search = async ({ data }: Fact<AboutJob>, tx: Tx) => {
      await this.search.begin(tx, data.jobId);
      await this.wakes.want(tx, [data.areaId]);
    };
    const lookAgain = ({ data }: Fact<AboutJob>, tx: Tx) => this.wakes.want(tx, [data.areaId]);
    const underWay = async ({ data }: Fact<AboutJob>, tx: Tx) => {
      if (data.workerId) await this.assignments.activate(tx, data.jobId, data.workerId);
    };
    const ended =
      (state: 'done' | 'released') => async (fact: Fact<AboutJob & { reason: string | null }>, tx: Tx) => {
        const { jobId, workerId, reason } = fact.data;
        await this.search.over(tx, jobId, fact.type);
        if (!workerId) return;
        await this.assignments.end(tx, jobId, state, reason ?? undefined);
        await this.assignments.followStatus(tx, workerId);
      };
    this.facts.register({
      name: 'dispatch',
      on: [
        on(jobCreated, search),
        on(jobFacts.reattempt, search),
        on(jobFacts.reopen, search),
        on(jobFacts.release, search),
        on(jobFacts.withdraw, lookAgain),
        on(jobUpdated, lookAgain),
        on(jobFacts.assign, ({ data }, tx) => this.search.end(tx, data.jobId)),
        on(jobFacts.depart, underWay),
        on(jobFacts.arrive, underWay),
        on(jobFacts.complete, ended('done')),
        on(jobFacts.fail, ended('done')),
        on(jobFacts.cancel, ended('released')),
        on(jobFacts.expire, ended('released')),
        on(jobFacts.undo_complete, async ({ data }, tx) => {
          await this.assignments.takeUpAgain(tx, data.jobId);
          if (data.workerId) await this.assignments.followStatus(tx, data.workerId);
        }),
        on(workerStatusChanged, async ({ data }, tx) => {
          if (data.to === 'available')
            await this.wakes.want(tx, await this.search.areasOf(tx, data.workerId));
          if (data.to === 'off_duty' || data.to === 'suspended')
            await this.offers.withdrawFrom(tx, data.workerId, 'the worker went off duty');
        }),
      ],
    });
  }
}
