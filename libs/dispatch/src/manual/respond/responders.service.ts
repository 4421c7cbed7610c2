import { Injectable } from '@nestjs/common';
import type { Job } from '#job';
import { EMERGENCY_PRIORITY, NotFound } from '#kernel';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import { DispatchPoliciesService } from '../../policies/dispatch-policies.service.js';
import { CandidatePoolService } from '../../rounds/candidate-pool.service.js';
import { type HeldVisit, planResponse, presentVisit, type Response } from './plan-response.js';

/** One row of the table: one worker, with or without leaving what is under way. */
export interface Responder extends Response {
  workerId: string;
  name: string;
  status: string;
  interrupt: boolean;
}

const MAX_RESPONDERS = 200;

/** Who could be at a door soonest, and what each would leave or push back for it. Reads only. */
@Injectable()
export class RespondersService {
  constructor(
    private readonly policies: DispatchPoliciesService,
    private readonly territory: TerritoryService,
    private readonly candidatePool: CandidatePoolService,
  ) {}

  /** Everybody on duty, the earliest arrival first. Whoever is refused, or nobody knows where they are, comes last. */
  async list(tx: Tx, job: Job): Promise<Responder[]> {
    const rows = await this.judge(tx, job);
    const far = (row: Responder) => Number(row.refusals.length > 0 || row.travelSeconds === null);
    rows.sort(
      (a, b) =>
        far(a) - far(b) ||
        a.arrivesAt.getTime() - b.arrivesAt.getTime() ||
        Number(a.interrupt) - Number(b.interrupt) ||
        (a.workerId < b.workerId ? -1 : 1),
    );
    return rows.slice(0, MAX_RESPONDERS);
  }

  /** @throws NotFound */
  async get(tx: Tx, job: Job, workerId: string, interrupt: boolean): Promise<Responder> {
    const rows = await this.judge(tx, job, workerId);
    const row = rows.find((one) => one.interrupt === interrupt) ?? rows[0];
    if (!row) throw new NotFound('worker');
    return row;
  }

  private async judge(tx: Tx, job: Job, workerId?: string): Promise<Responder[]> {
    const policy = (await this.policies.getSet(tx)).of(job.serviceTypeId).match;
    const timeZone = job.areaId ? (await this.territory.area(tx, job.areaId)).timeZone : 'UTC';
    const pool = await this.candidatePool.loadWorkers(
      tx,
      workerId ? { workerIds: [workerId], statuses: 'any' } : {},
      {
        everyArea: job.areaId ? [job.areaId] : [],
        timeZone,
        besides: job.id,
      },
    );
    const [matchJob] = await this.candidatePool.toMatchJobs(tx, [job]);
    const findHeldVisits = await this.held(
      tx,
      pool.workers.map(({ id }) => id),
      job.id,
    );
    return pool.workers.flatMap((worker) => {
      const visits = findHeldVisits.get(worker.id) ?? [];
      const mayInterrupt = job.priority >= EMERGENCY_PRIORITY && presentVisit(visits) !== null;
      return (mayInterrupt ? [false, true] : [false]).map((interrupt) => ({
        workerId: worker.id,
        name: pool.names.get(worker.id) ?? '',
        status: worker.status,
        interrupt,
        ...planResponse({
          job: matchJob!,
          worker,
          held: visits,
          interrupt,
          policy,
          now: tx.now.getTime(),
        }),
      }));
    });
  }

  private async held(tx: Tx, workerIds: string[], besides: string): Promise<Map<string, HeldVisit[]>> {
    const rows = await tx.sql<HeldVisit & { workerId: string }>(
      `SELECT a.worker_id AS "workerId", a.id AS "assignmentId", a.job_id AS "jobId", a.starts_at AS "startsAt",
              a.arrives_at AS "arrivesAt", a.ends_at AS "endsAt", j.state AS "jobState", j.priority, j.lat, j.lon,
              j.window_start AS "windowStart", coalesce(j.window_end, j.due_at) AS "promisedBy"
       FROM assignments a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
       WHERE a.org_id = $1 AND a.worker_id = ANY($2::uuid[]) AND a.state IN ('proposed', 'confirmed', 'active')
         AND a.job_id <> $3
       ORDER BY a.starts_at, a.id`,
      [tx.orgId, workerIds, besides],
    );
    const byWorker = new Map<string, HeldVisit[]>();
    for (const { workerId, ...visit } of rows)
      byWorker.set(workerId, [...(byWorker.get(workerId) ?? []), visit]);
    return byWorker;
  }
}
