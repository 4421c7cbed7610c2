import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, run } from './support.js';

/** A file has a row before it has bytes, and until they are gone. */
export class Media1796076000000 implements MigrationInterface {
  name = 'Media1796076000000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `ALTER TABLE files ADD COLUMN key text, ADD COLUMN state text NOT NULL DEFAULT 'kept'
         CONSTRAINT files_state CHECK (state IN ('put', 'kept', 'leaving'))`,
      // Until now they lay under the hash of their content.
      `UPDATE files SET key = left(sha256, 2) || '/' || sha256`,
      `ALTER TABLE files ALTER COLUMN key SET NOT NULL, ALTER COLUMN state DROP DEFAULT`,
      `CREATE INDEX files_key ON files (org_id, key)`,
      `CREATE INDEX files_leaving ON files (org_id, id) WHERE state = 'leaving'`,
      `CREATE INDEX proof_items_file ON proof_items (org_id, file_id) WHERE file_id IS NOT NULL`,
      `GRANT UPDATE ON files TO ${APP_ROLE}`,
      `CREATE FUNCTION leaving_files(most integer) RETURNS TABLE (org_id uuid, id uuid)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT org_id, id FROM files WHERE state = 'leaving' LIMIT most $$`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION leaving_files(integer)`,
      `REVOKE UPDATE ON files FROM ${APP_ROLE}`,
      `DROP INDEX proof_items_file`,
      `ALTER TABLE files DROP COLUMN key, DROP COLUMN state`,
    );
  }
}
