import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

const header = `LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public`;

/** The tables whose rows were runs themselves: by kind, and what their state is called while somebody works on them. */
const EARLIER = [
  { table: 'day_plans', kind: 'day_plan', running: 'planning' },
  { table: 'policy_dry_runs', kind: 'policy_dry_run', running: 'running' },
];

/** Long work is kept in one table, whatever it is about. */
export class BackgroundRuns1796079660000 implements MigrationInterface {
  name = 'BackgroundRuns1796079660000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE background_runs (
         org_id uuid NOT NULL, id uuid NOT NULL, kind text NOT NULL, subject_id uuid NOT NULL,
         state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
         attempts integer NOT NULL DEFAULT 0, heartbeat_at timestamptz(3), taken_at timestamptz(3),
         progress jsonb, error jsonb, created_by uuid, created_at timestamptz(3) NOT NULL, finished_at timestamptz(3),
         PRIMARY KEY (org_id, id))`,
      `CREATE UNIQUE INDEX background_runs_open ON background_runs (kind, org_id, subject_id)
         WHERE state IN ('queued', 'running')`,
      `CREATE INDEX background_runs_taken ON background_runs (kind, org_id, taken_at)`,
      ...EARLIER.map(
        ({ table, kind, running }) =>
          `INSERT INTO background_runs (org_id, id, kind, subject_id, state, heartbeat_at, created_by, created_at)
           SELECT org_id, id, '${kind}', id, CASE state WHEN 'queued' THEN 'queued' ELSE 'running' END, heartbeat_at, created_by, created_at
           FROM ${table} WHERE state IN ('queued', '${running}')`,
      ),
      `DROP FUNCTION runs_to_take_up(integer)`,
      ...EARLIER.map(({ table }) => `ALTER TABLE ${table} DROP COLUMN heartbeat_at`),
      // Of each organisation the oldest that waits or whose process is silent; first of the one that was served longest ago.
      `CREATE FUNCTION runs_to_take_up(wanted text, silent_seconds integer, most integer)
         RETURNS TABLE (org_id uuid, id uuid) ${header}
         AS $$
           SELECT w.org_id, w.id FROM (
             SELECT DISTINCT ON (r.org_id) r.org_id, r.id FROM background_runs r
             WHERE r.kind = wanted AND r.state IN ('queued', 'running')
               AND (r.state = 'queued' OR r.heartbeat_at < now() - silent_seconds * interval '1 second')
             ORDER BY r.org_id, r.id) w
           ORDER BY (SELECT max(s.taken_at) FROM background_runs s WHERE s.kind = wanted AND s.org_id = w.org_id)
             NULLS FIRST, w.id LIMIT most
         $$`,
      `CREATE FUNCTION open_runs() RETURNS TABLE (kind text, n bigint) ${header}
         AS $$ SELECT r.kind, count(*) FROM background_runs r WHERE r.state IN ('queued', 'running') GROUP BY r.kind $$`,
    );
    await tenantTable(q, 'background_runs');
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION open_runs()`,
      `DROP FUNCTION runs_to_take_up(text, integer, integer)`,
      ...EARLIER.flatMap(({ table, kind }) => [
        `ALTER TABLE ${table} ADD COLUMN heartbeat_at timestamptz(3)`,
        `UPDATE ${table} t SET heartbeat_at = r.heartbeat_at FROM background_runs r
         WHERE r.org_id = t.org_id AND r.subject_id = t.id AND r.kind = '${kind}' AND r.state = 'running'`,
      ]),
      `DROP TABLE background_runs`,
      `CREATE FUNCTION runs_to_take_up(silent_seconds integer) RETURNS TABLE (kind text, org_id uuid, id uuid) ${header}
         AS $$
           SELECT 'plan', p.org_id, p.id FROM day_plans p
           WHERE p.state = 'queued'
              OR (p.state = 'planning' AND p.heartbeat_at < now() - silent_seconds * interval '1 second')
           UNION ALL
           SELECT 'dry_run', r.org_id, r.id FROM policy_dry_runs r
           WHERE r.state = 'queued'
              OR (r.state = 'running' AND r.heartbeat_at < now() - silent_seconds * interval '1 second')
         $$`,
    );
  }
}
