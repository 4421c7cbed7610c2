import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { type Job, JobFinderService } from '#job';
import { EMERGENCY_PRIORITY, NotFound } from '#kernel';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import { Assignment, HOLDING } from '../../assignments/assignment.entity.js';
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
    private readonly jobs: JobFinderService,
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
    const rows = await tx.repo(Assignment).find({
      where: { orgId: tx.orgId, workerId: In(workerIds), state: In([...HOLDING]), jobId: Not(besides) },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
    const jobs = await this.jobs.findMany(
      tx,
      rows.map(({ jobId }) => jobId),
    );
    const byWorker = new Map<string, HeldVisit[]>();
    for (const { workerId, id: assignmentId, jobId, startsAt, arrivesAt, endsAt } of rows) {
      const job = jobs.get(jobId);
      // An area manager does not see the jobs of other areas.
      if (!job) continue;
      const { state: jobState, priority, lat, lon, windowStart, windowEnd, dueAt } = job;
      const times = { startsAt, arrivesAt, endsAt, windowStart, promisedBy: windowEnd ?? dueAt };
      const visit = { assignmentId, jobId, jobState, priority, lat, lon, ...times };
      byWorker.set(workerId, [...(byWorker.get(workerId) ?? []), visit]);
    }
    return byWorker;
  }
}
