// Brings a database up to date: the runtime role, our tables, the queues'. The launcher imports it; docker-compose runs it.
import { pathToFileURL } from 'node:url';
import { adopt, applyMigrations, withClient } from './lib/database.mjs';
import { inRoot } from './lib/paths.mjs';
import { runMain, Stop, say } from './lib/say.mjs';
import { loadEnvFile, readSettings } from './lib/settings.mjs';

/** @returns {Promise<string[]>} the migrations that were applied; throws `Stop` with the database's own words */
export async function migrateTo(ownerUrl) {
  const { migrate } = await import(pathToFileURL(inRoot('dist/libs/platform/src/database/migrate.js')).href);
  try {
    return await applyMigrations({ ownerUrl, migrate });
  } catch (error) {
    throw error instanceof Stop ? error : new Stop(`a migration failed: ${error.message}`);
  }
}

/** @throws {Stop} when row-level security does not bind the role that the processes are to use */
export async function requireBoundRole(appUrl) {
  const { requireBoundRole: judge } = await import(
    pathToFileURL(inRoot('dist/libs/platform/src/database/bound-role.js')).href
  );
  await withClient(appUrl, async (client) => {
    const fault = await judge(async (sql) => (await client.query(sql)).rows).catch((error) => error.message);
    if (fault) throw new Stop(fault);
  });
}

async function main() {
  loadEnvFile();
  const { databaseUrl, ownerUrl } = readSettings();
  if (!databaseUrl || !ownerUrl)
    throw new Stop('set DATABASE_URL (runtime role) and DATABASE_OWNER_URL (owner)');
  await adopt({ databaseUrl, ownerUrl });
  const applied = await migrateTo(ownerUrl);
  await requireBoundRole(databaseUrl);
  say(applied.length ? `applied ${applied.join(', ')}` : 'the database is up to date');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
