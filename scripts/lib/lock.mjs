// One process at a time, between processes, without a daemon. Node built-ins only.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive, until } from './processes.mjs';
import { Stop } from './say.mjs';

/** Runs `work` while holding the lock file at `path`; the lock of a process that died is taken over. */
export async function withLock(path, work, patienceMs = 300_000) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = await until(() => tryLock(path), patienceMs, 50);
  if (!mine) throw new Stop(`waited ${patienceMs / 1000} s for ${path}, held by process ${holder(path)}`);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

const holder = (path) => {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw new Stop(`cannot write ${path}: ${error.message}`);
  }
  const pid = holder(path);
  // NaN or 0: the holder has created the file and is about to write its id, so wait for the next turn.
  if (pid && !isAlive(pid)) rmSync(path, { force: true });
  return false;
}
