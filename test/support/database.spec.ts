import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { provision, withUrl } from '#scripts/lib/database';
import { startPostgres } from '#scripts/postgres';
import { createDurableDatabase, createTestDatabase } from './database.js';

const ask = async (url: string, sql: string) => {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('the databases of tests', () => {
  it('are migrated, separate, and seen by a runtime role without bypass', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await ask(one.ownerUrl, 'CREATE TABLE only_here ()');
    expect(await ask(other.ownerUrl, `SELECT to_regclass('only_here') AS found`)).toEqual([{ found: null }]);
    expect(await ask(one.appUrl, `SELECT to_regclass('facts')::text AS found`)).toEqual([{ found: 'facts' }]);
    expect(
      await ask(
        one.appUrl,
        `SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = current_user`,
      ),
    ).toEqual([{ free: false }]);
    await Promise.all([one.drop(), other.drop()]);
  });

  it('keep what was committed when a durable one loses power', async () => {
    const database = await createDurableDatabase();
    await ask(database.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await database.server.stopImmediate();
    await database.server.restart();
    expect(await ask(database.ownerUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await database.drop();
  });

  it('let nobody in without the password, those that an earlier version made included', async () => {
    const database = await createDurableDatabase();
    const { server } = database;
    const folder = server.dataDir;
    const stranger = withUrl(server.url, { password: '' });
    const wrong = withUrl(server.url, { password: 'postgres' });
    await expect(ask(stranger, 'SELECT 1')).rejects.toThrow('password');
    await expect(ask(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await ask(database.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');

    // As an earlier version left it: everybody on this machine is trusted, and the server may still be running.
    const trust = 'local all all trust\nhost all all 127.0.0.1/32 trust\n';
    writeFileSync(join(folder, 'pg_hba.conf'), trust);
    rmSync(`${folder}.password`);
    await ask(server.url, 'SELECT pg_reload_conf()');
    for (let open = false; !open; )
      open = await ask(stranger, 'SELECT 1').then(
        () => true,
        () => false,
      );

    const upgraded = await startPostgres({ dataDir: folder });
    expect(statSync(`${folder}.password`).mode & 0o077).toBe(0);
    await expect(ask(withUrl(upgraded.url, { password: '' }), 'SELECT 1')).rejects.toThrow('password');
    await expect(
      ask(withUrl(upgraded.url, { password: new URL(server.url).password }), 'SELECT 1'),
    ).rejects.toThrow('password authentication failed');
    const { ownerUrl } = await provision(upgraded.url);
    expect(await ask(ownerUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await database.drop();
  });
});
