import { Injectable } from '@nestjs/common';
import type { Job } from '#job';
import type { MatchJob, MatchWorker } from '#matching';
import type { Tx } from '#platform';
import { type CandidateQuery, Workforce } from '#workforce';
import { type Held, type Past, toMatchJob, toMatchWorker } from './rules/match-input.js';

/** Who was asked for a job before, and how it ended. */
export type Asked = Map<
  string,
  Map<string, { state: 'declined' | 'expired' | 'pending' | 'withdrawn'; wave: number; at: Date }>
>;

export interface Pool {
  workers: MatchWorker[];
  names: Map<string, string>;
}

/** Reads everything the matching engine must know, a handful of statements however many jobs and workers. */
@Injectable()
export class Pools {
  constructor(private readonly workforce: Workforce) {}

  async workers(
    tx: Tx,
    query: CandidateQuery,
    { everyArea, timeZone = 'UTC' }: { everyArea: string[]; timeZone?: string },
  ): Promise<Pool> {
    const candidates = await this.workforce.candidates(tx, query);
    const ids = candidates.map((candidate) => candidate.id);
    const held = await this.held(tx, ids);
    const past = await this.past(tx, ids, timeZone);
    return {
      workers: candidates.map((c) =>
        toMatchWorker(c, {
          held: held.get(c.id) ?? [],
          past: past.get(c.id),
          everyArea,
          now: tx.now.getTime(),
        }),
      ),
      names: new Map(candidates.map(({ id, name }) => [id, name])),
    };
  }

  async jobs(tx: Tx, jobs: readonly Job[]): Promise<MatchJob[]> {
    const sites = [...new Set(jobs.flatMap((job) => job.siteId ?? []))];
    const rows = await tx.sql<{ site_id: string; worker_id: string }>(
      `SELECT site_id, worker_id FROM jobs WHERE site_id = ANY($1::uuid[]) AND worker_id IS NOT NULL
         AND state IN ('completed', 'closed') GROUP BY site_id, worker_id ORDER BY site_id, count(*) DESC`,
      [sites],
    );
    const usual = new Map<string, string[]>();
    for (const { site_id, worker_id } of rows) usual.set(site_id, [...(usual.get(site_id) ?? []), worker_id]);
    return jobs.map((job) =>
      toMatchJob(job, job.siteId ? (usual.get(job.siteId) ?? []) : [], tx.now.getTime()),
    );
  }

  /** Offers made for these jobs since each was last open to everybody. */
  async asked(tx: Tx, jobIds: readonly string[], since: Date): Promise<Asked> {
    const rows = await tx.sql<{
      job_id: string;
      worker_id: string;
      state: 'declined';
      wave: number;
      answered_at: Date | null;
    }>(
      `SELECT DISTINCT ON (job_id, worker_id) job_id, worker_id, state, wave, answered_at FROM offers
       WHERE org_id = $1 AND job_id = ANY($2::uuid[]) AND (state IN ('declined', 'pending') OR offered_at > $3)
       ORDER BY job_id, worker_id, offered_at DESC`,
      [tx.orgId, jobIds, since],
    );
    const asked: Asked = new Map();
    for (const { job_id, worker_id, state, wave, answered_at } of rows) {
      const ofJob = asked.get(job_id) ?? new Map();
      ofJob.set(worker_id, { state, wave, at: answered_at ?? tx.now });
      asked.set(job_id, ofJob);
    }
    return asked;
  }

  private async held(tx: Tx, workerIds: string[]): Promise<Map<string, Held[]>> {
    const rows = await tx.sql<Held & { workerId: string }>(
      `SELECT a.worker_id AS "workerId", a.state, a.starts_at AS "startsAt", a.ends_at AS "endsAt", j.lat, j.lon
       FROM assignments a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
       WHERE a.org_id = $1 AND a.worker_id = ANY($2::uuid[]) AND a.state IN ('proposed', 'confirmed', 'active')
       UNION ALL
       SELECT o.worker_id, 'offered', o.offered_at, o.expires_at, j.lat, j.lon
       FROM offers o JOIN jobs j ON j.org_id = o.org_id AND j.id = o.job_id
       WHERE o.org_id = $1 AND o.worker_id = ANY($2::uuid[]) AND o.state = 'pending'
       ORDER BY 3`,
      [tx.orgId, workerIds],
    );
    const byWorker = new Map<string, Held[]>();
    for (const { workerId, ...held } of rows)
      byWorker.set(workerId, [...(byWorker.get(workerId) ?? []), held]);
    return byWorker;
  }

  private async past(tx: Tx, workerIds: string[], timeZone: string): Promise<Map<string, Past>> {
    const rows = await tx.sql<{ worker_id: string; today: string; last: Date | null }>(
      `SELECT worker_id, max(created_at) AS last,
              count(*) FILTER (WHERE starts_at >= date_trunc('day', $3::timestamptz, $4)
                                 AND starts_at < date_trunc('day', $3::timestamptz, $4) + interval '1 day') AS today
       FROM assignments
       WHERE org_id = $1 AND worker_id = ANY($2::uuid[]) AND state <> 'released' AND starts_at > $3::timestamptz - interval '7 days'
       GROUP BY worker_id`,
      [tx.orgId, workerIds, tx.now, timeZone],
    );
    return new Map(rows.map(({ worker_id, today, last }) => [worker_id, { today: Number(today), last }]));
  }
}
