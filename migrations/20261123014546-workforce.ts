import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, run, tenantTable } from './support.js';

export class Workforce1700000000004 implements MigrationInterface {
  name = 'Workforce1700000000004';

  async up(q: QueryRunner): Promise<void> {
    await this.people(q);
    await this.schedules(q);
    await this.positions(q);
    await this.partitions(q);
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION longest_position_keeping(), drop_position_partitions(date), ensure_position_partition(date), workers_near(double precision, double precision, double precision)`,
      `DROP TABLE quarantined_fixes, position_fixes, worker_positions, time_off, shift_exceptions, shifts, worker_skills, workers`,
    );
  }

  private async people(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE workers (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         user_id uuid,
         external_ref text,
         name text NOT NULL,
         phone text,
         status text NOT NULL DEFAULT 'off_duty' CONSTRAINT workers_status
           CHECK (status IN ('off_duty', 'available', 'busy', 'on_break', 'suspended')),
         status_since timestamptz(3) NOT NULL,
         home_area_ids uuid[] NOT NULL DEFAULT '{}',
         languages text[] NOT NULL DEFAULT '{}',
         equipment text[] NOT NULL DEFAULT '{}',
         vehicle text,
         max_open_assignments integer,
         day_task_limit integer,
         rating double precision,
         quality_score double precision,
         suspended_until timestamptz(3),
         silent_since timestamptz(3),
         archived_at timestamptz(3),
         created_at timestamptz(3) NOT NULL,
         updated_at timestamptz(3) NOT NULL)`,
      `CREATE INDEX workers_org ON workers (org_id, id)`,
      `CREATE UNIQUE INDEX workers_user ON workers (org_id, user_id) WHERE user_id IS NOT NULL AND archived_at IS NULL`,
      `CREATE UNIQUE INDEX workers_external_ref ON workers (org_id, external_ref)
         WHERE external_ref IS NOT NULL AND archived_at IS NULL`,
      `CREATE TABLE worker_skills (
         org_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         skill text NOT NULL,
         level integer NOT NULL CONSTRAINT worker_skills_level CHECK (level BETWEEN 1 AND 5),
         valid_until timestamptz(3),
         PRIMARY KEY (org_id, worker_id, skill))`,
    );
    await tenantTable(q, 'workers', { grants: 'SELECT, INSERT, UPDATE' });
    await tenantTable(q, 'worker_skills');
  }

  private async schedules(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE shifts (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         weekday integer NOT NULL,
         start_minute integer NOT NULL,
         end_minute integer NOT NULL,
         time_zone text NOT NULL,
         CONSTRAINT shifts_hours CHECK (weekday BETWEEN 1 AND 7 AND start_minute BETWEEN 0 AND 1439
                                        AND end_minute > start_minute AND end_minute <= start_minute + 1440))`,
      `CREATE INDEX shifts_worker ON shifts (org_id, worker_id)`,
      `CREATE TABLE shift_exceptions (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         date date NOT NULL,
         start_minute integer,
         end_minute integer,
         time_zone text NOT NULL,
         CONSTRAINT shift_exceptions_hours CHECK ((start_minute IS NULL) = (end_minute IS NULL)
           AND start_minute BETWEEN 0 AND 1439 AND end_minute > start_minute AND end_minute <= start_minute + 1440))`,
      `CREATE INDEX shift_exceptions_worker ON shift_exceptions (org_id, worker_id, date)`,
      `CREATE TABLE time_off (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         from_at timestamptz(3) NOT NULL,
         to_at timestamptz(3) NOT NULL,
         reason text NOT NULL DEFAULT '',
         created_at timestamptz(3) NOT NULL,
         CONSTRAINT time_off_order CHECK (to_at > from_at))`,
      `CREATE INDEX time_off_worker ON time_off (org_id, worker_id, to_at)`,
    );
    for (const table of ['shifts', 'shift_exceptions', 'time_off']) await tenantTable(q, table);
  }

  private async positions(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE worker_positions (
         org_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         lat double precision NOT NULL,
         lon double precision NOT NULL,
         accuracy_metres real,
         heading real,
         speed real,
         fix_at timestamptz(3) NOT NULL,
         received_at timestamptz(3) NOT NULL,
         area_id uuid,
         condemned boolean NOT NULL DEFAULT false,
         touched_at timestamptz(3) NOT NULL,
         PRIMARY KEY (org_id, worker_id))
         WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0)`,
      `CREATE INDEX worker_positions_place ON worker_positions USING gist (org_id, ll_to_earth(lat, lon))`,
      // Row-level security lets no index be asked through an operator that is not leakproof, and those of cube are
      // not; as the owner the function may, and holds to the caller's organisation itself.
      `CREATE FUNCTION workers_near(near_lat double precision, near_lon double precision, radius_metres double precision)
         RETURNS TABLE (worker_id uuid, distance_metres double precision)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT worker_id, earth_distance(ll_to_earth(near_lat, near_lon), ll_to_earth(lat, lon))
               FROM worker_positions
               WHERE org_id = app_org() AND NOT condemned
                 AND earth_box(ll_to_earth(near_lat, near_lon), radius_metres) @> ll_to_earth(lat, lon)
                 AND earth_distance(ll_to_earth(near_lat, near_lon), ll_to_earth(lat, lon)) <= radius_metres $$`,
      `CREATE TABLE position_fixes (
         org_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         fix_at timestamptz(3) NOT NULL,
         lat double precision NOT NULL,
         lon double precision NOT NULL,
         accuracy_metres real,
         heading real,
         speed real,
         device_id text NOT NULL,
         seq bigint NOT NULL,
         received_at timestamptz(3) NOT NULL,
         jump_speed real,
         PRIMARY KEY (org_id, worker_id, fix_at)) PARTITION BY RANGE (fix_at)`,
      `CREATE TABLE quarantined_fixes (
         org_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         fix_at timestamptz(3) NOT NULL,
         lat double precision NOT NULL,
         lon double precision NOT NULL,
         accuracy_metres real,
         device_id text NOT NULL,
         seq bigint NOT NULL,
         received_at timestamptz(3) NOT NULL,
         code text NOT NULL,
         actual double precision NOT NULL,
         allowed double precision NOT NULL,
         PRIMARY KEY (org_id, worker_id, fix_at))`,
      `CREATE INDEX quarantined_fixes_age ON quarantined_fixes (org_id, received_at)`,
    );
    await tenantTable(q, 'worker_positions');
    await tenantTable(q, 'position_fixes');
    await tenantTable(q, 'quarantined_fixes');
  }

  /** The runtime role may not create or drop tables; these functions do it for the owner, one kind of table only. */
  private async partitions(q: QueryRunner): Promise<void> {
    await run(
      q,
      // Filled and attached rather than created in place: that needs no exclusive lock on the parent.
      `CREATE FUNCTION ensure_position_partition(day date) RETURNS void
         LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
         DECLARE name text := 'position_fixes_' || to_char(day, 'YYYYMMDD');
         BEGIN
           IF day < date '2000-01-01' OR day > date '2200-01-01' THEN RAISE EXCEPTION 'no day for positions: %', day; END IF;
           IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
           PERFORM pg_advisory_xact_lock(hashtextextended('position partitions', 0));
           IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
           EXECUTE format('CREATE TABLE %I (LIKE position_fixes INCLUDING ALL)', name);
           EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
           EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
           EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = app_org()) WITH CHECK (org_id = app_org())', name);
           EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
           EXECUTE format('ALTER TABLE position_fixes ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name,
                          day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
         END $$`,
      `CREATE FUNCTION drop_position_partitions(before date) RETURNS integer
         LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET lock_timeout = '2s' AS $$
         DECLARE part text; dropped integer := 0;
         BEGIN
           FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                       WHERE i.inhparent = 'position_fixes'::regclass
                         AND c.relname < 'position_fixes_' || to_char(before, 'YYYYMMDD') ORDER BY 1
           LOOP
             EXECUTE format('DROP TABLE %I', part);
             dropped := dropped + 1;
           END LOOP;
           RETURN dropped;
         END $$`,
      // Looks over all tenants and tells one number.
      `CREATE FUNCTION longest_position_keeping() RETURNS double precision
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT max((policy #>> '{positions,keepDays}')::double precision) FROM organizations $$`,
      `GRANT EXECUTE ON FUNCTION ensure_position_partition(date), drop_position_partitions(date) TO ${APP_ROLE}`,
    );
  }
}
