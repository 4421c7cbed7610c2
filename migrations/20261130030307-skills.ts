import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

/** The organisation's own list of skills; what workers and services name already is on it from the start. */
export class Skills1796007786000 implements MigrationInterface {
  name = 'Skills1796007786000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE skills (
         id uuid PRIMARY KEY, org_id uuid NOT NULL, name text NOT NULL, created_at timestamptz(3) NOT NULL)`,
      `CREATE UNIQUE INDEX skills_name ON skills (org_id, lower(name))`,
      `INSERT INTO skills (id, org_id, name, created_at)
       SELECT DISTINCT ON (org_id, lower(skill)) gen_random_uuid(), org_id, skill, now()
       FROM (SELECT org_id, skill FROM worker_skills
             UNION SELECT org_id, need->>'skill' FROM service_types, jsonb_array_elements(skills) AS need) AS named
       WHERE skill IS NOT NULL
       ORDER BY org_id, lower(skill), skill`,
    );
    await tenantTable(q, 'skills');
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, 'DROP TABLE skills');
  }
}
