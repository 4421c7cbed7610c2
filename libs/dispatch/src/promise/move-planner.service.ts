import { Injectable } from '@nestjs/common';
import type { Job } from '#job';
import type { Interval } from '#kernel';
import type { Tx } from '#platform';
import { Territory } from '#territory';
import { DispatchPolicies } from '../policy/policy-book.service.js';
import { Pools } from '../pool.service.js';
import { boardSpan } from '../rules/board-span.js';
import type { Promised } from '../rules/day-effect.js';
import { type MovePlan, planMove, type UnderWay } from '../rules/plan-move.js';

const DAY_MS = 86_400_000;

/** One worker's days around a job, ready to try times. */
export interface MoveTrial {
  /** The worker's work but for this job. */
  promised: readonly Promised[];
  at(startsAt: Date, underWay?: UnderWay): MovePlan;
}

/** Reads what `planMove` needs to say what a visit at some time would do. */
@Injectable()
export class MovePlanner {
  constructor(
    private readonly territory: Territory,
    private readonly pools: Pools,
    private readonly policies: DispatchPolicies,
  ) {}

  /** `times`: the hours of the days around them are read. @returns null for a worker who is gone. */
  async of(tx: Tx, job: Job, workerId: string, times: readonly Date[]): Promise<MoveTrial | null> {
    const policy = (await this.policies.book(tx)).of(job.serviceTypeId).match;
    const timeZone = job.areaId ? (await this.territory.area(tx, job.areaId)).timeZone : 'UTC';
    const pool = await this.pools.workers(
      tx,
      { workerIds: [workerId], statuses: 'any', range: around(times) },
      { everyArea: job.areaId ? [job.areaId] : [], timeZone, besides: job.id },
    );
    const [worker] = pool.workers;
    if (!worker) return null;
    const [matchJob] = await this.pools.jobs(tx, [job]);
    const promised = pool.promised.get(workerId) ?? [];
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
