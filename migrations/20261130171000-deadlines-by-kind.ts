import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

const header = `LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public`;
const columns = `RETURNS TABLE (org_id uuid, kind text, subject_id uuid, due_at timestamptz)`;

/** Due ones are asked for by the kinds that somebody meets: those of a stage that is gone, or not yet there, are in nobody's way. */
export class DeadlinesByKind1796058600000 implements MigrationInterface {
  name = 'DeadlinesByKind1796058600000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION due_deadlines(timestamptz, integer)`,
      `DROP INDEX deadlines_due`,
      `CREATE INDEX deadlines_due ON deadlines (kind, due_at)`,
      `CREATE FUNCTION due_deadlines(kinds text[], at timestamptz, most integer) ${columns} ${header}
         AS $$ SELECT d.* FROM unnest(kinds) AS wanted CROSS JOIN LATERAL (
                 SELECT org_id, kind, subject_id, due_at FROM deadlines
                 WHERE kind = wanted AND due_at <= at ORDER BY due_at LIMIT most) d
               ORDER BY d.due_at LIMIT most $$`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION due_deadlines(text[], timestamptz, integer)`,
      `DROP INDEX deadlines_due`,
      `CREATE INDEX deadlines_due ON deadlines (due_at)`,
      `CREATE FUNCTION due_deadlines(at timestamptz, most integer) ${columns} ${header}
         AS $$ SELECT org_id, kind, subject_id, due_at FROM deadlines WHERE due_at <= at ORDER BY due_at LIMIT most $$`,
    );
  }
}
