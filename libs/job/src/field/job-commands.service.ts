import { Injectable } from '@nestjs/common';
import { Forbidden } from '#kernel';
import type { Principal, Tx } from '#platform';
import { JobAccessService } from '../http/job-access.service.js';
import type { Job } from '../lifecycle/job.entity.js';
import { type JobEvent, mayFire } from '../lifecycle/job-states.js';
import { JobsService } from '../lifecycle/jobs.service.js';
import { JobArrivalService } from './job-arrival.service.js';

export interface VerbCommand {
  event: JobEvent;
  jobId: string;
  expectedVersion?: number;
  reason?: string;
  note?: string;
  occurredAt?: Date;
  /** The scanned tag of the door, for `arrive`. */
  tag?: string;
  data?: Record<string, unknown>;
}

/** The verbs that people say: who may, then the table. */
@Injectable()
export class JobCommandsService {
  constructor(
    private readonly access: JobAccessService,
    private readonly jobs: JobsService,
    private readonly arrival: JobArrivalService,
  ) {}

  /** @throws NotFound, Forbidden, Invalid, Conflict as `Jobs.transition` */
  async fire(tx: Tx, caller: Principal, command: VerbCommand): Promise<Job> {
    const { event, jobId, expectedVersion, reason, note, occurredAt, tag, data } = command;
    await this.access.job(tx, caller, jobId, event);
    if (!mayFire(caller.role, event)) throw new Forbidden();
    return this.jobs.transition(tx, {
      jobId,
      event,
      expectedVersion,
      reason,
      occurredAt,
      ...(event === 'arrive' ? { arrival: this.arrival.evidence(tx, tag) } : {}),
      data: { ...data, ...(note ? { note } : {}) },
    });
  }
}
