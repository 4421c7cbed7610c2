import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readEnv, SettingError } from '#config/env';
import { Organization, PlatformModule } from '#platform';
import { withClient, withUrl } from '#scripts/lib/database';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

@Module({})
class TestModule {}

/** Row-level security holds only for a role that it binds: a process with another one does not start. */
describe('a process', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  /** Why the platform does not start with this URL; null when it does. */
  const refusal = async (url: string): Promise<string | null> => {
    const env = readEnv({
      DATABASE_URL: url,
      DATABASE_POOL: '2',
      JWT_SECRET: 'x'.repeat(32),
      QR_SECRET: 'y'.repeat(32),
    });
    const platform = PlatformModule.forRoot({ env, entities: [Organization], api: false });
    try {
      const app = await NestFactory.createApplicationContext(
        { module: TestModule, imports: [platform] },
        { logger: false, abortOnError: false },
      );
      await app.close();
      return null;
    } catch (error) {
      // A setting that cannot be used: one line, exit code 78, not started again.
      if (error instanceof SettingError) return error.message;
      throw error;
    }
  };

  /** A role made by `sql`, in which `:role` is its name; roles belong to the whole server. */
  const role = async (kind: string, sql: string): Promise<string> => {
    const name = `test_${kind}_${process.pid}`;
    await withClient(database.superuserUrl, (client) =>
      client.query(`DROP ROLE IF EXISTS ${name}; ${sql.replaceAll(':role', name)}`),
    );
    return withUrl(database.superuserUrl, { user: name, password: 'a-password' });
  };

  it('starts with the runtime role', async () => {
    expect(await refusal(database.appUrl)).toBeNull();
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['a superuser', () => database.superuserUrl, 'the role postgres is a superuser'],
    ['the owner of the tables', () => database.ownerUrl, 'the role doorstep_owner owns the tables'],
    [
      'a role with BYPASSRLS',
      () => role('bypass', `CREATE ROLE :role LOGIN BYPASSRLS PASSWORD 'a-password'`),
      'has BYPASSRLS',
    ],
    [
      'a member of the owner',
      () => role('member', `CREATE ROLE :role LOGIN PASSWORD 'a-password'; GRANT doorstep_owner TO :role`),
      'may become doorstep_owner, which owns the tables',
    ],
    [
      'a member that would have to SET ROLE first',
      () =>
        role(
          'noinherit',
          `CREATE ROLE :role LOGIN NOINHERIT PASSWORD 'a-password'; GRANT pg_read_all_data, postgres TO :role`,
        ),
      'is a member of postgres, which is a superuser',
    ],
  ])('does not start as %s, and says which role to use', async (_, url, fault) => {
    const line = await refusal(await url());
    expect(line).toContain(fault);
    expect(line).toContain('CREATE ROLE doorstep_app LOGIN');
    expect(line).toContain('DATABASE_OWNER_URL');
    expect(line).not.toContain('\n');
  });
});
