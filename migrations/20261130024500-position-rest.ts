import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, run, tenantTable } from './support.js';

/** Rows of the day that wait in `position_fixes_rest` move into its own table before it is attached. */
const MOVE_FROM_REST = `
    LOCK TABLE position_fixes_rest IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('INSERT INTO %I SELECT * FROM position_fixes_rest WHERE fix_at >= %L AND fix_at < %L', name, first, next);
    DELETE FROM position_fixes_rest WHERE fix_at >= first AND fix_at < next;`;

const ensure = (move: string) => `CREATE OR REPLACE FUNCTION ensure_position_partition(day date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
  DECLARE
    name text := 'position_fixes_' || to_char(day, 'YYYYMMDD');
    first timestamptz := day::timestamp AT TIME ZONE 'UTC';
    next timestamptz := (day + 1)::timestamp AT TIME ZONE 'UTC';
  BEGIN
    IF day < date '2000-01-01' OR day > date '2200-01-01' THEN RAISE EXCEPTION 'no day for positions: %', day; END IF;
    IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('position partitions', 0));
    IF EXISTS (SELECT FROM pg_class c WHERE c.relname = name AND c.relnamespace = 'public'::regnamespace) THEN
      RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE position_fixes INCLUDING ALL)', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = app_org()) WITH CHECK (org_id = app_org())', name);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);${move}
    EXECUTE format('ALTER TABLE position_fixes ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, first, next);
  END $$`;

/**
 * Fixes of a day without a table have a table too, so that storing them never makes one; and the fixes of each worker
 * are counted by day.
 */
export class PositionRest1796006700000 implements MigrationInterface {
  name = 'PositionRest1796006700000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE position_fixes_rest (LIKE position_fixes INCLUDING ALL)`,
      `ALTER TABLE position_fixes_rest ENABLE ROW LEVEL SECURITY`,
      `ALTER TABLE position_fixes_rest FORCE ROW LEVEL SECURITY`,
      `CREATE POLICY tenant ON position_fixes_rest USING (org_id = app_org()) WITH CHECK (org_id = app_org())`,
      `CREATE POLICY owner ON position_fixes_rest TO CURRENT_USER USING (true) WITH CHECK (true)`,
      `ALTER TABLE position_fixes ATTACH PARTITION position_fixes_rest DEFAULT`,
      ensure(MOVE_FROM_REST),
      `CREATE FUNCTION make_position_days(first date, last date) RETURNS void
         LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET lock_timeout = '5s' AS $$
         BEGIN
           FOR n IN 0 .. last - first LOOP PERFORM ensure_position_partition(first + n); END LOOP;
         END $$`,
      `REVOKE EXECUTE ON FUNCTION make_position_days(date, date) FROM PUBLIC`,
      `GRANT EXECUTE ON FUNCTION make_position_days(date, date) TO ${APP_ROLE}`,
      `CREATE TABLE position_counts (
         org_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         day date NOT NULL,
         fixes integer NOT NULL,
         PRIMARY KEY (org_id, worker_id, day))`,
    );
    await tenantTable(q, 'position_counts');
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP TABLE position_counts`,
      `DROP FUNCTION make_position_days(date, date)`,
      `DROP TABLE position_fixes_rest`,
      ensure(''),
    );
  }
}
