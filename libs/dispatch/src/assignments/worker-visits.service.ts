import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import { JobFinderService, JobsService } from '#job';
import type { Tx } from '#platform';
import { type PromisedVisit, PromisedVisitsService, type WorkerFollower } from '#workforce';
import { OffersService } from '../offers/offers.service.js';
import { Assignment, HOLDING } from './assignment.entity.js';
import { AssignmentsService } from './assignments.service.js';

/** What dispatch does in the transaction in which a worker can no longer come. */
@Injectable()
export class WorkerVisitsService implements WorkerFollower, OnModuleInit {
  constructor(
    private readonly visits: PromisedVisitsService,
    private readonly jobs: JobsService,
    private readonly finder: JobFinderService,
    private readonly assignments: AssignmentsService,
    private readonly offers: OffersService,
  ) {}

  onModuleInit(): void {
    this.visits.register(this);
  }

  async upcoming(tx: Tx, workerId: string): Promise<PromisedVisit[]> {
    const held = await tx.repo(Assignment).find({
      where: { orgId: tx.orgId, workerId, state: In([...HOLDING]) },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
    const jobs = await this.finder.findMany(
      tx,
      held.map(({ jobId }) => jobId),
    );
    return held.flatMap(({ id: assignmentId, jobId, startsAt, arrivesAt, endsAt }) => {
      const job = jobs.get(jobId);
      // An area manager does not see the jobs of other areas.
      if (!job) return [];
      const { state, skills, equipment, customerLanguage: language } = job;
      return [{ assignmentId, jobId, state, startsAt, arrivesAt, endsAt, skills, equipment, language }];
    });
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
