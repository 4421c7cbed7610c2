import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

export class Territory1700000000003 implements MigrationInterface {
  name = 'Territory1700000000003';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE areas (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         name text NOT NULL,
         kind text NOT NULL CONSTRAINT areas_kind CHECK (kind IN ('circle', 'polygon')),
         lat double precision NOT NULL,
         lon double precision NOT NULL,
         radius_metres double precision,
         polygon jsonb,
         square_metres double precision NOT NULL,
         priority integer NOT NULL DEFAULT 0,
         time_zone text NOT NULL,
         active boolean NOT NULL DEFAULT true,
         archived_at timestamptz(3),
         created_at timestamptz(3) NOT NULL,
         updated_at timestamptz(3) NOT NULL,
         CONSTRAINT areas_shape CHECK ((kind = 'circle') = (radius_metres IS NOT NULL)
                                       AND (kind = 'polygon') = (polygon IS NOT NULL)))`,
      `CREATE UNIQUE INDEX areas_name ON areas (org_id, lower(name)) WHERE archived_at IS NULL`,
      // One row an organisation: a new stamp with every change of its areas, so that any process knows whether the
      // shapes it holds in memory are still the ones in the table. It also serialises the changes.
      `CREATE TABLE area_stamps (org_id uuid PRIMARY KEY, stamp uuid NOT NULL)`,

      `CREATE TABLE communities (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         name text NOT NULL,
         address text NOT NULL DEFAULT '',
         lat double precision NOT NULL,
         lon double precision NOT NULL,
         households integer NOT NULL DEFAULT 0,
         occupancy double precision,
         area_id uuid,
         archived_at timestamptz(3),
         created_at timestamptz(3) NOT NULL,
         updated_at timestamptz(3) NOT NULL,
         CONSTRAINT communities_numbers CHECK (households >= 0 AND occupancy BETWEEN 0 AND 1))`,
      `CREATE INDEX communities_org ON communities (org_id, id)`,

      `CREATE TABLE sites (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         name text NOT NULL,
         address text NOT NULL DEFAULT '',
         lat double precision NOT NULL,
         lon double precision NOT NULL,
         community_id uuid,
         area_id uuid,
         tag_serial integer NOT NULL DEFAULT 1,
         archived_at timestamptz(3),
         created_at timestamptz(3) NOT NULL,
         updated_at timestamptz(3) NOT NULL)`,
      `CREATE INDEX sites_org ON sites (org_id, id)`,
      `CREATE INDEX sites_community ON sites (org_id, community_id)`,
    );
    await tenantTable(q, 'areas', { grants: 'SELECT, INSERT, UPDATE' });
    await tenantTable(q, 'area_stamps', { grants: 'SELECT, INSERT, UPDATE' });
    await tenantTable(q, 'communities', { grants: 'SELECT, INSERT, UPDATE' });
    await tenantTable(q, 'sites', { grants: 'SELECT, INSERT, UPDATE' });
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, `DROP TABLE sites, communities, area_stamps, areas`);
  }
}
