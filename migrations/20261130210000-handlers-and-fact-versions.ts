import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, run } from './support.js';

/** Facts say by which version of their kind they were written; a handler that starts late knows where. */
export class HandlersAndFactVersions1796072400000 implements MigrationInterface {
  name = 'HandlersAndFactVersions1796072400000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `ALTER TABLE facts ADD COLUMN schema_version smallint NOT NULL DEFAULT 1 CHECK (schema_version > 0)`,
      `CREATE TABLE fact_handlers (name text PRIMARY KEY, since_position bigint NOT NULL)`,
      `GRANT SELECT ON fact_handlers TO ${APP_ROLE}`,
      // Everything that was written before it was first seen, in whatever organisation.
      `CREATE FUNCTION introduce_fact_handler(handler text) RETURNS void
         LANGUAGE sql SECURITY DEFINER SET search_path = public
         AS $$ INSERT INTO fact_handlers (name, since_position)
               SELECT handler, coalesce(max(position), 0) FROM facts
               ON CONFLICT (name) DO NOTHING $$`,
      // Those that exist have been running from the beginning.
      `INSERT INTO fact_handlers (name, since_position) SELECT DISTINCT handler, 0 FROM handler_cursors`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION introduce_fact_handler(text)`,
      `DROP TABLE fact_handlers`,
      `ALTER TABLE facts DROP COLUMN schema_version`,
    );
  }
}
