// One launcher for each data folder, and nothing left of an earlier one that was killed. Node built-ins only.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, isAlive, signal, until } from './processes.mjs';
import { Stop } from './say.mjs';

const orphanPatienceMs = 5_000;

/** @returns {Promise<{note(name: string, pid: number): void, release(): void}>} throws `Stop` when another launcher runs here */
export async function claimFolder(dataDir) {
  const path = join(dataDir, 'launcher.json');
  const earlier = read(path);
  if (earlier.launcher !== process.pid && /scripts[/\\](start|dev)\.mjs/.test(commandOf(earlier.launcher))) {
    throw new Stop(
      `already running here as process ${earlier.launcher}${earlier.url ? ` at ${earlier.url}` : ''}`,
    );
  }
  await endOrphans(Object.values(earlier.children ?? {}));
  const state = { launcher: process.pid, children: {} };
  const save = () => {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, JSON.stringify(state));
  };
  try {
    save();
  } catch (error) {
    throw new Stop(`cannot write to ${dataDir} (${error.code}): start as the user it belongs to`);
  }
  return {
    note(name, pid) {
      state.children[name] = pid;
      save();
    },
    announce(url) {
      state.url = url;
      save();
    },
    release: () => rmSync(path, { force: true }),
  };
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/** Children of a killed launcher notice and end by themselves; one that hangs is ended here. */
async function endOrphans(pids) {
  const ours = pids.filter((pid) => /apps[/\\]\w+[/\\]src[/\\]main\.js/.test(commandOf(pid)));
  if (ours.length === 0 || (await until(() => !ours.some(isAlive), orphanPatienceMs))) return;
  for (const pid of ours) signal(pid, 'SIGKILL');
  await until(() => !ours.some(isAlive), 2_000);
}
