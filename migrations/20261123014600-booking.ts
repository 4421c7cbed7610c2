import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

export class Booking1700000000005 implements MigrationInterface {
  name = 'Booking1700000000005';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE service_types (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         code text NOT NULL,
         name text NOT NULL,
         duration_seconds integer NOT NULL,
         price_minor integer,
         price_currency text,
         skills jsonb NOT NULL DEFAULT '[]',
         equipment text[] NOT NULL DEFAULT '{}',
         proof_required text[] NOT NULL DEFAULT '{}',
         checklist jsonb NOT NULL DEFAULT '[]',
         priority integer NOT NULL DEFAULT 0,
         active boolean NOT NULL DEFAULT true,
         created_at timestamptz(3) NOT NULL,
         updated_at timestamptz(3) NOT NULL)`,
      `CREATE UNIQUE INDEX service_types_code ON service_types (org_id, lower(code))`,
    );
    await tenantTable(q, 'service_types', { grants: 'SELECT, INSERT, UPDATE' });
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, `DROP TABLE service_types`);
  }
}
