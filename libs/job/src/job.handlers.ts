import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deadlines, FactHandlers, inSlices, on, type Tx } from '#platform';
import { areaArchived, areaChanged, areaCreated, TerritoryService } from '#territory';
import { jobUpdated } from './job.facts.js';
import type { Job } from './lifecycle/job.entity.js';
import { JobsService } from './lifecycle/jobs.service.js';
import { type Agreed, termsOf } from './lifecycle/terms-of.js';

type Placed = Pick<Job, 'id' | 'lat' | 'lon' | 'areaId'>;
type Moved = Pick<Job, 'id' | 'lat' | 'lon' | 'areaId' | 'workerId' | 'state' | 'version'> & Agreed;

/** What happens to jobs by themselves, and when areas change. */
@Injectable()
export class JobHandlers implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly handlers: FactHandlers,
    private readonly territory: TerritoryService,
    private readonly jobs: JobsService,
  ) {}

  onModuleInit(): void {
    // The review time is over. A job that was taken back in between has unscheduled this.
    this.deadlines.on('job.close', async (jobId, tx) => {
      const job = await this.jobs.get(tx, jobId);
      if (job.state === 'completed') await this.jobs.transition(tx, { jobId, event: 'close' });
    });
    this.handlers.register({
      name: 'job.areas',
      from: 'beginning',
      on: [
        on(areaCreated, (_fact, tx) => this.followAreas(tx)),
        on(areaChanged, async ({ data }, tx) => {
          if (data.reshaped) await this.followAreas(tx);
        }),
        on(areaArchived, (_fact, tx) => this.followAreas(tx)),
      ],
    });
  }

  /** A job belongs to the area that its door is in now; work that is over stays where it was done. */
  private async followAreas(tx: Tx): Promise<void> {
    const index = await this.territory.index(tx, { hold: true });
    const jobs = await tx.sql<Placed>(
      `SELECT id, lat, lon, area_id AS "areaId" FROM jobs
       WHERE org_id = $1 AND state NOT IN ('completed', 'closed', 'cancelled') ORDER BY id FOR UPDATE`,
      [tx.orgId],
    );
    const strayed: { id: string; is: string | null }[] = [];
    await inSlices(jobs, (job) => {
      const is = index.at(job)?.id ?? null;
      if (is !== job.areaId) strayed.push({ id: job.id, is });
    });
    if (strayed.length === 0) return;
    const moved = await tx.sql<Moved>(
      `UPDATE jobs SET area_id = m.area_id, version = version + 1, updated_at = $3
       FROM unnest($1::uuid[], $2::uuid[]) AS m (job_id, area_id) WHERE id = m.job_id
       RETURNING id, lat, lon, jobs.area_id AS "areaId", worker_id AS "workerId", state, version, number, priority,
         duration_seconds AS "durationSeconds", window_start AS "windowStart", window_end AS "windowEnd", due_at AS "dueAt", channel`,
      [strayed.map(({ id }) => id), strayed.map(({ is }) => is), tx.now],
    );
    tx.record(
      ...moved.map(({ id, ...job }) =>
        jobUpdated(id, { ...job, ...termsOf(job), jobId: id, fields: ['areaId'] }),
      ),
    );
  }
}
