// The temporary folder of one test run, `doorstep-run-PID`, with the PostgreSQL clusters in it. Node built-ins only.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeCluster } from '../postgres.mjs';
import { isAlive } from './processes.mjs';

/** Stops every cluster in the folder, without ceremony, and deletes it. */
export async function removeRun(folder) {
  if (!existsSync(folder)) return;
  const clusters = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  await Promise.all(clusters.map(({ name }) => removeCluster(join(folder, name))));
  rmSync(folder, { recursive: true, force: true });
}

/** The folder of this process, if it made one. */
export const removeOwnRun = () => removeRun(join(tmpdir(), `doorstep-run-${process.pid}`));

/** A run that was killed could not clean up; its process is gone, its folder and perhaps its server are not. */
export async function removeLeftOvers() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.match(/^doorstep-run-(\d+)$/)?.[1]);
    if (pid && !isAlive(pid)) await removeRun(join(tmpdir(), name)).catch(() => {});
  }
}
