import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#platform';
import { applyMigrations, ownerRole, provision, roleUrls, withClient, withUrl } from '#scripts/lib/database';
import { withLock } from '#scripts/lib/lock';
import { type EmbeddedPostgres, removeCluster, startPostgres } from '#scripts/postgres';

export interface TestDatabase {
  /** The runtime role, bound by row-level security. */
  appUrl: string;
  /** The role that owns the tables. */
  ownerUrl: string;
  superuserUrl: string;
  /** Removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

export interface DurableDatabase extends TestDatabase {
  /** A server of its own, with fsync, that a test may stop hard and start again. */
  server: EmbeddedPostgres;
}

const template = 'doorstep_template';

/** Under Jest one folder for all its workers, removed at the end of the run; elsewhere one for this process. */
function runFolder(): string {
  const folder = process.env.DOORSTEP_TEST_RUN ?? join(tmpdir(), `doorstep-run-${process.pid}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

let openHere = 0;

/** A fresh database with every migration applied, cloned from the run's template; about 0.2 s after the first. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const dataDir = join(runFolder(), 'shared');
  const server = await withLock(join(runFolder(), 'template.lock'), async () => {
    const started = await startPostgres({ dataDir, durable: false });
    await ensureTemplate(started.url);
    return started;
  });
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
  await withClient(server.url, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${ownerRole} STRATEGY WAL_LOG`),
  );
  openHere += 1;
  return {
    ...roleUrls(server.url, name),
    superuserUrl: withUrl(server.url, { database: name }),
    drop: async () => {
      openHere -= 1;
      await withClient(server.url, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
      if (openHere === 0 && !process.env.DOORSTEP_TEST_RUN) await removeCluster(dataDir);
    },
  };
}

/** For benchmarks and for tests that cut the power: a durable server of its own, migrated. */
export async function createDurableDatabase(settings: Record<string, string> = {}): Promise<DurableDatabase> {
  const dataDir = join(runFolder(), `durable-${randomBytes(5).toString('hex')}`);
  const server = await startPostgres({ dataDir, settings });
  const { ownerUrl, appUrl } = await provision(server.url);
  await applyMigrations({ ownerUrl, migrate });
  return { ownerUrl, appUrl, superuserUrl: server.url, server, drop: () => removeCluster(dataDir) };
}

/** Built under another name and renamed, so that a template that exists is a complete one. */
async function ensureTemplate(serverUrl: string): Promise<void> {
  const { rowCount } = await withClient(serverUrl, (client) =>
    client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]),
  );
  if (rowCount) return;
  const draft = `${template}_draft`;
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`));
  const { ownerUrl } = await provision(serverUrl, draft);
  await applyMigrations({ ownerUrl, migrate });
  await withClient(serverUrl, (client) => client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`));
}
