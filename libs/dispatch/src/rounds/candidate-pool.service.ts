import { Injectable } from '@nestjs/common';
import { type Job, JobFinderService } from '#job';
import type { MatchJob, MatchWorker } from '#matching';
import type { Tx } from '#platform';
import { type CandidateQuery, WorkforceService } from '#workforce';
import type { OfferState } from '../offers/offer.entity.js';
import { type Held, openCount, type Past, toMatchJob, toMatchWorker } from './match-input.js';

/** For each job and worker: the last offer and its outcome. */
export type OfferHistory = Map<string, Map<string, OfferOutcome>>;

export interface OfferOutcome {
  /** `released`: the worker held the job and released it, or was unassigned. */
  state: OfferState | 'released';
  at: Date;
  /** Offered since the current search began. */
  inSearch: boolean;
  /** Who released it; null for every other state. */
  by: 'worker' | 'desk' | null;
}

export interface CandidatePool {
  workers: MatchWorker[];
  names: Map<string, string>;
  /** How many jobs each holds, and how many the worker's own row allows (null = as the policy says). */
  openAssignments: Map<string, { count: number; own: number | null }>;
  /** Workers with a pending offer, and when it expires. */
  pendingOffers: Map<string, Date>;
  /** Each worker's commitments. */
  commitments: Map<string, Held[]>;
}

/** Loads everything the matching engine needs in a few statements, however many jobs and workers. */
@Injectable()
export class CandidatePoolService {
  constructor(
    private readonly workforce: WorkforceService,
    private readonly jobs: JobFinderService,
  ) {}

  /** `besides`: a job to leave out of the workers' commitments. */
  async loadWorkers(
    tx: Tx,
    query: CandidateQuery,
    {
      everyArea,
      timeZone = 'UTC',
      besides = null,
    }: { everyArea: string[]; timeZone?: string; besides?: string | null },
  ): Promise<CandidatePool> {
    const candidates = await this.workforce.candidates(tx, query);
    const ids = candidates.map((candidate) => candidate.id);
    const findCommitments = await this.held(tx, ids, besides);
    const findWorkload = await this.past(tx, ids, timeZone, besides);
    return {
      workers: candidates.map((c) =>
        toMatchWorker(c, {
          held: findCommitments.get(c.id) ?? [],
          past: findWorkload.get(c.id),
          everyArea,
          now: tx.now.getTime(),
        }),
      ),
      names: new Map(candidates.map(({ id, name }) => [id, name])),
      openAssignments: new Map(
        candidates.map(({ id, maxOpenAssignments }) => [
          id,
          { count: openCount(findCommitments.get(id) ?? [], tx.now.getTime()), own: maxOpenAssignments },
        ]),
      ),
      pendingOffers: new Map(
        [...findCommitments].flatMap(([id, claims]) =>
          claims.filter(({ state }) => state === 'offered').map(({ endsAt }) => [id, endsAt] as const),
        ),
      ),
      commitments: new Map(
        [...findCommitments].map(([id, claims]) => [id, claims.filter(({ state }) => state !== 'offered')]),
      ),
    };
  }

  async toMatchJobs(tx: Tx, jobs: readonly Job[]): Promise<MatchJob[]> {
    const sites = [...new Set(jobs.flatMap((job) => job.siteId ?? []))];
    const usual = await this.jobs.findUsualWorkers(tx, sites);
    return jobs.map((job) =>
      toMatchJob(job, job.siteId ? (usual.get(job.siteId) ?? []) : [], tx.now.getTime()),
    );
  }

  /** The last wave of each job that has been offered in waves since its search began. */
  async lastWaves(tx: Tx, jobIds: readonly string[]): Promise<Map<string, number>> {
    if (jobIds.length === 0) return new Map();
    const rows = await tx.sql<{ job_id: string; wave: number }>(
      `SELECT o.job_id, max(o.wave) AS wave FROM offers o
       LEFT JOIN job_searches s ON s.org_id = o.org_id AND s.job_id = o.job_id
       WHERE o.org_id = $1 AND o.job_id = ANY($2::uuid[]) AND o.round_id IS NOT NULL
         AND o.offered_at >= coalesce(s.since, '-infinity') GROUP BY o.job_id`,
      [tx.orgId, jobIds],
    );
    return new Map(rows.map(({ job_id, wave }) => [job_id, wave]));
  }

