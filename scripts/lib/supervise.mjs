// Keeps one of our processes running: its output in a log file, a restart with back-off when it ends by itself.
// Node built-ins only.
import { fork } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, openSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signal, tail, until } from './processes.mjs';
import { say } from './say.mjs';

const backOffMs = [250, 500, 1_000, 2_000, 5_000, 10_000];
const healthyAfterMs = 30_000;
/** EX_CONFIG: a setting cannot be used, so starting again would not help. */
const badSetting = 78;
const stopPatienceMs = 10_000;
/** What starts at the same time comes first, and so does the next edit of somebody who saves often. */
const spareAfterMs = 3_000;
const standby = fileURLToPath(new URL('standby.mjs', import.meta.url));
const logLimitBytes = 20_000_000;

/**
 * @param {object} options
 * @param {string} options.name as the person knows it
 * @param {string} options.script path of the module to fork
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.logPath
 * @param {boolean} [options.warm] a second process waits with the packages read, so that the next start is quick
 * @param {(pid: number) => void} [options.onStart]
 */
export function supervise({ name, script, env, logPath, warm = false, onStart = () => {} }) {
  let child;
  let spare;
  let failures = 0;
  let stopping = false;
  let hopeless = false;
  let timer;
  let spareTimer;

  // Its own process group: Ctrl-C reaches only the launcher, which then stops everything in order. The open IPC
  // channel is the child's sign of life: when it disconnects, the launcher is gone and the child ends itself.
  const prepare = () => {
    mkdirSync(dirname(logPath), { recursive: true, mode: 0o700 });
    const log = openSync(logPath, 'a', 0o600);
    const options = { env, detached: process.platform !== 'win32', stdio: ['ignore', log, log, 'ipc'] };
    const made = warm ? fork(standby, [script], options) : fork(script, [], options);
    closeSync(log);
    made.once('error', () => {});
    return made;
  };

  const start = () => {
    clearTimeout(timer);
    clearTimeout(spareTimer);
    const began = Date.now();
    child = spare?.connected ? spare : prepare();
    spare = undefined;
    const mine = child;
    if (warm) {
      mine.send('run');
      mine.once('message', () => {
        spareTimer = setTimeout(() => {
          spare ??= prepare();
        }, spareAfterMs);
      });
    }
    mine.once('exit', (code, by) => {
      if (stopping || mine !== child) return;
      failures = Date.now() - began > healthyAfterMs ? 1 : failures + 1;
      hopeless = code === badSetting;
      if (hopeless) return say(`  ${name} cannot use its settings; see ${logPath}`);
      const wait = backOffMs[Math.min(failures, backOffMs.length) - 1];
      say(`  ${name} ended (${by ?? `code ${code}`}); starting it again in ${wait / 1000} s`);
      timer = setTimeout(start, wait);
    });
    onStart(child.pid);
  };

  const end = async (victim) => {
    const gone = () => victim.exitCode !== null || victim.signalCode !== null;
    if (gone()) return;
    if (process.platform === 'win32' && victim.connected) victim.disconnect();
    else victim.kill('SIGTERM');
    if (!(await until(gone, stopPatienceMs))) signal(victim.pid, 'SIGKILL');
    await until(gone, 2_000);
  };

  start();
  const rotation = setInterval(() => rotate(logPath), 60_000);
  rotation.unref();
  return {
    name,
    /** How often it has ended by itself in a row, without a healthy while between. */
    failures: () => failures,
    /** It ended over a setting, and was not started again. */
    hopeless: () => hopeless,
    lastWords: (lines = 6) => tail(logPath, lines),
    /** For the dev loop: a new process with the new code, without counting as a crash. */
    async restart() {
      const old = child;
      child = undefined;
      await end(old);
      failures = 0;
      if (!stopping) start();
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      clearTimeout(spareTimer);
      clearInterval(rotation);
      await Promise.all([child, spare].filter(Boolean).map(end));
    },
    /** While it stops: no more patience. */
    kill() {
      for (const one of [child, spare].filter(Boolean)) one.kill('SIGKILL');
    },
  };
}

/** The file is open for appending elsewhere, so it is copied and emptied, not renamed. */
function rotate(path) {
  try {
    if (statSync(path).size < logLimitBytes) return;
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  } catch {
    // A full or vanished disk must not take the launcher down with it.
  }
}
