// An embedded PostgreSQL on a data folder: found running or started, shared by whoever asks, stopped by the last to leave.
// Node built-ins only. Used by the launcher, the operations CLI and the tests.
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withLock } from './lib/lock.mjs';
import { needsPassword, readPassword, setPassword } from './lib/postgres-access.mjs';
import { chooseIdentity, executable, giveTo, postgresHome } from './lib/postgres-binaries.mjs';
import { renameDurably } from './lib/private-files.mjs';
import { answers, commandOf, freePort, isAlive, run, signal, tail, until } from './lib/processes.mjs';
import { Stop } from './lib/say.mjs';

const staleLockPatience = 5_000;
const logLimitBytes = 5_000_000;

/** Settings for data that nobody will miss: tests and drift checks, never a person's work. */
const throwAway = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * @param {object} options
 * @param {string} options.dataDir the cluster's folder; created when it is not there
 * @param {number} [options.port] a fixed port; without it a free one
 * @param {boolean} [options.durable] false turns fsync off
 * @param {Record<string, string>} [options.settings] further server settings
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<import('./postgres.d.mts').EmbeddedPostgres>} throws `Stop` with one line for what a person can mend
 */
export async function startPostgres({ dataDir, port, durable = true, settings = {}, log = () => {} }) {
  const home = postgresHome();
  mkdirSync(dirname(dataDir), { recursive: true });
  const lease = join(`${dataDir}.users`, String(process.pid));
  mkdirSync(`${dataDir}.users`, { recursive: true, mode: 0o700 });
  writeFileSync(lease, '');

  const boot = (wantedPort) =>
    withLock(`${dataDir}.lock`, async () => {
      await createCluster(home, dataDir, log);
      await askForPasswords(home, dataDir, log);
      return bringUp({
        home,
        dataDir,
        port: wantedPort,
        settings: { ...(durable ? {} : throwAway), ...settings },
      });
    });
  let server = await boot(port);
  log(`PostgreSQL ${server.reused ? 'was running' : 'started'} on port ${server.port}`);

  const end = async (how) => {
    signal(server.pid, how);
    await until(() => !isAlive(server.pid), 20_000);
  };
  return {
    url: `postgres://postgres:${readPassword(dataDir)}@127.0.0.1:${server.port}/postgres${viaSocket(dataDir, server.port)}`,
    port: server.port,
    dataDir,
    get pid() {
      return server.pid;
    },
    isUp: () => isAlive(server.pid) && readPostmaster(dataDir)?.pid === server.pid,
    stop: () =>
      withLock(`${dataDir}.lock`, async () => {
        rmSync(lease, { force: true });
        if (!othersAreUsing(dataDir)) await stopFast(home, dataDir, server.pid);
      }),
    stopImmediate: () => end('SIGQUIT'),
    async restart() {
      server = await boot(server.port);
    },
  };
}

/** Stops the server on a folder nobody needs any more, whoever started it, and deletes the folder. */
export async function removeCluster(dataDir) {
  const pid = readPostmaster(dataDir)?.pid;
  if (pid && runsPostgres(pid)) {
    signal(pid, 'SIGQUIT');
    await until(() => !isAlive(pid), 10_000);
  }
  for (const path of ['', '.users', '.log', '.lock', '.password', '.socket'])
    rmSync(dataDir + path, { recursive: true, force: true });
}

/** Longer paths are no addresses of sockets: 104 bytes with the closing zero on macOS, 108 on Linux. */
const maxSocketPath = 103;

/** The folder of the server's Unix socket, beside the cluster; undefined where there are none or the path is too long. */
function socketFolder(dataDir) {
  const folder = `${dataDir}.socket`;
  const longest = Buffer.byteLength(join(folder, '.s.PGSQL.65535'));
  return process.platform === 'win32' || longest > maxSocketPath ? undefined : folder;
}

/** What a URL says besides the address, so that whoever is on this machine is spared the way through TCP. */
function viaSocket(dataDir, port) {
  const folder = socketFolder(dataDir);
  return folder && existsSync(join(folder, `.s.PGSQL.${port}`)) ? `?host=${encodeURIComponent(folder)}` : '';
}

