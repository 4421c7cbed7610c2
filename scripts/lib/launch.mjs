// Everything that `npm start` and `npm run dev` bring up, in order, and take down in the reverse order.
// Node built-ins only, until the packages are there.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startPostgres } from '../postgres.mjs';
import { setup } from '../setup.mjs';
import { claimFolder } from './folder-claim.mjs';
import { inRoot } from './paths.mjs';
import { keepPrivate } from './private-files.mjs';
import { run, until } from './processes.mjs';
import { progress, Stop, say } from './say.mjs';
import { beginSession } from './session.mjs';
import { claimPort, readSecrets, readSettings, requireAnswer } from './settings.mjs';
import { supervise } from './supervise.mjs';

const bootPatienceMs = 90_000;
const crashesBeforeGivingUp = 4;
const notYetKnown = 'postgres://localhost';
const main = (name) => inRoot('dist/apps', name, 'src/main.js');

/**
 * Brings the product up; resolves once the API says it is ready, with what the caller may want to restart.
 * @param {{ warm?: boolean }} [options] `warm`: quick restarts are worth a waiting process each
 */
export async function launch({ warm = false } = {}) {
  const session = beginSession();
  try {
    return await bringUp(session, warm);
  } catch (error) {
    // Whatever a stop tears down may throw on its way; the stop itself ends the process.
    if (session.stopping) return new Promise(() => {});
    await session.takeDown();
    throw error;
  }
}

async function bringUp(session, warm) {
  const settings = readSettings();
  const claim = await claimFolder(settings.dataDir);
  session.onStop(() => claim.release());
  const port = await claimPort(settings.port, settings.host);
  // Before minutes of set-up, not after.
  await requireAnswer('DATABASE_URL', settings.databaseUrl, 5432);
  await requireAnswer('DATABASE_OWNER_URL', settings.ownerUrl, 5432);
  await requireAnswer('REDIS_URL', settings.redisUrl, 6379);
  await setup();
  // From here on; what set-up installs and builds may be read by others.
  keepPrivate(settings.dataDir);

  const secrets = readSecrets(settings.dataDir);
  await judgeSettings(childEnvironment({ settings, secrets, port, url: '', appUrl: notYetKnown }));
  const { adopt, provision } = await import('./database.mjs');
  const { ownerUrl, appUrl } = settings.databaseUrl
    ? await adopt(settings)
    : await provision(await embedded(settings.dataDir, session));
  const { migrateTo, requireBoundRole } = await import('../migrate.mjs');
  const applied = await progress('migrating the database', () => migrateTo(ownerUrl));
  await requireBoundRole(appUrl);
  if (applied.length) say(`  database: ${applied.length} migrations applied`);

  const url = `http://${['0.0.0.0', '::'].includes(settings.host) ? '127.0.0.1' : settings.host}:${port}`;
  const env = childEnvironment({ settings, secrets, appUrl, port, url });
  if (settings.demo) await seedDemo({ ...env, DATABASE_OWNER_URL: ownerUrl });

  const children = [];
  session.onStop(() => Promise.all(children.map((child) => child.stop())));
  session.onHurry(() => {
    for (const child of children) child.kill();
  });
  const start = (name, options) => children.push(startChild({ name, env, settings, claim, ...options }));
  start('api', { warm });
  start('worker', { warm });
  await progress('starting', () => untilReady(`${url}/health/ready`, children, session));
  if (settings.demo) start('simulator');
  claim.announce(url);
  return { url, children, settings, session };
}

/** What only the processes know how to judge is judged before anything is started for them. */
async function judgeSettings(env) {
  const { readEnv } = await import(pathToFileURL(inRoot('dist/config/env.js')).href);
  try {
    readEnv(env);
  } catch (error) {
    throw new Stop(error.message.replaceAll('\n', '; '));
  }
}

function childEnvironment({ settings, secrets, appUrl, port, url }) {
  const { DATABASE_OWNER_URL: _owner, ...inherited } = process.env;
  return {
    ...inherited,
    NODE_ENV: process.env.NODE_ENV || 'production',
    ...secrets,
    DATABASE_URL: appUrl,
    DATA_DIR: settings.dataDir,
    PORT: String(port),
    HOST: settings.host,
    DEMO: settings.demo ? 'on' : 'off',
    API_URL: url,
    // By default glibc keeps freed memory apart for each of a process's dozen threads, hundreds of megabytes in all.
    MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || '2',
  };
}

async function embedded(dataDir, session) {
  const starting = startPostgres({ dataDir: join(dataDir, 'postgres'), log: (line) => say(`  ${line}`) });
  session.onStop(() =>
    starting.then(
      (postgres) => postgres.stop(),
      () => {},
    ),
  );
  const postgres = await starting;
  let restarting = false;
  const watch = setInterval(async () => {
    if (session.stopping || restarting || postgres.isUp()) return;
    restarting = true;
    say('  PostgreSQL ended; starting it again');
    await postgres.restart().catch((error) => say(`  ${error.message}`));
    restarting = false;
  }, 500);
  session.onStop(() => clearInterval(watch));
  return postgres.url;
}

async function seedDemo(env) {
  const { code, output } = await progress('preparing the demo organisation', () =>
    run(process.execPath, [main('cli'), 'demo', 'seed'], { env }),
  );
  if (code !== 0)
    throw new Stop(`the demo organisation could not be made: ${output.trim().split('\n').at(-1)}`);
}

function startChild({ name, env, settings, claim, warm }) {
  const logPath = join(settings.dataDir, 'logs', `${name}.log`);
  const onStart = (pid) => claim.note(name, pid);
  return supervise({ name, script: main(name), env, logPath, warm, onStart });
}

async function untilReady(url, children, session) {
  const failed = () =>
    children.find((child) => child.hopeless() || child.failures() >= crashesBeforeGivingUp);
  await until(async () => session.stopping || failed() || (await isUp(url)), bootPatienceMs, 100);
  if (!session.stopping && !failed() && (await isUp(url))) return;
  const culprit = failed() ?? children[0];
  if (culprit.hopeless()) throw new Stop(culprit.lastWords(1));
  throw new Stop(`${culprit.name} does not start; its last words:\n${culprit.lastWords()}`);
}

/** Does it answer, and well? */
export const isUp = (url) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
