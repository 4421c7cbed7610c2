import type { MigrationInterface, QueryRunner } from 'typeorm';
import { areaBound, run } from './support.js';

const OF_JOB = 'EXISTS (SELECT 1 FROM jobs j WHERE j.id = job_id)';

/** What phones record may be about anything that a stage names; until now it was about jobs. */
export class OfflineSubjects1796076600000 implements MigrationInterface {
  name = 'OfflineSubjects1796076600000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP POLICY areas ON conflicts`,
      `DROP INDEX conflicts_open`,
      `ALTER TABLE conflicts RENAME COLUMN job_id TO subject_id`,
      `ALTER TABLE conflicts RENAME COLUMN job_state TO subject_state`,
      `ALTER TABLE conflicts RENAME COLUMN job_version TO subject_version`,
      `ALTER TABLE conflicts ALTER COLUMN worker_id DROP NOT NULL, ADD COLUMN area_id uuid,
         ADD COLUMN subject_type text NOT NULL DEFAULT 'job'`,
      `ALTER TABLE conflicts ALTER COLUMN subject_type DROP DEFAULT`,
      `CREATE INDEX conflicts_open ON conflicts (org_id, subject_id, user_id) WHERE status = 'open'`,
    );
    // A job may have moved to another area since; of other subjects the area is that in which it was parked.
    await areaBound(
      q,
      'conflicts',
      `(CASE subject_type WHEN 'job' THEN EXISTS (SELECT 1 FROM jobs j WHERE j.id = subject_id)
         ELSE area_id = ANY ((SELECT app_areas())::uuid[]) END)`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP POLICY areas ON conflicts`,
      `DROP INDEX conflicts_open`,
      `DELETE FROM conflicts WHERE subject_type <> 'job'`,
      `ALTER TABLE conflicts DROP COLUMN subject_type, DROP COLUMN area_id, ALTER COLUMN worker_id SET NOT NULL`,
      `ALTER TABLE conflicts RENAME COLUMN subject_id TO job_id`,
      `ALTER TABLE conflicts RENAME COLUMN subject_state TO job_state`,
      `ALTER TABLE conflicts RENAME COLUMN subject_version TO job_version`,
      `CREATE INDEX conflicts_open ON conflicts (org_id, job_id, user_id) WHERE status = 'open'`,
    );
    await areaBound(q, 'conflicts', OF_JOB);
  }
}
