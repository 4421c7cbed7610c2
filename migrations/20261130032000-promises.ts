import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Promises that cannot outlive what they were made for, and rounds that take all that is due. */
export class Promises1796008800000 implements MigrationInterface {
  name = 'Promises1796008800000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      // Which job the worker was asked about; null for offers of before.
      'ALTER TABLE offers ADD COLUMN job_version integer',
      // A worker who gave a job back is not asked for it as one is from whom the desk took it.
      `ALTER TABLE assignments ADD COLUMN released_by text,
         ADD CONSTRAINT assignments_released_by CHECK (released_by IN ('worker', 'desk', 'system'))`,
      'CREATE INDEX assignments_job ON assignments (org_id, job_id)',
      // What a round takes, by the time from which on it can be done.
      `CREATE INDEX jobs_due ON jobs (org_id, area_id, (coalesce(window_start, created_at))) WHERE state = 'unassigned'`,
      // Where a round that could not take all went on next, and how many it left.
      `ALTER TABLE dispatch_areas ADD COLUMN next_from integer NOT NULL DEFAULT 0,
         ADD COLUMN left_out integer NOT NULL DEFAULT 0, ADD COLUMN left_since timestamptz(3)`,
      // Assignments followed their jobs by facts: those that were left behind are ended once.
      `UPDATE assignments a
         SET state = CASE WHEN j.state IN ('completed', 'closed', 'failed') AND j.worker_id = a.worker_id THEN 'done' ELSE 'released' END,
             updated_at = now()
       FROM jobs j WHERE j.org_id = a.org_id AND j.id = a.job_id AND a.state IN ('proposed', 'confirmed', 'active')
         AND NOT (j.state IN ('assigned', 'en_route', 'arrived', 'in_progress', 'paused') AND j.worker_id = a.worker_id)`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      'ALTER TABLE dispatch_areas DROP COLUMN next_from, DROP COLUMN left_out, DROP COLUMN left_since',
      'DROP INDEX jobs_due, assignments_job',
      'ALTER TABLE assignments DROP COLUMN released_by',
      'ALTER TABLE offers DROP COLUMN job_version',
    );
  }
}
