// `npm run dev`: as `npm start`, and edits go live: pages at once, processes within four seconds (two cores). TypeScript 7
// watches, checks types and writes dist exactly as the build does; the processes are then started anew.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { launch } from './lib/launch.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { signal } from './lib/processes.mjs';
import { runMain, say } from './lib/say.mjs';
import { loadEnvFile } from './lib/settings.mjs';
import { tscPath } from './setup.mjs';

await runMain(async () => {
  say('Doorstep, development');
  loadEnvFile();
  process.env.NODE_ENV ??= 'development';
  const { url, children, session } = await launch();
  await watchBackend(children, session);
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

/** Resolves after the first pass, so that the boot is not followed by a needless restart. */
function watchBackend(children, session) {
  const args = [tscPath, '-p', '.', '--watch', '--preserveWatchOutput', '--pretty', 'false'];
  const compiler = spawnGroup(session, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    let passes = 0;
    compiler.stdout.setEncoding('utf8').on('data', (text) => {
      for (const line of text.split('\n')) if (/error TS/.test(line)) say(`  ${line}`);
      const passed = (text.match(/Found \d+ errors?\. Watching/g) ?? []).length;
      if (passed === 0) return;
      passes += passed;
      if (passes === 1) resolve();
      else void restartAll(children);
    });
  });
}

async function restartAll(children) {
  const began = Date.now();
  await Promise.all(children.map((child) => child.restart()));
  say(`  restarted ${children.map(({ name }) => name).join(', ')} in ${Date.now() - began} ms`);
}

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
