// `npm run dev`: as `npm start`, and edits go live: pages at once, processes within one to two seconds. A saved file is
// written to dist without a look at its types, and what runs it starts anew; TypeScript looks at the types meanwhile.

import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { isUp, launch } from './lib/launch.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { signal, until } from './lib/processes.mjs';
import { runMain, say } from './lib/say.mjs';
import { loadEnvFile } from './lib/settings.mjs';
import { transpile } from './lib/transpile.mjs';
import { tscPath } from './setup.mjs';

/** An editor that saves many files, or a checkout, is one edit when nothing was saved for so long. */
const quietMs = 40;

await runMain(async () => {
  say('Doorstep, development');
  loadEnvFile();
  process.env.NODE_ENV ??= 'development';
  const { url, children, session } = await launch({ warm: true });
  watchTypes(session);
  watchCode(url, children, session);
  const web = existsSync(inRoot('apps/web/vite.config.ts')) ? watchWeb(url, session) : undefined;
  say(`\n  ${web ?? url}  reloads as you edit\n`);
  say(`ready ${url}`);
});

/** A tool that may start helpers of its own: the whole group ends with us. */
function spawnGroup(session, args, options) {
  const group = process.platform !== 'win32';
  const tool = spawn(process.execPath, args, { ...options, detached: group });
  session.onStop(() => (group ? signal(-tool.pid, 'SIGTERM') : tool.kill()));
  return tool;
}

/** Says what does not fit; processes that start need not wait for it. */
function watchTypes(session) {
  const args = [tscPath, '-p', '.', '--watch', '--noEmit', '--incremental', 'false'];
  const quietly = ['--preserveWatchOutput', '--pretty', 'false'];
  const compiler = spawnGroup(session, [...args, ...quietly], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  setPriority(compiler.pid, constants.priority.PRIORITY_LOW);
  compiler.stdout.setEncoding('utf8').on('data', (text) => {
    for (const line of text.split('\n')) if (/error TS/.test(line)) say(`  ${line}`);
  });
}

/** Starts processes anew when their code was saved. */
function watchCode(url, children, session) {
  const saved = new Set();
  let timer;
  let last = Promise.resolve();
  const goLive = async () => {
    const began = Date.now();
    const paths = [...saved];
    saved.clear();
    try {
      await Promise.all(paths.map(transpile));
    } catch (error) {
      return say(`  ${error.message}`);
    }
    const stale = children.filter(({ name }) => paths.some((path) => isCodeOf(name, path)));
    if (stale.length === 0) return;
    const phones = stale.filter(({ name }) => name === 'simulator');
    await Promise.all(stale.filter((child) => !phones.includes(child)).map((child) => child.restart()));
    await until(() => isUp(`${url}/health/ready`), 30_000);
    for (const child of phones) await child.restart();
    say(`  ${stale.map(({ name }) => name).join(', ')}: live after ${Date.now() - began + quietMs} ms`);
  };
  for (const folder of ['apps', 'libs', 'config', 'migrations']) {
    const watcher = watch(inRoot(folder), { recursive: true }, (_event, file) => {
      const path = `${folder}/${file?.replaceAll('\\', '/')}`;
      if (!/\.ts$/.test(path) || /^apps\/web\/|\.spec\.ts$/.test(path)) return;
      saved.add(path);
      clearTimeout(timer);
      timer = setTimeout(() => {
        last = last.then(goLive);
      }, quietMs);
    });
    session.onStop(() => watcher.close());
  }
}

/** An app's own files, and all that the apps share. */
const isCodeOf = (name, path) => [name, undefined].includes(/^apps\/(\w+)\//.exec(path)?.[1]);

/** Vite's own server, with hot replacement, forwarding /api and /live to ours. */
function watchWeb(url, session) {
  const args = [inRoot('node_modules/vite/bin/vite.js'), '--clearScreen', 'false'];
  spawnGroup(session, args, {
    cwd: inRoot('apps/web'),
    env: { ...process.env, DOORSTEP_API: url },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return 'http://localhost:5173';
}