  /** Offers for these jobs: declined and pending ones, and all others since `since`. */
  async offerHistory(tx: Tx, jobIds: readonly string[], since: Date): Promise<OfferHistory> {
    if (jobIds.length === 0) return new Map();
    const rows = await tx.sql<{
      job_id: string;
      worker_id: string;
      state: OfferState;
      offered_at: Date;
      in_search: boolean;
    }>(
      `SELECT DISTINCT ON (o.job_id, o.worker_id) o.job_id, o.worker_id, o.state, o.offered_at,
              o.offered_at >= coalesce(s.since, '-infinity') AS in_search
       FROM offers o LEFT JOIN job_searches s ON s.org_id = o.org_id AND s.job_id = o.job_id
       WHERE o.org_id = $1 AND o.job_id = ANY($2::uuid[]) AND (o.state IN ('declined', 'pending') OR o.offered_at > $3)
       ORDER BY o.job_id, o.worker_id, o.offered_at DESC`,
      [tx.orgId, jobIds, since],
    );
    const asked: OfferHistory = new Map();
    for (const { job_id, worker_id, state, offered_at, in_search } of rows) {
      const ofJob = asked.get(job_id) ?? new Map();
      ofJob.set(worker_id, { state, at: offered_at, inSearch: in_search, by: null });
      asked.set(job_id, ofJob);
    }
    for (const { job_id, worker_id, by, at } of await this.findReleased(tx, jobIds)) {
      const ofJob = asked.get(job_id) ?? new Map();
      const answer = ofJob.get(worker_id);
      // A decline is final; a pending offer supersedes an earlier release.
      if (answer?.state !== 'declined' && answer?.state !== 'pending')
        ofJob.set(worker_id, { state: 'released', at, inSearch: false, by });
      asked.set(job_id, ofJob);
    }
    return asked;
  }

  /** Workers who held these jobs and released them or were unassigned: the last time for each. */
  private findReleased(tx: Tx, jobIds: readonly string[]) {
    return tx.sql<{ job_id: string; worker_id: string; by: 'worker' | 'desk'; at: Date }>(
      `SELECT DISTINCT ON (job_id, worker_id) job_id, worker_id, released_by AS by, updated_at AS at FROM assignments
       WHERE org_id = $1 AND job_id = ANY($2::uuid[]) AND state = 'released' AND released_by IN ('worker', 'desk')
       ORDER BY job_id, worker_id, released_by = 'worker' DESC, updated_at DESC`,
      [tx.orgId, jobIds],
    );
  }

  private async held(tx: Tx, workerIds: string[], besides: string | null): Promise<Map<string, Held[]>> {
    const rows = await tx.sql<Omit<Held, 'lat' | 'lon'> & { workerId: string }>(
      `SELECT worker_id AS "workerId", job_id AS "jobId", state, source, starts_at AS "startsAt",
              arrives_at AS "arrivesAt", ends_at AS "endsAt"
       FROM assignments
       WHERE org_id = $1 AND worker_id = ANY($2::uuid[]) AND state IN ('proposed', 'confirmed', 'active')
         AND job_id IS DISTINCT FROM $3
       UNION ALL
       SELECT worker_id, job_id, 'offered', NULL, offered_at, offered_at, expires_at
       FROM offers
       WHERE org_id = $1 AND worker_id = ANY($2::uuid[]) AND state = 'pending' AND job_id IS DISTINCT FROM $3
       ORDER BY 5`,
      [tx.orgId, workerIds, besides],
    );
    const doors = await this.jobs.findDoors(
      tx,
      rows.map(({ jobId }) => jobId),
    );
    const byWorker = new Map<string, Held[]>();
    for (const { workerId, ...held } of rows) {
      const door = doors.get(held.jobId);
      // An area manager does not see the jobs of other areas.
      if (door) byWorker.set(workerId, [...(byWorker.get(workerId) ?? []), { ...held, ...door }]);
    }
    return byWorker;
  }

  private async past(
    tx: Tx,
    workerIds: string[],
    timeZone: string,
    besides: string | null,
  ): Promise<Map<string, Past>> {
    const rows = await tx.sql<{ worker_id: string; today: string; last: Date | null }>(
      `SELECT worker_id, max(created_at) AS last,
              count(*) FILTER (WHERE starts_at >= date_trunc('day', $3::timestamptz, $4)
                                 AND starts_at < date_trunc('day', $3::timestamptz, $4) + interval '1 day') AS today
       FROM assignments
       WHERE org_id = $1 AND worker_id = ANY($2::uuid[]) AND state <> 'released' AND starts_at > $3::timestamptz - interval '7 days'
         AND job_id IS DISTINCT FROM $5
       GROUP BY worker_id`,
      [tx.orgId, workerIds, tx.now, timeZone, besides],
    );
    return new Map(rows.map(({ worker_id, today, last }) => [worker_id, { today: Number(today), last }]));
  }
}
