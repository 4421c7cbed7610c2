import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, areaBound, run, tenantTable } from './support.js';

/** What is personal can be taken away: texts stand beside the log, and old rows may go. */
export class Retention1796009220000 implements MigrationInterface {
  name = 'Retention1796009220000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      // Written once with its fact, which holds a seal of it; only ever deleted. Facts from before keep their texts: they
      // are chained as they are.
      `CREATE TABLE fact_texts (
         org_id uuid NOT NULL,
         fact_id uuid NOT NULL,
         subject_id uuid NOT NULL,
         job_id uuid,
         worker_id uuid,
         salt text NOT NULL,
         texts jsonb NOT NULL,
         recorded_at timestamptz(3) NOT NULL,
         PRIMARY KEY (org_id, fact_id))`,
      `CREATE INDEX fact_texts_subject ON fact_texts (org_id, subject_id)`,
      `CREATE INDEX fact_texts_job ON fact_texts (org_id, job_id)`,
      `CREATE INDEX fact_texts_age ON fact_texts (org_id, recorded_at)`,
    );
    await tenantTable(q, 'fact_texts', { grants: 'SELECT, INSERT, DELETE' });
    await areaBound(
      q,
      'fact_texts',
      `CASE WHEN job_id IS NOT NULL THEN EXISTS (SELECT 1 FROM jobs j WHERE j.id = job_id)
            WHEN worker_id IS NOT NULL THEN EXISTS (SELECT 1 FROM workers w WHERE w.id = worker_id) ELSE true END`,
      'SELECT',
    );
    await run(
      q,
      `GRANT DELETE ON job_notes, proof_items, conflicts TO ${APP_ROLE}`,
      `GRANT UPDATE (content) ON proof_items TO ${APP_ROLE}`,
      // Each organisation says itself how long these stay.
      `DROP FUNCTION forget_old_commands(timestamptz)`,
      `DROP FUNCTION forget_old_rounds(timestamptz)`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE FUNCTION forget_old_commands(before timestamptz) RETURNS bigint
         LANGUAGE sql SECURITY DEFINER SET search_path = public
         AS $$ WITH gone AS (DELETE FROM commands WHERE created_at < before RETURNING 1) SELECT count(*) FROM gone $$`,
      `CREATE FUNCTION forget_old_rounds(before timestamptz) RETURNS bigint
         LANGUAGE sql SECURITY DEFINER SET search_path = public
         AS $$ WITH gone AS (DELETE FROM dispatch_rounds WHERE at < before RETURNING 1) SELECT count(*) FROM gone $$`,
      `REVOKE DELETE ON job_notes, proof_items, conflicts FROM ${APP_ROLE}`,
      `REVOKE UPDATE (content) ON proof_items FROM ${APP_ROLE}`,
      `DROP TABLE fact_texts`,
    );
  }
}
