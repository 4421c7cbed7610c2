import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

export class Dispatch1700000000007 implements MigrationInterface {
  name = 'Dispatch1700000000007';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      // How often a round was asked for and how many of these are answered: the truth behind the queue's wake-ups.
      `CREATE TABLE dispatch_areas (
         org_id uuid NOT NULL, area_id uuid NOT NULL,
         wanted bigint NOT NULL DEFAULT 0, done bigint NOT NULL DEFAULT 0, ran_at timestamptz(3),
         PRIMARY KEY (org_id, area_id))`,
      `CREATE TABLE dispatch_rounds (
         id uuid PRIMARY KEY, org_id uuid NOT NULL, area_id uuid NOT NULL,
         at timestamptz(3) NOT NULL, method text NOT NULL,
         jobs_open integer NOT NULL, workers_seen integer NOT NULL, offers_made integer NOT NULL, took_ms double precision NOT NULL)`,
      `CREATE INDEX dispatch_rounds_at ON dispatch_rounds (org_id, at)`,
      // The last look at a job: every candidate with the numbers that let it in or kept it out.
      `CREATE TABLE job_evaluations (
         org_id uuid NOT NULL, job_id uuid NOT NULL, round_id uuid NOT NULL,
         at timestamptz(3) NOT NULL, method text NOT NULL, summary text NOT NULL,
         eligible integer NOT NULL, candidates jsonb NOT NULL,
         PRIMARY KEY (org_id, job_id))`,
      `CREATE TABLE offers (
         id uuid PRIMARY KEY, org_id uuid NOT NULL, job_id uuid NOT NULL, worker_id uuid NOT NULL,
         state text NOT NULL, wave integer NOT NULL DEFAULT 1,
         offered_at timestamptz(3) NOT NULL, expires_at timestamptz(3) NOT NULL, answered_at timestamptz(3),
         decline_reason text, distance_metres double precision, travel_seconds double precision,
         reasons jsonb NOT NULL DEFAULT '{}', round_id uuid,
         CONSTRAINT offers_state CHECK (state IN ('pending', 'accepted', 'declined', 'expired', 'withdrawn')))`,
      `CREATE INDEX offers_job ON offers (org_id, job_id)`,
      // A worker looks at one offer at a time.
      `CREATE UNIQUE INDEX offers_one_pending ON offers (org_id, worker_id) WHERE state = 'pending'`,
      `CREATE TABLE assignments (
         id uuid PRIMARY KEY, org_id uuid NOT NULL, job_id uuid NOT NULL, worker_id uuid NOT NULL,
         state text NOT NULL, starts_at timestamptz(3) NOT NULL, ends_at timestamptz(3) NOT NULL,
         arrives_at timestamptz(3) NOT NULL,
         offer_id uuid, source text NOT NULL, reasons jsonb NOT NULL DEFAULT '{}',
         released_reason text, created_at timestamptz(3) NOT NULL, updated_at timestamptz(3) NOT NULL,
         CONSTRAINT assignments_state CHECK (state IN ('proposed', 'confirmed', 'active', 'done', 'released')),
         CONSTRAINT assignments_time CHECK (starts_at < ends_at),
         CONSTRAINT assignments_one_place EXCLUDE USING gist (
           worker_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state IN ('confirmed', 'active')))`,
      `CREATE UNIQUE INDEX assignments_one_winner ON assignments (org_id, job_id) WHERE state IN ('proposed', 'confirmed', 'active')`,
      `CREATE INDEX assignments_worker ON assignments (org_id, worker_id, starts_at)`,
    );
    await run(
      q,
      // What dispatchers have seen or put off; the alerts themselves are read from the rows they speak of.
      `CREATE TABLE alert_marks (
         org_id uuid NOT NULL, alert text NOT NULL, state text NOT NULL, until timestamptz(3),
         by_user uuid NOT NULL, at timestamptz(3) NOT NULL,
         PRIMARY KEY (org_id, alert),
         CONSTRAINT alert_marks_state CHECK (state IN ('acknowledged', 'snoozed')))`,
    );
    for (const table of [
      'alert_marks',
      'dispatch_areas',
      'dispatch_rounds',
      'job_evaluations',
      'offers',
      'assignments',
    ])
      await tenantTable(q, table);
    await run(
      q,
      // Areas that need a round: asked for and not yet run, or holding open jobs nobody has looked at for a while.
      `CREATE FUNCTION areas_needing_round(at timestamptz, sweep_seconds integer)
         RETURNS TABLE (org_id uuid, area_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$
           SELECT d.org_id, d.area_id FROM dispatch_areas d WHERE d.done < d.wanted
           UNION
           SELECT DISTINCT j.org_id, coalesce(j.area_id, '00000000-0000-0000-0000-000000000000'::uuid)
           FROM jobs j LEFT JOIN dispatch_areas d
             ON d.org_id = j.org_id AND d.area_id = coalesce(j.area_id, '00000000-0000-0000-0000-000000000000'::uuid)
           WHERE j.state = 'unassigned' AND (d.ran_at IS NULL OR d.ran_at < at - sweep_seconds * interval '1 second')
         $$`,
      `CREATE FUNCTION round_times(since timestamptz) RETURNS TABLE (quantile text, took_ms double precision)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT q::text, percentile_cont(q) WITHIN GROUP (ORDER BY r.took_ms)
               FROM dispatch_rounds r, unnest(ARRAY[0.5, 0.95, 1]::double precision[]) AS q WHERE r.at > since GROUP BY q $$`,
      `CREATE FUNCTION forget_old_rounds(before timestamptz) RETURNS bigint
         LANGUAGE sql SECURITY DEFINER SET search_path = public
         AS $$ WITH gone AS (DELETE FROM dispatch_rounds WHERE at < before RETURNING 1) SELECT count(*) FROM gone $$`,
      `CREATE FUNCTION open_offer_count() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT count(*) FROM offers WHERE state = 'pending' $$`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      'DROP FUNCTION open_offer_count(), forget_old_rounds(timestamptz), round_times(timestamptz)',
      'DROP FUNCTION areas_needing_round(timestamptz, integer)',
      'DROP TABLE alert_marks, assignments, offers, job_evaluations, dispatch_rounds, dispatch_areas',
    );
  }
}
