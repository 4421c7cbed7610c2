import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const header = `LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public`;

/**
 * Due deadlines are met many together: what is asked over all organisations is who has due ones, of which kind. A deadline
 * knows the time it was planned for, however often it is tried, and may recur.
 */
export class DeadlinesInBatches1796079600000 implements MigrationInterface {
  name = 'DeadlinesInBatches1796079600000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `ALTER TABLE deadlines ADD COLUMN planned_at timestamptz(3), ADD COLUMN recurring jsonb`,
      `UPDATE deadlines SET planned_at = due_at`,
      `ALTER TABLE deadlines ALTER COLUMN planned_at SET NOT NULL`,
      `DROP FUNCTION due_deadlines(text[], timestamptz, integer)`,
      // Steps from one organisation to the next, however many rows each has; not at all for kinds of which none is due.
      `CREATE INDEX deadlines_due_by_org ON deadlines (kind, org_id, due_at)`,
      `CREATE FUNCTION due_deadline_groups(kinds text[], at timestamptz)
         RETURNS TABLE (org_id uuid, kind text, due_at timestamptz) ${header}
         AS $$
           WITH due AS MATERIALIZED (
             SELECT wanted FROM unnest(kinds) AS wanted CROSS JOIN LATERAL (
               SELECT 1 FROM deadlines d WHERE d.kind = wanted AND d.due_at <= at ORDER BY d.due_at LIMIT 1) one)
           SELECT g.org_id, due.wanted, g.due_at FROM due CROSS JOIN LATERAL (
             WITH RECURSIVE first AS (
               (SELECT d.org_id, d.due_at FROM deadlines d WHERE d.kind = wanted ORDER BY d.org_id, d.due_at LIMIT 1)
               UNION ALL
               SELECT n.* FROM first f CROSS JOIN LATERAL (
                 SELECT d.org_id, d.due_at FROM deadlines d WHERE d.kind = wanted AND d.org_id > f.org_id
                 ORDER BY d.org_id, d.due_at LIMIT 1) n)
             SELECT * FROM first WHERE first.due_at <= at) g
           ORDER BY g.due_at
         $$`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION due_deadline_groups(text[], timestamptz)`,
      `DROP INDEX deadlines_due_by_org`,
      `DELETE FROM deadlines WHERE recurring IS NOT NULL`,
      `ALTER TABLE deadlines DROP COLUMN recurring, DROP COLUMN planned_at`,
      `CREATE FUNCTION due_deadlines(kinds text[], at timestamptz, most integer)
         RETURNS TABLE (org_id uuid, kind text, subject_id uuid, due_at timestamptz) ${header}
         AS $$ SELECT d.* FROM unnest(kinds) AS wanted CROSS JOIN LATERAL (
                 SELECT org_id, kind, subject_id, due_at FROM deadlines
                 WHERE kind = wanted AND due_at <= at ORDER BY due_at LIMIT most) d
               ORDER BY d.due_at LIMIT most $$`,
    );
  }
}
