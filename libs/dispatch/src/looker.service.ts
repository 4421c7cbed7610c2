import { Injectable } from '@nestjs/common';
import type { Policy } from '#config/policy/index';
import { type Job, Jobs } from '#job';
import { Policies, type Tx } from '#platform';
import { Territory } from '#territory';
import { type Asked, type Pool, Pools } from './pool.service.js';
import { decideRound, type JobDecision } from './rules/decide-round.js';
import { matchPolicy } from './rules/match-policy.js';
import { NOWHERE } from './wakes.service.js';

/** Somebody who let an offer run out is asked again for the same job after this. */
const ASK_AGAIN_SECONDS = 600;

/** What a round found, before anything is written. */
export interface Look {
  policy: Policy['dispatch'];
  jobs: Map<string, Job>;
  pool: Pool;
  decisions: JobDecision[];
}

/** Loads an area's open jobs and its workers, and asks the engine. Reads only. */
@Injectable()
export class Looker {
  constructor(
    private readonly policies: Policies,
    private readonly territory: Territory,
    private readonly jobs: Jobs,
    private readonly pools: Pools,
  ) {}

  async look(tx: Tx, areaKey: string, seed: number): Promise<Look> {
    const { dispatch: policy } = await this.policies.of(tx);
    const areaId = areaKey === NOWHERE ? null : areaKey;
    const open = (await this.jobs.open(tx, areaId)).filter((job) => job.state === 'unassigned');
    const empty = {
      policy,
      jobs: new Map(),
      pool: { workers: [], names: new Map() },
      decisions: [],
    };
    if (open.length === 0) return empty;
    const zone = areaId ? (await this.territory.area(tx, areaId)).timeZone : 'UTC';
    // A door in no service area is for the desk to decide, unless the organisation draws no areas at all.
    const outside = areaId === null && (await this.territory.areas(tx)).length > 0;
    const pool = outside
      ? empty.pool
      : await this.pools.workers(tx, areaId ? { areaId } : {}, {
          everyArea: areaId ? [areaId] : [],
          timeZone: zone,
        });
    const asked = await this.pools.asked(
      tx,
      open.map((job) => job.id),
      new Date(tx.now.getTime() - ASK_AGAIN_SECONDS * 1_000),
    );
    const decisions = decideRound({
      jobs: await this.pools.jobs(tx, open),
      workers: pool.workers,
      names: pool.names,
      policy: matchPolicy(policy),
      notAgain: notAgain(asked),
      offerSeconds: policy.offerSeconds,
      wavesTried: wavesTried(asked),
      seed,
      now: tx.now.getTime(),
    });
    return { policy, jobs: new Map(open.map((job) => [job.id, job])), pool, decisions };
  }
}

export function notAgain(asked: Asked): Map<string, Map<string, string>> {
  return new Map(
    [...asked].map(([jobId, workers]) => [
      jobId,
      new Map(
        [...workers].flatMap(([id, { state }]) =>
          state === 'withdrawn' ? [] : [[id, `ALREADY_ASKED ${state}`]],
        ),
      ),
    ]),
  );
}

function wavesTried(asked: Asked): Map<string, number> {
  return new Map(
    [...asked].map(([jobId, workers]) => [
      jobId,
      Math.max(0, ...[...workers.values()].map(({ wave }) => wave)),
    ]),
  );
}
