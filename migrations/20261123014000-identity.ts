import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, run, tenantTable } from './support.js';

export class Identity1700000000002 implements MigrationInterface {
  name = 'Identity1700000000002';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE users (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         version integer NOT NULL DEFAULT 1,
         email text NOT NULL,
         name text NOT NULL,
         role text NOT NULL,
         worker_id uuid,
         locale text NOT NULL DEFAULT 'en',
         password_hash text NOT NULL,
         disabled_at timestamptz(3),
         deleted_at timestamptz(3),
         created_at timestamptz(3) NOT NULL,
         CONSTRAINT users_email_unique UNIQUE (email))`,
      `CREATE INDEX users_org ON users (org_id, created_at, id)`,
      `CREATE UNIQUE INDEX users_worker ON users (org_id, worker_id) WHERE worker_id IS NOT NULL`,

      `CREATE TABLE sessions (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         user_id uuid NOT NULL CONSTRAINT sessions_user REFERENCES users (id) ON DELETE CASCADE,
         generation integer NOT NULL DEFAULT 0,
         salt bytea NOT NULL,
         rotated_by text,
         user_agent text,
         address text,
         created_at timestamptz(3) NOT NULL,
         used_at timestamptz(3) NOT NULL,
         expires_at timestamptz(3) NOT NULL,
         ended_at timestamptz(3),
         end_reason text)`,
      `CREATE INDEX sessions_of_user ON sessions (org_id, user_id, created_at)`,

      `CREATE TABLE api_keys (
         id uuid PRIMARY KEY,
         org_id uuid NOT NULL,
         name text NOT NULL,
         prefix text NOT NULL,
         key_hash text NOT NULL,
         role text NOT NULL,
         scopes text[] NOT NULL,
         created_by uuid NOT NULL,
         created_at timestamptz(3) NOT NULL,
         expires_at timestamptz(3),
         used_at timestamptz(3),
         revoked_at timestamptz(3),
         CONSTRAINT api_keys_hash_unique UNIQUE (key_hash))`,
      `CREATE INDEX api_keys_org ON api_keys (org_id, created_at, id)`,

      // Counters of failed sign-ins; they belong to addresses and accounts, not to an organisation.
      `CREATE TABLE rate_limits (
         key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)`,
      `CREATE INDEX rate_limits_expire ON rate_limits (expire)`,
      `ALTER TABLE rate_limits ENABLE ROW LEVEL SECURITY`,
      `ALTER TABLE rate_limits FORCE ROW LEVEL SECURITY`,
      `CREATE POLICY counters ON rate_limits TO ${APP_ROLE} USING (true) WITH CHECK (true)`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO ${APP_ROLE}`,
    );
    await tenantTable(q, 'users', {
      orVisible: 'email = app_lookup()',
      grants: 'SELECT, INSERT, UPDATE',
    });
    await tenantTable(q, 'sessions');
    await tenantTable(q, 'api_keys', {
      orVisible: 'key_hash = app_lookup()',
      grants: 'SELECT, INSERT, UPDATE',
    });
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, `DROP TABLE rate_limits`, `DROP TABLE api_keys`, `DROP TABLE sessions`, `DROP TABLE users`);
  }
}
