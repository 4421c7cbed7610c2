import type { MigrationInterface, QueryRunner } from 'typeorm';

const ensure = (
  exists: string,
) => `CREATE OR REPLACE FUNCTION ensure_position_partition(day date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
  DECLARE name text := 'position_fixes_' || to_char(day, 'YYYYMMDD');
  BEGIN
    IF day < date '2000-01-01' OR day > date '2200-01-01' THEN RAISE EXCEPTION 'no day for positions: %', day; END IF;
    IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('position partitions', 0));
    IF ${exists} THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE %I (LIKE position_fixes INCLUDING ALL)', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = app_org()) WITH CHECK (org_id = app_org())', name);
    EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
    EXECUTE format('ALTER TABLE position_fixes ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name,
                   day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
  END $$`;

/** Two processes that need the table of the same day at the same moment both get it. */
export class PositionDays1700000000009 implements MigrationInterface {
  name = 'PositionDays1700000000009';

  async up(q: QueryRunner): Promise<void> {
    // Whoever waited for the lock still holds the catalogue as it was before; a query reads it afresh.
    await q.query(
      ensure(`EXISTS (SELECT FROM pg_class c
                 WHERE c.relname = name AND c.relnamespace = 'public'::regnamespace)`),
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(ensure('to_regclass(name) IS NOT NULL'));
  }
}
