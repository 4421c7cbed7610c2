import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nobody asks for the next deadline: due ones are polled for. */
export class DropNextDeadline1796041500000 implements MigrationInterface {
  name = 'DropNextDeadline1796041500000';

  async up(q: QueryRunner): Promise<void> {
    await q.query('DROP FUNCTION next_deadline()');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      `CREATE FUNCTION next_deadline() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT min(due_at) FROM deadlines $$`,
    );
  }
}
