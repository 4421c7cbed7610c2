import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

export class Job1700000000006 implements MigrationInterface {
  name = 'Job1700000000006';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE jobs (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         state text NOT NULL,
         state_since timestamptz(3) NOT NULL,
         service_type_id uuid,
         site_id uuid,
         area_id uuid,
         lat double precision NOT NULL,
         lon double precision NOT NULL,
         address text NOT NULL,
         contact_name text,
         contact_phone text,
         window_start timestamptz(3),
         window_end timestamptz(3),
         due_at timestamptz(3),
         duration_seconds integer NOT NULL,
         priority integer NOT NULL DEFAULT 0,
         skills jsonb NOT NULL DEFAULT '[]',
         equipment text[] NOT NULL DEFAULT '{}',
         blocked_worker_ids uuid[] NOT NULL DEFAULT '{}',
         required_worker_id uuid,
         preferred_worker_id uuid,
         customer_language text,
         proof_required text[] NOT NULL DEFAULT '{}',
         notes text,
         external_ref text,
         channel text,
         worker_id uuid,
         held_by uuid[] NOT NULL DEFAULT '{}',
         fail_reason text,
         cancel_reason text,
         paused_from text,
         assigned_at timestamptz(3),
         departed_at timestamptz(3),
         arrived_at timestamptz(3),
         started_at timestamptz(3),
         completed_at timestamptz(3),
         closed_at timestamptz(3),
         undo_until timestamptz(3),
         arrival jsonb,
         fence jsonb,
         created_at timestamptz(3) NOT NULL,
         created_by uuid,
         updated_at timestamptz(3) NOT NULL,
         CONSTRAINT jobs_state CHECK (state IN ('unassigned', 'offering', 'assigned', 'en_route', 'arrived',
           'in_progress', 'paused', 'completed', 'closed', 'failed', 'cancelled', 'unfulfilled')))`,
      `CREATE UNIQUE INDEX jobs_external_ref ON jobs (org_id, external_ref) WHERE external_ref IS NOT NULL`,
      `CREATE INDEX jobs_open ON jobs (org_id, area_id) WHERE state IN ('unassigned', 'offering')`,
      `CREATE INDEX jobs_worker ON jobs (org_id, worker_id, state_since) WHERE worker_id IS NOT NULL`,
      `CREATE INDEX jobs_created ON jobs (org_id, created_at, id)`,
      `CREATE INDEX jobs_updated ON jobs (org_id, updated_at, id)`,
      `CREATE INDEX jobs_window ON jobs (org_id, window_start, id)`,

      `CREATE TABLE job_notes (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         job_id uuid NOT NULL,
         author_id uuid,
         author_role text NOT NULL,
         worker_id uuid,
         text text NOT NULL,
         occurred_at timestamptz(3) NOT NULL,
         created_at timestamptz(3) NOT NULL)`,
      `CREATE INDEX job_notes_job ON job_notes (org_id, job_id, created_at)`,

      // What was seen at the door. Rows are never changed or deleted.
      `CREATE TABLE proof_items (
         org_id uuid NOT NULL,
         id uuid NOT NULL,
         job_id uuid NOT NULL,
         kind text NOT NULL,
         worker_id uuid,
         created_by uuid,
         file_id uuid,
         media_type text,
         bytes integer,
         width integer,
         height integer,
         sha256 text,
         original_sha256 text,
         content jsonb NOT NULL DEFAULT '{}',
         lat double precision,
         lon double precision,
         taken_at timestamptz(3),
         occurred_at timestamptz(3) NOT NULL,
         created_at timestamptz(3) NOT NULL,
         PRIMARY KEY (org_id, id),
         CONSTRAINT proof_items_kind CHECK (kind IN ('photo', 'signature', 'scan', 'note')))`,
      `CREATE INDEX proof_items_job ON proof_items (org_id, job_id, created_at)`,

      // Operations from phones that could not be applied; kept for ever, with what became of them.
      `CREATE TABLE conflicts (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         job_id uuid NOT NULL,
         worker_id uuid NOT NULL,
         user_id uuid NOT NULL,
         op_id text NOT NULL,
         device_id text NOT NULL,
         device_seq bigint NOT NULL,
         kind text NOT NULL,
         operation jsonb NOT NULL,
         base_version integer,
         occurred_at timestamptz(3) NOT NULL,
         received_at timestamptz(3) NOT NULL,
         code text NOT NULL,
         detail text NOT NULL,
         job_state text NOT NULL,
         job_version integer NOT NULL,
         status text NOT NULL DEFAULT 'open',
         resolution_reason text,
         resolved_by uuid,
         resolved_at timestamptz(3),
         CONSTRAINT conflicts_status CHECK (status IN ('open', 'applied', 'noted', 'discarded')))`,
      `CREATE INDEX conflicts_open ON conflicts (org_id, job_id, user_id) WHERE status = 'open'`,
      `CREATE INDEX conflicts_received ON conflicts (org_id, received_at, id)`,
    );
    await tenantTable(q, 'jobs', { grants: 'SELECT, INSERT, UPDATE' });
    await tenantTable(q, 'job_notes', { grants: 'SELECT, INSERT' });
    await tenantTable(q, 'proof_items', { grants: 'SELECT, INSERT' });
    await tenantTable(q, 'conflicts', { grants: 'SELECT, INSERT, UPDATE' });
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, `DROP TABLE conflicts, proof_items, job_notes, jobs`);
  }
}
