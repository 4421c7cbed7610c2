import { Client } from 'pg';
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
});
