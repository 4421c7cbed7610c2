import { Injectable } from '@nestjs/common';
import type { Job } from '#job';
import type { Interval } from '#kernel';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import { boardSpan } from '../manual/board-span.js';
import type { Promised } from '../manual/day-effect.js';
import { DispatchPoliciesService } from '../policies/dispatch-policies.service.js';
import { CandidatePoolService } from '../rounds/candidate-pool.service.js';
import { type MovePlan, planMove, type UnderWay } from './plan-move.js';

const DAY_MS = 86_400_000;

/** One worker's days around a job, ready to try times. */
export interface MoveTrial {
  /** The worker's work but for this job. */
  promised: readonly Promised[];
  at(startsAt: Date, underWay?: UnderWay): MovePlan;
}

/** Reads what `planMove` needs to say what a visit at some time would do. */
@Injectable()
export class MovePlannerService {
  constructor(
    private readonly territory: TerritoryService,
    private readonly candidatePool: CandidatePoolService,
    private readonly policies: DispatchPoliciesService,
  ) {}

  /** `times`: the hours of the days around them are read. @returns null for a worker who is gone. */
  async of(tx: Tx, job: Job, workerId: string, times: readonly Date[]): Promise<MoveTrial | null> {
    const policy = (await this.policies.getSet(tx)).of(job.serviceTypeId).match;
    const timeZone = job.areaId ? (await this.territory.area(tx, job.areaId)).timeZone : 'UTC';
    const pool = await this.candidatePool.loadWorkers(
      tx,
      { workerIds: [workerId], statuses: 'any', range: around(times) },
      { everyArea: job.areaId ? [job.areaId] : [], timeZone, besides: job.id },
    );
    const [worker] = pool.workers;
    if (!worker) return null;
    const [matchJob] = await this.candidatePool.toMatchJobs(tx, [job]);
    const promised = pool.commitments.get(workerId) ?? [];
    const today = boardSpan(undefined, timeZone, tx.now).span;
    const window = { windowStart: job.windowStart, windowEnd: job.windowEnd ?? job.dueAt };
    return {
      promised,
      at: (startsAt, underWay) =>
        planMove(window, matchJob!, worker, { startsAt, now: tx.now, today, promised, policy, underWay }),
    };
  }
}

const around = (times: readonly Date[]): Interval => {
  const list = times.map((time) => time.getTime());
  return { start: Math.min(...list) - DAY_MS, end: Math.max(...list) + DAY_MS };
};
