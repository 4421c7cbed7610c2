import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

const TABLES = ['worker_skills', 'shifts', 'shift_exceptions', 'time_off'];
const EVENTS = { insert: 'NEW', update: 'NEW', delete: 'OLD' };

/**
 * What a round reads of every worker on duty and what seldom changes is kept by the processes, under a stamp that changes with
 * the rows, whoever writes them. The numbers behind each candidate's score stand in one list for all of them.
 */
export class WarmCandidates1796095080000 implements MigrationInterface {
  name = 'WarmCandidates1796095080000';

  async up(q: QueryRunner): Promise<void> {
    await run(q, `CREATE TABLE workforce_stamps (org_id uuid PRIMARY KEY, stamp uuid NOT NULL)`);
    await tenantTable(q, 'workforce_stamps', { grants: 'SELECT' });
    await run(
      q,
      `CREATE FUNCTION workforce_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
         AS $$ BEGIN
           INSERT INTO workforce_stamps (org_id, stamp)
             SELECT org_id, gen_random_uuid() FROM (SELECT DISTINCT org_id FROM changed) c ORDER BY org_id
           ON CONFLICT (org_id) DO UPDATE SET stamp = excluded.stamp;
           RETURN NULL;
         END $$`,
      ...TABLES.flatMap((table) =>
        Object.entries(EVENTS).map(
          ([event, rows]) =>
            `CREATE TRIGGER ${table}_${event}_stamp AFTER ${event.toUpperCase()} ON ${table}
               REFERENCING ${rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION workforce_changed()`,
        ),
      ),
      `ALTER TABLE job_evaluations ADD COLUMN terms jsonb`,
      // A search begins with its job from now on: those whose fact nobody has handled yet.
      `INSERT INTO job_searches (org_id, job_id, since) SELECT org_id, id, created_at FROM jobs
         WHERE state IN ('unassigned', 'offering') ON CONFLICT DO NOTHING`,
      `INSERT INTO deadlines (org_id, kind, subject_id, planned_at, due_at)
         SELECT org_id, 'job.search_end', id, until, until FROM jobs,
           LATERAL (SELECT greatest(coalesce(window_end, due_at), now() + interval '2 hours') AS until) AS search
         WHERE state IN ('unassigned', 'offering') ON CONFLICT DO NOTHING`,
      // A lost wake-up is found by the sweep; what was requested just now is on its way.
      `CREATE OR REPLACE FUNCTION areas_needing_round(at timestamptz, usual_sweep_seconds integer)
         RETURNS TABLE (org_id uuid, area_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ ${overdue(`AND (d.ran_wall_at IS NULL OR d.ran_wall_at < now() - interval '2 seconds')`)} $$`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE OR REPLACE FUNCTION areas_needing_round(at timestamptz, usual_sweep_seconds integer)
         RETURNS TABLE (org_id uuid, area_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ ${overdue('')} $$`,
      `ALTER TABLE job_evaluations DROP COLUMN terms`,
      ...TABLES.flatMap((table) =>
        Object.keys(EVENTS).map((event) => `DROP TRIGGER ${table}_${event}_stamp ON ${table}`),
      ),
      `DROP FUNCTION workforce_changed()`,
      `DROP TABLE workforce_stamps`,
    );
  }
}

const OUTSIDE = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** Areas that were asked for and not run, or that hold open jobs nobody has looked at for a while. */
const overdue = (waiting: string) => `
  SELECT d.org_id, d.area_id FROM dispatch_areas d WHERE d.done < d.wanted ${waiting}
  UNION
  SELECT p.org_id, coalesce(p.area_id, ${OUTSIDE})
  FROM (SELECT a.org_id, a.id AS area_id FROM areas a UNION ALL SELECT org_id, NULL FROM organizations) AS p
  JOIN organizations o ON o.org_id = p.org_id
  LEFT JOIN dispatch_areas d ON d.org_id = p.org_id AND d.area_id = coalesce(p.area_id, ${OUTSIDE})
  WHERE (d.ran_at IS NULL OR d.ran_at < at - interval '1 second'
         * coalesce((o.policy->'dispatch'->>'sweepSeconds')::integer, usual_sweep_seconds))
    AND CASE WHEN p.area_id IS NULL
      THEN EXISTS (SELECT 1 FROM jobs j WHERE j.org_id = p.org_id AND j.area_id IS NULL AND j.state = 'unassigned')
      ELSE EXISTS (SELECT 1 FROM jobs j WHERE j.org_id = p.org_id AND j.area_id = p.area_id AND j.state = 'unassigned') END`;
