import { Injectable } from '@nestjs/common';
import type { Job } from '#job';
import { type MatchJob, modeFor } from '#matching';
import type { Tx } from '#platform';
import { Territory } from '#territory';
import { askedElsewhere, notAgain } from './looker.service.js';
import { DispatchPolicies } from './policy/policy-book.service.js';
import { type Pool, Pools } from './pool.service.js';
import type { EffectivePolicy } from './rules/effective-policy.js';
import { type Judgement, judgeCandidates } from './rules/judge-candidates.js';

export interface Ranking {
  matchJob: MatchJob;
  pool: Pool;
  policy: EffectivePolicy;
  /** The able first, in the policy's order. */
  judged: Judgement[];
}

/** Who could do one job as things stand now. */
@Injectable()
export class Rankings {
  constructor(
    private readonly policies: DispatchPolicies,
    private readonly territory: Territory,
    private readonly pools: Pools,
  ) {}

  /** Everybody on duty; with `workerIds` these alone, whatever they do, and whatever they answered before. */
  async of(tx: Tx, job: Job, workerIds?: string[]): Promise<Ranking> {
    const policy = (await this.policies.book(tx)).of(job.serviceTypeId);
    const zone = job.areaId ? (await this.territory.area(tx, job.areaId)).timeZone : 'UTC';
    const pool = await this.pools.workers(tx, workerIds ? { workerIds, statuses: 'any' } : {}, {
      everyArea: job.areaId ? [job.areaId] : [],
      timeZone: zone,
      besides: job.id,
    });
    const passed = workerIds
      ? undefined
      : new Map([
          ...askedElsewhere(pool, tx.now),
          ...(notAgain(await this.pools.asked(tx, [job.id], tx.now)).get(job.id) ?? []),
        ]);
    const [matchJob] = await this.pools.jobs(tx, [job]);
    const judged = judgeCandidates(matchJob!, pool.workers, {
      names: pool.names,
      policy: policy.match,
      mode: modeFor(policy.match, 1),
      now: tx.now.getTime(),
      notAgain: passed,
    });
    return { matchJob: matchJob!, pool, policy, judged };
  }
}
