import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

/** Dispatch policies with their versions, dry runs of them, and day plans. */
export class Planning1700000000008 implements MigrationInterface {
  name = 'Planning1700000000008';

  async up(q: QueryRunner): Promise<void> {
    await this.policies(q);
    await this.runs(q);
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      'DROP FUNCTION runs_to_take_up(integer)',
      'DROP TABLE day_plans, policy_dry_runs, job_searches, dispatch_policies',
      'ALTER TABLE job_evaluations DROP COLUMN decided_by',
      'ALTER TABLE dispatch_areas DROP COLUMN ran_wall_at',
    );
  }

  private async policies(q: QueryRunner): Promise<void> {
    await run(
      q,
      // Versions are only ever added: what a round decided by can always be read again.
      `CREATE TABLE dispatch_policies (
         id uuid PRIMARY KEY, org_id uuid NOT NULL, service_type_id uuid,
         version integer NOT NULL, body jsonb NOT NULL DEFAULT '{}', note text,
         created_by uuid, created_at timestamptz(3) NOT NULL)`,
      `CREATE UNIQUE INDEX dispatch_policies_version ON dispatch_policies
         (org_id, service_type_id, version) NULLS NOT DISTINCT`,
      // When the search for a worker last began: waves and answers from before it do not count.
      `CREATE TABLE job_searches (
         org_id uuid NOT NULL, job_id uuid NOT NULL, since timestamptz(3) NOT NULL, PRIMARY KEY (org_id, job_id))`,
      `ALTER TABLE job_evaluations ADD COLUMN decided_by jsonb NOT NULL DEFAULT '{}'`,
      // A business clock may stand still or run fast; a round that waits for company waits no longer than on the wall.
      `ALTER TABLE dispatch_areas ADD COLUMN ran_wall_at timestamptz(3)`,
    );
    await tenantTable(q, 'dispatch_policies', { grants: 'SELECT, INSERT' });
    await tenantTable(q, 'job_searches');
  }

  private async runs(q: QueryRunner): Promise<void> {
    const states = (list: string) => `CHECK (state IN (${list}))`;
    await run(
      q,
      `CREATE TABLE policy_dry_runs (
         id uuid PRIMARY KEY, org_id uuid NOT NULL, area_id uuid, state text NOT NULL,
         from_at timestamptz(3) NOT NULL, to_at timestamptz(3) NOT NULL,
         service_type_id uuid, body jsonb NOT NULL, result jsonb, error text,
         created_by uuid, created_at timestamptz(3) NOT NULL, finished_at timestamptz(3), beat_at timestamptz(3),
         CONSTRAINT policy_dry_runs_state ${states("'queued', 'running', 'done', 'failed'")},
         CONSTRAINT policy_dry_runs_span CHECK (from_at < to_at))`,
      `CREATE INDEX policy_dry_runs_org ON policy_dry_runs (org_id, id)`,
      `CREATE TABLE day_plans (
         id uuid PRIMARY KEY, org_id uuid NOT NULL, area_id uuid NOT NULL, date date NOT NULL,
         version integer NOT NULL DEFAULT 1, state text NOT NULL, options jsonb NOT NULL,
         start_at timestamptz(3) NOT NULL, end_at timestamptz(3) NOT NULL,
         progress jsonb, proposal jsonb, outcome jsonb, error text,
         created_by uuid, created_at timestamptz(3) NOT NULL, finished_at timestamptz(3), beat_at timestamptz(3),
         CONSTRAINT day_plans_state
           ${states("'queued', 'planning', 'proposed', 'partly_applied', 'applied', 'cancelled', 'failed'")})`,
      `CREATE INDEX day_plans_org ON day_plans (org_id, id)`,
    );
    for (const table of ['policy_dry_runs', 'day_plans']) await tenantTable(q, table);
    await run(
      q,
      // Wake-ups may be lost and processes may die: what waits, and what has not been heard of for a while.
      `CREATE FUNCTION runs_to_take_up(silent_seconds integer)
         RETURNS TABLE (kind text, org_id uuid, id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$
           SELECT 'plan', p.org_id, p.id FROM day_plans p
           WHERE p.state = 'queued' OR (p.state = 'planning' AND p.beat_at < now() - silent_seconds * interval '1 second')
           UNION ALL
           SELECT 'dry_run', r.org_id, r.id FROM policy_dry_runs r
           WHERE r.state = 'queued' OR (r.state = 'running' AND r.beat_at < now() - silent_seconds * interval '1 second')
         $$`,
    );
  }
}
