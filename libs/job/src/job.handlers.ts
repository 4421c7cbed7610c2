import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deadlines } from '#platform';
import { Jobs } from './jobs.service.js';

/** What happens to jobs by themselves. */
@Injectable()
export class JobHandlers implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    // The review time is over. A job that was taken back in between has unscheduled this.
    this.deadlines.on('job.close', async (jobId, tx) => {
      const job = await this.jobs.get(tx, jobId);
      if (job.state === 'completed') await this.jobs.transition(tx, { jobId, event: 'close' });
    });
  }
}
