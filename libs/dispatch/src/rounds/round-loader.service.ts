import { Injectable } from '@nestjs/common';
import { type Job, JobFinderService } from '#job';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import { DispatchPoliciesService, type PolicySet } from '../policies/dispatch-policies.service.js';
import { type EffectivePolicy, policyKey } from '../policies/effective-policy.js';
import {
  type CandidatePool,
  CandidatePoolService,
  type OfferHistory,
  type OfferOutcome,
} from './candidate-pool.service.js';
import { decideRound, type JobDecision } from './decide-round.js';
import { NO_AREA } from './round-requests.service.js';

/** What a round decided for one job, and by which policy. */
export interface Decision extends JobDecision {
  policy: EffectivePolicy;
}

/** Result of a round before anything is written. */
export interface LoadedRound {
  jobs: Map<string, Job>;
  pool: CandidatePool;
  decisions: Decision[];
}

interface PolicyGroup {
  policy: EffectivePolicy;
  jobs: Job[];
}

/** For jobs outside all areas: rounds consider nobody. */
export const EMPTY_POOL: CandidatePool = {
  workers: [],
  names: new Map(),
  openAssignments: new Map(),
  pendingOffers: new Map(),
  commitments: new Map(),
};

/** Loads an area's open jobs and workers, and calls the engine. Reads only. */
@Injectable()
export class RoundLoaderService {
  constructor(
    private readonly policies: DispatchPoliciesService,
    private readonly territory: TerritoryService,
    private readonly jobs: JobFinderService,
    private readonly candidatePool: CandidatePoolService,
  ) {}

  /** The jobs of one batch, by id; jobs assigned meanwhile are left out. */
  async load(tx: Tx, areaKey: string, jobIds: readonly string[], seed: number): Promise<LoadedRound> {
    const areaId = areaKey === NO_AREA ? null : areaKey;
    const open = await this.jobs.findOpen(tx, jobIds);
    if (open.length === 0) return { jobs: new Map(), pool: EMPTY_POOL, decisions: [] };
    const pool = await this.pool(tx, areaId);
    // A job that was never offered nor assigned is as it was created.
    const tried = open.filter(({ version }) => version > 1).map((job) => job.id);
    const asked = await this.candidatePool.offerHistory(tx, tried, new Date(0));
    const wavesTried = await this.candidatePool.lastWaves(tx, tried);
    const taken = new Set<string>();
    const decisions: Decision[] = [];
    // Policy groups choose in order of their most urgent job.
    for (const { policy, jobs } of groupByPolicy(open, await this.policies.getSet(tx))) {
      const decided = decideRound({
        jobs: await this.candidatePool.toMatchJobs(tx, jobs),
        workers: pool.workers,
        names: pool.names,
        policy: policy.match,
        alreadyAsked: excludedWorkers({ jobs, asked, pool, policy, now: tx.now }),
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

  private async pool(tx: Tx, areaId: string | null): Promise<CandidatePool> {
    const zone = areaId ? (await this.territory.area(tx, areaId)).timeZone : 'UTC';
    // Jobs outside all service areas are assigned manually, unless the organisation has no areas at all.
    if (areaId === null && (await this.territory.areaNames(tx)).length > 0) return EMPTY_POOL;
    return this.candidatePool.loadWorkers(tx, areaId ? { areaId } : {}, {
      everyArea: areaId ? [areaId] : [],
      timeZone: zone,
    });
  }
}

/** Jobs that are decided alike, together; the order of the jobs is kept. */
function groupByPolicy(open: readonly Job[], book: PolicySet): PolicyGroup[] {
  const byKey = new Map<string, PolicyGroup>();
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
function excludedWorkers(at: {
  jobs: readonly Job[];
  asked: OfferHistory;
  pool: CandidatePool;
  policy: EffectivePolicy;
  now: Date;
}): Map<string, Map<string, string>> {
  const { jobs, asked, pool, policy, now } = at;
  const { maxOpenAssignments, askAgainSeconds, askAgainAfterReleaseSeconds, match } = policy;
  const lately = now.getTime() - askAgainSeconds * 1_000;
  const released = now.getTime() - askAgainAfterReleaseSeconds * 1_000;
  // Waves ask nobody twice.
  const waves = match.mode === 'waves';
  const recent = alreadyAsked(asked, ({ state, at, inSearch }) =>
    state === 'released' ? at.getTime() > released : at.getTime() > lately || (waves && inSearch),
  );
  const notNow = withPendingOffer(pool, now);
  if (match.forwardDispatch)
    for (const [id, { count, own }] of pool.openAssignments) {
      const limit = Math.min(maxOpenAssignments, own ?? maxOpenAssignments);
      if (count >= limit) notNow.set(id, `HOLDS_ENOUGH ${count} >= ${limit} jobs`);
    }
  return new Map(jobs.map(({ id }) => [id, new Map([...notNow, ...(recent.get(id) ?? [])])]));
}

/** A worker has one offer at a time; for each worker, how long the pending one stays open. */
export function withPendingOffer({ pendingOffers: asking }: CandidatePool, now: Date): Map<string, string> {
  return new Map(
    [...asking].map(([id, until]) => {
      const seconds = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1_000));
      return [id, `HAS_OFFER ${seconds} s left`];
    }),
  );
}

/** For each job and worker, why it must not be offered again. Declined, released and pending offers always block; other answers
 * block only while `still` returns true. */
export function alreadyAsked(
  asked: OfferHistory,
  still: (answer: OfferOutcome) => boolean = () => true,
): Map<string, Map<string, string>> {
  return new Map(
    [...asked].map(([jobId, workers]) => [
      jobId,
      new Map(
        [...workers].flatMap(([id, answer]) =>
          blocks(answer, still) ? [[id, describeOutcome(answer)]] : [],
        ),
      ),
    ]),
  );
}

function blocks(answer: OfferOutcome, still: (answer: OfferOutcome) => boolean): boolean {
  if (answer.state === 'withdrawn') return false;
  return isRefusal(answer) || answer.state === 'pending' || still(answer);
}

/** The worker said no to this job, before or after taking it. */
export const isRefusal = ({ state, by }: OfferOutcome): boolean => state === 'declined' || by === 'worker';

const describeOutcome = ({ state, by, at }: OfferOutcome): string =>
  state === 'released' ? `RELEASED_BY ${by} ${at.toISOString()}` : `ALREADY_ASKED ${state}`;
