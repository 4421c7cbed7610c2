import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

/** Views of the desk by name, one of them each person's own beginning; and an index for what the desk counts. */
export class SavedViews1796006760000 implements MigrationInterface {
  name = 'SavedViews1796006760000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE saved_views (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         owner_id uuid NOT NULL,
         name text NOT NULL,
         search text NOT NULL,
         shared boolean NOT NULL DEFAULT false,
         created_at timestamptz(3) NOT NULL,
         updated_at timestamptz(3) NOT NULL)`,
      `CREATE UNIQUE INDEX saved_views_name ON saved_views (org_id, owner_id, lower(name))`,
      `CREATE INDEX saved_views_shared ON saved_views (org_id) WHERE shared`,
      `CREATE TABLE saved_view_defaults (
         org_id uuid NOT NULL,
         user_id uuid NOT NULL,
         view_id uuid NOT NULL,
         PRIMARY KEY (org_id, user_id))`,
      `CREATE INDEX saved_view_defaults_view ON saved_view_defaults (org_id, view_id)`,
      `CREATE INDEX jobs_unended ON jobs (org_id, state) WHERE state NOT IN ('completed', 'closed', 'cancelled')`,
    );
    await tenantTable(q, 'saved_views');
    await tenantTable(q, 'saved_view_defaults');
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, `DROP INDEX jobs_unended`, `DROP TABLE saved_view_defaults`, `DROP TABLE saved_views`);
  }
}
