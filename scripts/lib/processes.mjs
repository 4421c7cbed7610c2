// Small questions about processes and files that several scripts ask. Node built-ins only.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Is a process with this id there? One that belongs to somebody else counts as there. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A zombie still answers to its id but holds no port, lock or file. Containers without an init keep them for ever. */
function isZombie(pid) {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z';
  } catch {
    return false;
  }
}

/** The command line of a process, '' when it is gone or cannot be read: guards against ids that were given out again. */
export function commandOf(pid) {
  if (!isAlive(pid)) return '';
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  }
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? '';
}

/** Sends a signal and says whether somebody was there to receive it. */
export function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Polls `question` until it is truthy; resolves to its answer, or to undefined after `timeoutMs`. */
export async function until(question, timeoutMs, everyMs = 25) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() >= deadline) return undefined;
    await delay(everyMs);
  }
}

/** A TCP port that nobody uses on the loopback address at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Does something accept TCP connections there? */
export function answers(port, host = '127.0.0.1', timeoutMs = 1_000) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const finish = (yes) => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.once('connect', () => finish(true)).once('error', () => finish(false));
  });
}

/** The last `lines` lines of a file, '' when it is not there. */
export function tail(path, lines = 8) {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(size, 16_384));
      readSync(file, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

const runningNow = new Set();
let noMore = false;

/** Ends every command that `run` is waiting for. `forGood`: somebody pressed Ctrl-C, so none is started after it either. */
export function endRunning({ forGood = false } = {}) {
  noMore ||= forGood;
  for (const child of runningNow) child.kill('SIGTERM');
}

/** Is a command that `run` started still there? */
export const anyRunning = () => runningNow.size > 0;

/**
 * Runs a command to its end.
 * @returns {Promise<{code: number, output: string}>} output holds stdout and stderr in order; with `stream`, what goes to
 *   stderr is passed on there at once instead. It stays open when everything is being ended for good.
 */
export function run(command, args, { stream, ...options } = {}) {
  return new Promise((resolve) => {
    if (noMore) return;
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', 'pipe', stream ?? 'pipe'],
    });
    runningNow.add(child);
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code, by) => {
      runningNow.delete(child);
      if (!noMore) resolve({ code: code ?? (by === 'SIGINT' ? 130 : 1), output });
    });
  });
}
