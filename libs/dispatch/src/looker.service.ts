import { Injectable } from '@nestjs/common';
import { type Job, Jobs } from '#job';
import type { Tx } from '#platform';
import { Territory } from '#territory';
import { DispatchPolicies, type PolicyBook } from './policy/policy-book.service.js';
import { type Answer, type Asked, type Pool, Pools } from './pool.service.js';
import { decideRound, type JobDecision } from './rules/decide-round.js';
import { type EffectivePolicy, policyKey } from './rules/effective-policy.js';
import { NOWHERE } from './wakes.service.js';

/** What a round decided for one job, and by which policy. */
export interface Decision extends JobDecision {
  policy: EffectivePolicy;
}

/** Result of a round before anything is written. */
export interface Look {
  jobs: Map<string, Job>;
  pool: Pool;
  decisions: Decision[];
}

interface Group {
  policy: EffectivePolicy;
  jobs: Job[];
}

/** For jobs outside all areas: rounds consider nobody. */
export const NOBODY: Pool = {
  workers: [],
  names: new Map(),
  open: new Map(),
  asking: new Map(),
  promised: new Map(),
};

/** Loads an area's open jobs and workers, and calls the engine. Reads only. */
@Injectable()
export class Looker {
  constructor(
    private readonly policies: DispatchPolicies,
    private readonly territory: Territory,
    private readonly jobs: Jobs,
    private readonly pools: Pools,
  ) {}

  /** The jobs of one batch, by id; jobs assigned meanwhile are left out. */
  async look(tx: Tx, areaKey: string, jobIds: readonly string[], seed: number): Promise<Look> {
    const areaId = areaKey === NOWHERE ? null : areaKey;
    const open = await this.jobs.open(tx, jobIds);
    if (open.length === 0) return { jobs: new Map(), pool: NOBODY, decisions: [] };
    const pool = await this.pool(tx, areaId);
    const ids = open.map((job) => job.id);
    const asked = await this.pools.asked(tx, ids, new Date(0));
    const wavesTried = await this.pools.waves(tx, ids);
    const taken = new Set<string>();
    const decisions: Decision[] = [];
    // Policy groups choose in order of their most urgent job.
    for (const { policy, jobs } of groups(open, await this.policies.book(tx))) {
      const decided = decideRound({
        jobs: await this.pools.jobs(tx, jobs),
        workers: pool.workers,
        names: pool.names,
        policy: policy.match,
        notAgain: passedOver({ jobs, asked, pool, policy, now: tx.now }),
        offerSeconds: policy.offerSeconds,
        wavesTried,
        taken: new Set(taken),
        seed: (seed + decisions.length) | 0,
        now: tx.now.getTime(),
      });
      for (const { choices } of decided) for (const { workerId } of choices) taken.add(workerId);
      decisions.push(...decided.map((decision) => ({ ...decision, policy })));
    }
    return { jobs: new Map(open.map((job) => [job.id, job])), pool, decisions };
  }

  private async pool(tx: Tx, areaId: string | null): Promise<Pool> {
    const zone = areaId ? (await this.territory.area(tx, areaId)).timeZone : 'UTC';
    // Jobs outside all service areas are assigned manually, unless the organisation has no areas at all.
    if (areaId === null && (await this.territory.areaNames(tx)).length > 0) return NOBODY;
    return this.pools.workers(tx, areaId ? { areaId } : {}, {
      everyArea: areaId ? [areaId] : [],
      timeZone: zone,
    });
  }
}

/** Jobs that are decided alike, together; the order of the jobs is kept. */
function groups(open: readonly Job[], book: PolicyBook): Group[] {
  const byKey = new Map<string, Group>();
  for (const job of open) {
    const policy = book.of(job.serviceTypeId);
    const key = policyKey(policy);
    const group = byKey.get(key) ?? { policy, jobs: [] };
    group.jobs.push(job);
    byKey.set(key, group);
  }
  return [...byKey.values()];
}

/** Workers who must not be asked now: because of an earlier answer, a pending offer, or their job limit. */
function passedOver(at: {
  jobs: readonly Job[];
  asked: Asked;
  pool: Pool;
  policy: EffectivePolicy;
  now: Date;
}): Map<string, Map<string, string>> {
  const { jobs, asked, pool, policy, now } = at;
  const { maxOpenAssignments, askAgainSeconds, askAgainAfterReleaseSeconds, match } = policy;
  const lately = now.getTime() - askAgainSeconds * 1_000;
  const released = now.getTime() - askAgainAfterReleaseSeconds * 1_000;
  // Waves ask nobody twice.
  const waves = match.mode === 'waves';
  const recent = notAgain(asked, ({ state, at, inSearch }) =>
    state === 'released' ? at.getTime() > released : at.getTime() > lately || (waves && inSearch),
  );
  const notNow = askedElsewhere(pool, now);
  if (match.forwardDispatch)
    for (const [id, { count, own }] of pool.open) {
      const limit = Math.min(maxOpenAssignments, own ?? maxOpenAssignments);
      if (count >= limit) notNow.set(id, `HOLDS_ENOUGH ${count} >= ${limit} jobs`);
    }
  return new Map(jobs.map(({ id }) => [id, new Map([...notNow, ...(recent.get(id) ?? [])])]));
}

/** A worker has one offer at a time; for each worker, how long the pending one stays open. */
export function askedElsewhere({ asking }: Pool, now: Date): Map<string, string> {
  return new Map(
    [...asking].map(([id, until]) => {
      const seconds = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1_000));
      return [id, `HAS_OFFER ${seconds} s left`];
    }),
  );
}

/** For each job and worker, why it must not be offered again. Declined, released and pending offers always block; other answers
 * block only while `still` returns true. */
export function notAgain(
  asked: Asked,
  still: (answer: Answer) => boolean = () => true,
): Map<string, Map<string, string>> {
  return new Map(
    [...asked].map(([jobId, workers]) => [
      jobId,
      new Map([...workers].flatMap(([id, answer]) => (blocks(answer, still) ? [[id, whyNot(answer)]] : []))),
    ]),
  );
}

function blocks(answer: Answer, still: (answer: Answer) => boolean): boolean {
  if (answer.state === 'withdrawn') return false;
  return isRefusal(answer) || answer.state === 'pending' || still(answer);
}

/** The worker said no to this job, before or after taking it. */
export const isRefusal = ({ state, by }: Answer): boolean => state === 'declined' || by === 'worker';

const whyNot = ({ state, by, at }: Answer): string =>
  state === 'released' ? `RELEASED_BY ${by} ${at.toISOString()}` : `ALREADY_ASKED ${state}`;
