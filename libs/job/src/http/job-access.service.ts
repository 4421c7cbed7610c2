import { Injectable } from '@nestjs/common';
import { authorize } from '#identity';
import type { Principal, Tx } from '#platform';
import type { Job } from '../lifecycle/job.entity.js';
import { JobsService } from '../lifecycle/jobs.service.js';

/** The one way from a caller and an id to a job. */
@Injectable()
export class JobAccessService {
  constructor(private readonly jobs: JobsService) {}

  /** @throws NotFound for what the caller may not see; Forbidden for what they see but may not do. */
  async job(tx: Tx, caller: Principal, id: string, action = 'read'): Promise<Job> {
    const job = await this.jobs.get(tx, id);
    authorize(caller, action, 'Job', job);
    return job;
  }
}