/** initdb beside the place and a rename, so that a start killed half-way leaves no half cluster. */
async function createCluster(home, dataDir, log) {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return;
  const fresh = `${dataDir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  log('creating the database cluster');
  const identity = chooseIdentity(home, fresh);
  const args = [
    '-D',
    fresh,
    '--username=postgres',
    // No server runs on it yet, and none does before `setPassword` has changed this.
    '--auth=trust',
    '--encoding=UTF8',
    '--no-sync',
    '--no-instructions',
  ];
  const { code, output } = await runAs(identity, executable(home, 'initdb'), [
    ...args,
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]);
  if (code !== 0) throw new Stop(`initdb failed: ${output.trim().split('\n').at(-1)}`);
  setPassword(fresh, singleUser(home, identity), dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  renameDurably(fresh, dataDir);
}

/** A cluster that an earlier version made trusts every local account: it is stopped, closed, and started again. */
async function askForPasswords(home, dataDir, log) {
  if (!needsPassword(dataDir)) return;
  log('the database asks for passwords from now on');
  const running = await findRunning(dataDir);
  if (running) await stopFast(home, dataDir, running.pid);
  const identity = chooseIdentity(home, dataDir);
  giveTo(dataDir, identity);
  setPassword(dataDir, singleUser(home, identity));
}

/** Runs statements in a backend without a server. */
function singleUser(home, identity) {
  return (args, input) => {
    const [command, all, options] = invocation(identity, executable(home, 'postgres'), args);
    return spawnSync(command, all, { ...options, input, encoding: 'utf8' });
  };
}

function invocation({ prefix, uid, gid }, command, args) {
  const [first, ...rest] = [...prefix, command, ...args];
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  for (const name of Object.keys(env)) if (name.startsWith('PG')) delete env[name];
  return [first, rest, { uid, gid, env, cwd: process.platform === 'win32' ? undefined : '/' }];
}

const runAs = (identity, command, args) => run(...invocation(identity, command, args));

/** Line 1 of postmaster.pid is the process, line 4 the port, line 8 the state. */
function readPostmaster(dataDir) {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

const runsPostgres = (pid) =>
  isAlive(pid) && (process.platform === 'win32' || commandOf(pid).includes('postgres'));

async function bringUp({ home, dataDir, port, settings }) {
  const deadline = Date.now() + staleLockPatience;
  let attempts = 0;
  for (;;) {
    const running = await findRunning(dataDir);
    if (running) return { ...running, reused: true };
    attempts += 1;
    const outcome = await launch({ home, dataDir, port: port ?? (await freePort()), settings });
    if (outcome.pid) return outcome;
    const portLost = /could not bind|Address already in use/.test(outcome.reason);
    const lockHeld = /lock file|shared memory/.test(outcome.reason);
    const again = portLost ? attempts < (port ? 20 : 5) : lockHeld && Date.now() < deadline;
    if (!again) throw new Stop(`PostgreSQL did not start: ${outcome.reason || `see ${dataDir}.log`}`);
    if (lockHeld) dropForeignLock(dataDir);
    await delay(250);
  }
}

/** A postmaster of an earlier run, waited for while it is still starting or just stopping. */
async function findRunning(dataDir) {
  const usable = () => {
    const found = readPostmaster(dataDir);
    if (!found || !runsPostgres(found.pid)) return 'none';
    return found.ready ? found : undefined;
  };
  const found = await until(usable, 30_000, 50);
  if (!found || found === 'none') return undefined;
  return (await answers(found.port)) ? { pid: found.pid, port: found.port } : undefined;
}

/** After a reboot the id in a left-over lock may name some other program, which PostgreSQL cannot know. */
function dropForeignLock(dataDir) {
  const found = readPostmaster(dataDir);
  if (found && isAlive(found.pid) && !runsPostgres(found.pid))
    rmSync(join(dataDir, 'postmaster.pid'), { force: true });
}

async function launch({ home, dataDir, port, settings }) {
  const identity = chooseIdentity(home, dataDir);
  giveTo(dataDir, identity);
  const sockets = socketFolder(dataDir);
  if (sockets) {
    mkdirSync(sockets, { recursive: true, mode: 0o700 });
    giveTo(sockets, identity);
  }
  const logPath = `${dataDir}.log`;
  if (existsSync(logPath) && statSync(logPath).size > logLimitBytes) renameSync(logPath, `${logPath}.1`);
  const logFile = openSync(logPath, 'a', 0o600);
  const before = statSync(logPath).size;
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: sockets ? `"${sockets}"` : '',
    port: String(port),
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, args, options] = invocation(identity, executable(home, 'postgres'), [
    '-D',
    dataDir,
    ...flags,
  ]);
  // Its own process group, so that Ctrl-C reaches the launcher first and PostgreSQL stops last.
  const child = spawn(command, args, {
    ...options,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', logFile, logFile],
  });
  closeSync(logFile);
  let gone = false;
  child.once('error', () => {
    gone = true;
  });
  child.once('exit', () => {
    gone = true;
  });
  child.unref();
  await until(
    () => gone || (readPostmaster(dataDir)?.pid === child.pid && readPostmaster(dataDir).ready),
    60_000,
    10,
  );
  if (!gone) return { pid: child.pid, port };
  const said = readFileSync(logPath).subarray(before).toString('utf8').split('\n');
  const reason = said.filter((line) => /FATAL|PANIC|ERROR|bind/.test(line)).join('; ') || tail(logPath, 1);
  return { reason };
}

function othersAreUsing(dataDir) {
  const folder = `${dataDir}.users`;
  return readdirSync(folder).some((name) => {
    if (isAlive(Number(name))) return true;
    rmSync(join(folder, name), { force: true });
    return false;
  });
}

/** Fast: running statements are rolled back, then a clean checkpoint. Immediate if that takes too long. */
async function stopFast(home, dataDir, pid) {
  if (!isAlive(pid)) return;
  if (process.platform === 'win32') {
    await run(executable(home, 'pg_ctl'), ['stop', '-D', dataDir, '-m', 'fast', '-w']);
    return;
  }
  signal(pid, 'SIGINT');
  if (await until(() => !isAlive(pid), 20_000)) return;
  signal(pid, 'SIGQUIT');
  await until(() => !isAlive(pid), 5_000);
}
