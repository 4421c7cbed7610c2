import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, run, tenantTable } from './support.js';

export class Platform1700000000001 implements MigrationInterface {
  name = 'Platform1700000000001';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE EXTENSION IF NOT EXISTS btree_gist`,
      `CREATE EXTENSION IF NOT EXISTS cube`,
      `CREATE EXTENSION IF NOT EXISTS earthdistance`,
      `CREATE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
         AS $$ SELECT nullif(current_setting('app.org_id', true), '')::uuid $$`,
      `CREATE FUNCTION app_lookup() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
         AS $$ SELECT nullif(current_setting('app.lookup', true), '') $$`,

      `CREATE TABLE organizations (
         org_id uuid PRIMARY KEY,
         name text NOT NULL,
         slug text NOT NULL,
         is_demo boolean NOT NULL DEFAULT false,
         policy jsonb NOT NULL DEFAULT '{}',
         version integer NOT NULL DEFAULT 1,
         created_at timestamptz(3) NOT NULL,
         CONSTRAINT organizations_slug_unique UNIQUE (slug))`,

      `CREATE TABLE facts (
         position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         id uuid NOT NULL,
         org_id uuid NOT NULL,
         seq bigint,
         type text NOT NULL,
         subject_type text NOT NULL,
         subject_id uuid NOT NULL,
         actor jsonb NOT NULL,
         data jsonb NOT NULL,
         occurred_at timestamptz(3) NOT NULL,
         recorded_at timestamptz(3) NOT NULL,
         prev_hash bytea,
         hash bytea,
         CONSTRAINT facts_sequenced_once CHECK ((seq IS NULL) = (hash IS NULL)))`,
      `CREATE UNIQUE INDEX facts_seq ON facts (org_id, seq)`,
      `CREATE INDEX facts_pending ON facts (org_id, position) WHERE seq IS NULL`,
      `CREATE INDEX facts_subject ON facts (org_id, subject_id, position)`,
      `CREATE FUNCTION facts_are_sequenced_once() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF OLD.seq IS NOT NULL THEN RAISE EXCEPTION 'fact % already has its place in the log', OLD.id; END IF;
           RETURN NEW;
         END $$`,
      `CREATE TRIGGER facts_once BEFORE UPDATE ON facts FOR EACH ROW EXECUTE FUNCTION facts_are_sequenced_once()`,

      `CREATE TABLE fact_heads (
         org_id uuid PRIMARY KEY, seq bigint NOT NULL, hash bytea NOT NULL)`,

      `CREATE TABLE handler_cursors (
         org_id uuid NOT NULL, handler text NOT NULL, seq bigint NOT NULL DEFAULT 0,
         failures integer NOT NULL DEFAULT 0, last_error text,
         PRIMARY KEY (org_id, handler))`,

      `CREATE TABLE commands (
         org_id uuid NOT NULL, actor_id uuid NOT NULL, key text NOT NULL,
         body_hash text NOT NULL, status integer NOT NULL, response jsonb, created_at timestamptz(3) NOT NULL,
         PRIMARY KEY (org_id, actor_id, key))`,
      `CREATE INDEX commands_age ON commands (created_at)`,

      `CREATE TABLE deadlines (
         org_id uuid NOT NULL, kind text NOT NULL, subject_id uuid NOT NULL, due_at timestamptz(3) NOT NULL,
         attempts integer NOT NULL DEFAULT 0,
         PRIMARY KEY (org_id, kind, subject_id))`,
      `CREATE INDEX deadlines_due ON deadlines (due_at)`,

      `CREATE TABLE files (
         org_id uuid NOT NULL, id uuid NOT NULL, sha256 text NOT NULL, media_type text NOT NULL,
         bytes integer NOT NULL, created_at timestamptz(3) NOT NULL,
         PRIMARY KEY (org_id, id))`,

      `CREATE TABLE app_clock (
         singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
         base_at timestamptz(3) NOT NULL, wall_at timestamptz(3) NOT NULL, speed double precision NOT NULL)`,
      // Where the Socket.IO adapter leaves packets too large for NOTIFY, for half a minute.
      `CREATE TABLE socket_io_attachments (
         id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, created_at timestamptz DEFAULT now(), payload bytea)`,
      `GRANT SELECT, INSERT, DELETE ON socket_io_attachments TO ${APP_ROLE}`,
      `GRANT SELECT, INSERT, UPDATE ON app_clock TO ${APP_ROLE}`,
      `GRANT USAGE ON SCHEMA public TO ${APP_ROLE}`,
    );
    await tenantTable(q, 'organizations', { grants: 'SELECT, INSERT, UPDATE' });
    await tenantTable(q, 'facts', { grants: 'SELECT, INSERT, UPDATE (seq, prev_hash, hash)' });
    await tenantTable(q, 'fact_heads', { grants: 'SELECT, INSERT, UPDATE' });
    await tenantTable(q, 'handler_cursors');
    await tenantTable(q, 'commands');
    await tenantTable(q, 'deadlines');
    await tenantTable(q, 'files', { grants: 'SELECT, INSERT, DELETE' });
    // What must look over all tenants gets ids and times only, through functions that run as the owner.
    await run(
      q,
      `CREATE FUNCTION organization_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT org_id FROM organizations ORDER BY org_id $$`,
      `CREATE FUNCTION pending_fact_orgs() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT org_id FROM organizations o
               WHERE EXISTS (SELECT 1 FROM facts f WHERE f.org_id = o.org_id AND f.seq IS NULL) $$`,
      `CREATE FUNCTION fact_head_seqs() RETURNS TABLE (org_id uuid, seq bigint)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT org_id, seq FROM fact_heads $$`,
      `CREATE FUNCTION fact_backlog() RETURNS TABLE (reader text, behind bigint)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT 'relay', count(*) FROM facts WHERE seq IS NULL
               UNION ALL
               SELECT c.handler, sum(greatest(h.seq - c.seq, 0))::bigint
               FROM handler_cursors c JOIN fact_heads h USING (org_id) GROUP BY c.handler $$`,
      `CREATE FUNCTION due_deadlines(at timestamptz, most integer)
         RETURNS TABLE (org_id uuid, kind text, subject_id uuid, due_at timestamptz)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT org_id, kind, subject_id, due_at FROM deadlines WHERE due_at <= at ORDER BY due_at LIMIT most $$`,
      `CREATE FUNCTION next_deadline() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT min(due_at) FROM deadlines $$`,
      `CREATE FUNCTION forget_old_commands(before timestamptz) RETURNS bigint
         LANGUAGE sql SECURITY DEFINER SET search_path = public
         AS $$ WITH gone AS (DELETE FROM commands WHERE created_at < before RETURNING 1) SELECT count(*) FROM gone $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('The first migration is undone by dropping the database.');
  }
}
