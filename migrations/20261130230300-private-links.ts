import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

/** Links that open one row to whoever holds them. */
export class PrivateLinks1796079780000 implements MigrationInterface {
  name = 'PrivateLinks1796079780000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE private_links (
         id uuid PRIMARY KEY, org_id uuid NOT NULL, secret_hash text NOT NULL,
         subject_type text NOT NULL, subject_id uuid NOT NULL, scopes text[] NOT NULL,
         created_by uuid, created_at timestamptz(3) NOT NULL,
         expires_at timestamptz(3) NOT NULL, revoked_at timestamptz(3),
         CONSTRAINT private_links_hash_unique UNIQUE (secret_hash))`,
      `CREATE INDEX private_links_subject ON private_links (org_id, subject_id)`,
    );
    await tenantTable(q, 'private_links', { orVisible: 'secret_hash = app_lookup()' });
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE private_links');
  }
}
