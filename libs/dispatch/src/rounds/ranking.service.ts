import { Injectable } from '@nestjs/common';
import type { Job } from '#job';
import { type MatchJob, modeFor } from '#matching';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import { DispatchPoliciesService } from '../policies/dispatch-policies.service.js';
import type { EffectivePolicy } from '../policies/effective-policy.js';
import { type CandidatePool, CandidatePoolService } from './candidate-pool.service.js';
import { type Judgement, judgeCandidates } from './judge-candidates.js';
import { alreadyAsked, withPendingOffer } from './round-loader.service.js';

export interface Ranking {
  matchJob: MatchJob;
  pool: CandidatePool;
  policy: EffectivePolicy;
  /** The able first, in the policy's order. */
  judged: Judgement[];
}

/** Who could do one job as things stand now. */
@Injectable()
export class RankingService {
  constructor(
    private readonly policies: DispatchPoliciesService,
    private readonly territory: TerritoryService,
    private readonly candidatePool: CandidatePoolService,
  ) {}

  /** Everybody on duty; with `workerIds` these alone, whatever they do, and whatever they answered before. */
  async rank(tx: Tx, job: Job, workerIds?: string[]): Promise<Ranking> {
    const policy = (await this.policies.getSet(tx)).of(job.serviceTypeId);
    const zone = job.areaId ? (await this.territory.area(tx, job.areaId)).timeZone : 'UTC';
    const pool = await this.candidatePool.loadWorkers(tx, workerIds ? { workerIds, statuses: 'any' } : {}, {
      everyArea: job.areaId ? [job.areaId] : [],
      timeZone: zone,
      besides: job.id,
    });
    const passed = workerIds
      ? undefined
      : new Map([
          ...withPendingOffer(pool, tx.now),
          ...(alreadyAsked(await this.candidatePool.offerHistory(tx, [job.id], tx.now)).get(job.id) ?? []),
        ]);
    const [matchJob] = await this.candidatePool.toMatchJobs(tx, [job]);
    const judged = judgeCandidates(matchJob!, pool.workers, {
      names: pool.names,
      policy: policy.match,
      mode: modeFor(policy.match, 1),
      now: tx.now.getTime(),
      alreadyAsked: passed,
    });
    return { matchJob: matchJob!, pool, policy, judged };
  }
}
