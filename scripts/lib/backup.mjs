// Back-up of a data folder while the product runs on it, and its restore. The database is copied by PostgreSQL's own
// low-level way (pg_backup_start, copy, pg_backup_stop, and the log written meanwhile): docs/operations.md.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { startPostgres } from '../postgres.mjs';
import { withClient } from './database.mjs';
import { keepPrivate } from './private-files.mjs';
import { Stop } from './say.mjs';

/** Beside the database: customers' files, what signs sessions and checkpoints, and the checkpoints. */
const beside = ['secrets.json', 'postgres.password', 'keys', 'checkpoints', 'files'];
/** What a copy must not hold; PostgreSQL makes each anew. */
const leftOut =
  /^(postmaster\.(pid|opts)|pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)\/.+|.*pgsql_tmp.*)$/;

/** @param {{ dataDir: string, target: string }} options `target` must not exist yet; complete, or named `….partial` */
export async function backUp({ dataDir, target }) {
  const to = resolve(target);
  if (existsSync(to)) throw new Stop(`${to} is there already: a back-up needs a folder of its own`);
  const cluster = join(dataDir, 'postgres');
  if (!existsSync(join(cluster, 'PG_VERSION')))
    throw new Stop(
      `there is no embedded database in ${dataDir}; back up the server of DATABASE_URL with pg_dump`,
    );
  const draft = `${to}.partial`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const postgres = await startPostgres({ dataDir: cluster });
  try {
    await withClient(postgres.url, (client) => copyCluster(client, cluster, join(draft, 'postgres')));
  } finally {
    await postgres.stop();
  }
  // After the database: files are only added, so every file that a row names is there.
  for (const name of beside)
    if (existsSync(join(dataDir, name))) cpSync(join(dataDir, name), join(draft, name), { recursive: true });
  keepPrivate(draft);
  cpSync(draft, to, { recursive: true, preserveTimestamps: true });
  rmSync(draft, { recursive: true, force: true });
  return to;
}

async function copyCluster(client, from, to) {
  // The slot keeps the log that is written while we copy; it goes with this connection.
  await client.query(`SELECT pg_create_physical_replication_slot('doorstep_backup', true, true)`);
  await client.query(`SELECT pg_backup_start('doorstep', true)`);
  cpSync(from, to, {
    recursive: true,
    filter: (path) => !leftOut.test(relative(from, path).replaceAll('\\', '/')),
  });
  const { rows } = await client.query('SELECT labelfile, spcmapfile FROM pg_backup_stop(false)');
  writeFileSync(join(to, 'backup_label'), rows[0].labelfile, { mode: 0o600 });
  if (rows[0].spcmapfile) writeFileSync(join(to, 'tablespace_map'), rows[0].spcmapfile, { mode: 0o600 });
  // What was written since the start is in the segments that are there now, the current one included.
  for (const name of readdirSync(join(from, 'pg_wal')))
    if (/^[0-9A-F]{24}$/.test(name)) cpSync(join(from, 'pg_wal', name), join(to, 'pg_wal', name));
}

/** Into a data folder that holds no database yet; PostgreSQL replays the log at the next start. */
export function restore({ dataDir, source }) {
  const from = resolve(source);
  if (!existsSync(join(from, 'postgres/backup_label'))) throw new Stop(`${from} holds no complete back-up`);
  const taken = [...beside, 'postgres'].filter((name) => existsSync(join(dataDir, name)));
  if (taken.length > 0)
    throw new Stop(
      `${dataDir} holds ${taken.join(', ')} already: move it away, or set DATA_DIR to another folder`,
    );
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  cpSync(from, dataDir, { recursive: true });
  keepPrivate(dataDir);
}
