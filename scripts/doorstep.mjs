// `npm run doorstep -- COMMAND …`: the operations CLI, with a database found or started for it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ENDING_SIGNALS } from './lib/interrupt.mjs';
import { inRoot } from './lib/paths.mjs';
import { keepPrivate } from './lib/private-files.mjs';
import { keepStdoutClean, runMain, Stop, say } from './lib/say.mjs';
import { loadEnvFile, readSecrets, readSettings } from './lib/settings.mjs';
import { startPostgres } from './postgres.mjs';
import { setup } from './setup.mjs';

/** These must work where no database can. */
const withoutDatabase = ['route', 'sizing', 'openapi', 'help', '--help', undefined];

await runMain(async () => {
  const argv = process.argv.slice(2);
  keepStdoutClean();
  loadEnvFile();
  const settings = readSettings();
  await setup({ web: false });
  keepPrivate(settings.dataDir);
  // Before secrets are made: a folder to restore to must be empty.
  if (argv[0] === 'backup' || argv[0] === 'restore') return keep(argv, settings);
  const env = {
    ...process.env,
    ...readSecrets(settings.dataDir),
    DATA_DIR: settings.dataDir,
    DEMO: settings.demo ? 'on' : 'off',
  };
  if (withoutDatabase.includes(argv[0]) || bringsItsOwn(argv)) process.exit(await runCli(argv, env));
  process.exit(await withDatabase(settings, (urls) => runCli(argv, { ...env, ...urls })));
});

/** `backup FOLDER`, `restore FOLDER`: of the embedded database and all that lies beside it. */
async function keep([verb, folder, ...more], { dataDir, databaseUrl }) {
  if (!folder || more.length > 0) throw new Stop(`doorstep ${verb} FOLDER`);
  if (databaseUrl)
    throw new Stop(
      'DATABASE_URL names a server of its own: use pg_dump and pg_restore there, and copy DATA_DIR',
    );
  const { backUp, restore } = await import('./lib/backup.mjs');
  if (verb === 'backup') say(`backed up to ${await backUp({ dataDir, target: folder })}`);
  else {
    restore({ dataDir, source: folder });
    say(`restored to ${dataDir}; start it, then run: npm run doorstep -- journal verify`);
  }
}

/** A replay makes an installation of its own unless it is told of one. */
function bringsItsOwn([name, ...argv]) {
  return name === 'replay' && !argv.some((word) => word === '--url' || word.startsWith('--url='));
}

/** A database somebody else runs is used as it is; only our own is brought up to date without being asked. */
async function withDatabase({ databaseUrl, ownerUrl, dataDir }, work) {
  const { adopt, provision } = await import('./lib/database.mjs');
  const named = (urls) => ({ DATABASE_URL: urls.appUrl, DATABASE_OWNER_URL: urls.ownerUrl });
  if (databaseUrl) return work(named(await adopt({ databaseUrl, ownerUrl })));
  let interrupted = false;
  for (const name of ENDING_SIGNALS)
    process.on(name, () => {
      interrupted = true;
    });
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres') });
  try {
    const urls = await provision(postgres.url);
    const { migrateTo } = await import('./migrate.mjs');
    await migrateTo(urls.ownerUrl);
    if (interrupted) return 130;
    return await work(named(urls));
  } finally {
    await postgres.stop();
  }
}

/** The child shares our terminal and gets its Ctrl-C; we wait, so that PostgreSQL stops after it. */
function runCli(argv, env) {
  for (const name of ENDING_SIGNALS) process.on(name, () => {});
  const child = spawn(process.execPath, [inRoot('dist/apps/cli/src/main.js'), ...argv], {
    env,
    stdio: 'inherit',
  });
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code, by) => resolve(code ?? (by === 'SIGINT' ? 130 : 1)));
  });
}
