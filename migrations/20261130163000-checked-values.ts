import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const MONEY = ['price_minor', 'pay_minor'];
const RUNS = ['day_plans', 'policy_dry_runs'];

/** The runs that wait, and those whose process has not been heard of for a while. */
const overdueRuns = (heartbeat: string) =>
  `CREATE FUNCTION runs_to_take_up(silent_seconds integer)
     RETURNS TABLE (kind text, org_id uuid, id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
     AS $$
       SELECT 'plan', p.org_id, p.id FROM day_plans p
       WHERE p.state = 'queued'
          OR (p.state = 'planning' AND p.${heartbeat} < now() - silent_seconds * interval '1 second')
       UNION ALL
       SELECT 'dry_run', r.org_id, r.id FROM policy_dry_runs r
       WHERE r.state = 'queued'
          OR (r.state = 'running' AND r.${heartbeat} < now() - silent_seconds * interval '1 second')
     $$`;

/**
 * Values that only the code knew are checked by the database too; amounts of money are bigint; a run's sign of life is its
 * heartbeat; the scope of API keys for service types is called as their library, `catalogue`.
 */
export class CheckedValues1796056200000 implements MigrationInterface {
  name = 'CheckedValues1796056200000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `ALTER TABLE assignments ADD CONSTRAINT assignments_source CHECK (source IN ('offer', 'desk', 'plan'))`,
      `ALTER TABLE users ADD CONSTRAINT users_role CHECK (role IN
         ('admin', 'dispatcher', 'worker', 'inspector', 'quality_manager', 'area_manager', 'customer', 'auditor'))`,
      ...MONEY.map((column) => `ALTER TABLE service_types ALTER COLUMN ${column} TYPE bigint`),
      `DROP FUNCTION runs_to_take_up(integer)`,
      ...RUNS.map((table) => `ALTER TABLE ${table} RENAME COLUMN beat_at TO heartbeat_at`),
      overdueRuns('heartbeat_at'),
      ...['read', 'write'].map(
        (verb) =>
          `UPDATE api_keys SET scopes = array_replace(scopes, 'booking:${verb}', 'catalogue:${verb}')`,
      ),
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      ...['read', 'write'].map(
        (verb) =>
          `UPDATE api_keys SET scopes = array_replace(scopes, 'catalogue:${verb}', 'booking:${verb}')`,
      ),
      `DROP FUNCTION runs_to_take_up(integer)`,
      ...RUNS.map((table) => `ALTER TABLE ${table} RENAME COLUMN heartbeat_at TO beat_at`),
      overdueRuns('beat_at'),
      ...MONEY.map((column) => `ALTER TABLE service_types ALTER COLUMN ${column} TYPE integer`),
      `ALTER TABLE users DROP CONSTRAINT users_role`,
      `ALTER TABLE assignments DROP CONSTRAINT assignments_source`,
    );
  }
}
