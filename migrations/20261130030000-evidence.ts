import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

/** How much proof is worth, what it was refused for, photos that can be recognised, and the times of phones. */
export class Evidence1796007600000 implements MigrationInterface {
  name = 'Evidence1796007600000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `ALTER TABLE proof_items ADD COLUMN evidence jsonb`,
      `CREATE INDEX proof_items_original ON proof_items (org_id, original_sha256) WHERE original_sha256 IS NOT NULL`,
      `ALTER TABLE jobs ADD COLUMN evidence jsonb, ADD COLUMN proof_refused jsonb`,
      // Pieces of the hashes of photos: equal pieces are found by the key.
      `CREATE TABLE photo_marks (
         org_id uuid NOT NULL,
         band smallint NOT NULL,
         value integer NOT NULL,
         created_at timestamptz(3) NOT NULL,
         proof_id uuid NOT NULL,
         job_id uuid NOT NULL,
         hash text NOT NULL,
         PRIMARY KEY (org_id, band, value, created_at, proof_id))`,
      `CREATE TABLE device_times (
         org_id uuid NOT NULL,
         user_id uuid NOT NULL,
         device_id text NOT NULL,
         seq bigint NOT NULL,
         at timestamptz(3) NOT NULL,
         received_at timestamptz(3) NOT NULL,
         PRIMARY KEY (org_id, user_id, device_id))`,
    );
    await tenantTable(q, 'photo_marks', { grants: 'SELECT, INSERT, DELETE' });
    await tenantTable(q, 'device_times');
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP TABLE device_times, photo_marks`,
      `ALTER TABLE jobs DROP COLUMN proof_refused, DROP COLUMN evidence`,
      `DROP INDEX proof_items_original`,
      `ALTER TABLE proof_items DROP COLUMN evidence`,
    );
  }
}
