import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsService } from '#job';
import type { Tx } from '#platform';
import { type PromisedVisit, PromisedVisitsService, type WorkerFollower } from '#workforce';
import { OffersService } from '../offers/offers.service.js';
import { AssignmentsService } from './assignments.service.js';

/** What dispatch does in the transaction in which a worker can no longer come. */
@Injectable()
export class WorkerVisitsService implements WorkerFollower, OnModuleInit {
  constructor(
    private readonly visits: PromisedVisitsService,
    private readonly jobs: JobsService,
    private readonly assignments: AssignmentsService,
    private readonly offers: OffersService,
  ) {}

  onModuleInit(): void {
    this.visits.register(this);
  }

  upcoming(tx: Tx, workerId: string): Promise<PromisedVisit[]> {
    return tx.sql<PromisedVisit>(
      `SELECT a.id AS "assignmentId", a.job_id AS "jobId", j.state, a.starts_at AS "startsAt", a.arrives_at AS "arrivesAt",
              a.ends_at AS "endsAt", j.skills, j.equipment, j.customer_language AS language
       FROM assignments a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
       WHERE a.org_id = $1 AND a.worker_id = $2 AND a.state IN ('proposed', 'confirmed', 'active')
       ORDER BY a.starts_at, a.id`,
      [tx.orgId, workerId],
    );
  }

  async release(tx: Tx, workerId: string, visits: readonly PromisedVisit[], reason: string): Promise<void> {
    for (const jobId of visits.map((visit) => visit.jobId).sort())
      await this.jobs.transition(tx, { jobId, event: 'release', reason });
    if (visits.length > 0) await this.assignments.syncWorkerStatus(tx, workerId);
  }

  withdrawOffers(tx: Tx, workerId: string, reason: string): Promise<void> {
    return this.offers.withdrawFrom(tx, workerId, reason);
  }
}
