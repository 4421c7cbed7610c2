import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

/** Files that come in pieces, until they are whole or a day has passed. */
export class Uploads1796077200000 implements MigrationInterface {
  name = 'Uploads1796077200000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE uploads (
         org_id uuid NOT NULL,
         id uuid NOT NULL,
         created_by uuid NOT NULL,
         purpose text NOT NULL,
         kind text NOT NULL,
         bytes integer NOT NULL CHECK (bytes > 0),
         sha256 text NOT NULL,
         time_zone text NOT NULL,
         received integer NOT NULL DEFAULT 0 CHECK (received <= bytes),
         parts jsonb NOT NULL DEFAULT '[]',
         state text NOT NULL DEFAULT 'open' CONSTRAINT uploads_state CHECK (state IN ('open', 'done', 'leaving')),
         media_id uuid,
         created_at timestamptz(3) NOT NULL,
         expires_at timestamptz(3) NOT NULL,
         -- Wall time.
         left_at timestamptz(3),
         PRIMARY KEY (org_id, id))`,
      `CREATE INDEX uploads_leaving ON uploads (left_at) WHERE state = 'leaving'`,
      `ALTER TABLE files ADD COLUMN created_by uuid, ADD COLUMN purpose text, ADD COLUMN about jsonb`,
      `CREATE FUNCTION leaving_uploads(before timestamptz, most integer) RETURNS TABLE (org_id uuid, id uuid)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT org_id, id FROM uploads WHERE state = 'leaving' AND left_at < before LIMIT most $$`,
    );
    await tenantTable(q, 'uploads');
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION leaving_uploads(timestamptz, integer)`,
      `ALTER TABLE files DROP COLUMN created_by, DROP COLUMN purpose, DROP COLUMN about`,
      `DROP TABLE uploads`,
    );
  }
}
