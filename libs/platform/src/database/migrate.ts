import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '#migrations';

const QUEUE_SCHEMA = 'bullmq';
const APP_ROLE = 'doorstep_app';

/**
 * Brings the database up to date: our tables and BullMQ's. `ownerUrl` belongs to the role that owns the tables; the
 * runtime role `doorstep_app` must exist and gets only what it needs.
 *
 * @returns the names of the migrations that ran.
 */
export async function migrate({ ownerUrl }: { ownerUrl: string }): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    installExtensions: false,
    migrations,
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  try {
    const done = await source.runMigrations();
    await migrateQueues(ownerUrl);
    return done.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}

async function migrateQueues(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await runMigrations(client, QUEUE_SCHEMA);
    // BullMQ makes a sequence for each queue when it first meets it, hence CREATE.
    await client.query(`GRANT USAGE, CREATE ON SCHEMA ${QUEUE_SCHEMA} TO ${APP_ROLE}`);
    for (const kind of ['TABLES', 'FUNCTIONS'])
      await client.query(`GRANT ALL ON ALL ${kind} IN SCHEMA ${QUEUE_SCHEMA} TO ${APP_ROLE}`);
    // Not ALL SEQUENCES: those the runtime role made at an earlier start are its own, and not ours to grant.
    const { rows } = await client.query<{ name: string }>(
      `SELECT quote_ident(relname) AS name FROM pg_class
       WHERE relnamespace = $1::regnamespace AND relkind = 'S' AND relowner = current_user::regrole`,
      [QUEUE_SCHEMA],
    );
    for (const { name } of rows)
      await client.query(`GRANT ALL ON SEQUENCE ${QUEUE_SCHEMA}.${name} TO ${APP_ROLE}`);
  } finally {
    await client.end();
  }
}
