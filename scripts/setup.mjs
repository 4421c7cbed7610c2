// From a fresh clone to something that can run: packages, backend, web pages. Each step is skipped when nothing changed.
// Node built-ins only. Imported by the other scripts; run by itself it does just this.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { progress, runMain, Stop, say } from './lib/say.mjs';

const backendFolders = ['apps', 'libs', 'config', 'migrations', 'test'];
const webSources = ['apps/web', 'libs'];
export const tscPath = inRoot('node_modules/tsc7/bin/tsc');
const stamps = inRoot('.cache');

/** Packages, then builds. Holding a lock, so that two commands started at once do not install over each other. */
export async function setup({ web = true } = {}) {
  requireNode();
  await withLock(join(stamps, 'setup.lock'), async () => {
    await installPackages();
    await buildBackend();
    if (web) await buildWeb();
  });
}

function requireNode() {
  const wanted = [20, 19];
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
    throw new Stop(`Node ${wanted.join('.')} or later is needed; this is ${process.versions.node}`);
  }
}

// --- packages -----------------------------------------------------------------------------------------------------

const hashOf = (text) => createHash('sha256').update(text).digest('hex');
const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

async function installPackages() {
  const lock = readText(inRoot('package-lock.json'));
  const wanted = hashOf(lock + readText(inRoot('package.json')).replace(/"scripts": \{[^}]*\}/, ''));
  const stamp = inRoot('node_modules/.doorstep-installed');
  if (readText(stamp) === wanted) return;
  rmSync(stamp, { force: true });
  if (!isInstalled(lock)) {
    await progress('installing packages', async () => {
      if (await npmInstall()) return;
      say('  npm install failed; trying once more');
      const reason = await npmInstall().then((done) => (done ? undefined : lastNpmError));
      if (reason) throw new Stop(`npm install failed twice: ${reason}`);
    });
  }
  writeFileSync(stamp, wanted);
}

/** Did somebody's own `npm install` bring everything in the lock already? npm notes what it put in place. */
function isInstalled(lock) {
  const hidden = readText(inRoot('node_modules/.package-lock.json'));
  if (!lock || !hidden) return false;
  const present = JSON.parse(hidden).packages;
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, wanted]) => path === '' || wanted.optional || present[path]?.version === wanted.version,
  );
}

let lastNpmError = '';

async function npmInstall() {
  // Not `npm ci`: it rejects a lock that lists optional binaries of platforms a registry mirror does not carry.
  const args = ['install', '--ignore-scripts', '--include=dev', '--include=optional', '--no-save'];
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const [command, ...first] = npmCommand();
  const { code, output } = await run(command, [...first, ...args, ...quiet], { cwd: root });
  const lines = output
    .split('\n')
    .filter((line) => /npm (ERR!|error)/.test(line) && !/A complete log/.test(line));
  lastNpmError =
    lines
      .map((line) => line.replace(/^npm (ERR!|error)\s*/, ''))
      .filter(Boolean)
      .slice(0, 3)
      .join('; ') || output.trim();
  return code === 0;
}

function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.[cm]?js$/.test(running)) return [process.execPath, running];
  const beside = join(process.execPath, '../node_modules/npm/bin/npm-cli.js');
  return existsSync(beside) ? [process.execPath, beside] : ['npm'];
}

// --- builds -------------------------------------------------------------------------------------------------------

/** Every file below the folders with its size and time: cheap, and different after any edit, addition or removal. */
function fingerprint(folders, keep) {
  const seen = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!['node_modules', 'dist'].includes(entry.name)) walk(path);
      } else if (keep(relative(root, path).replaceAll('\\', '/'))) {
        const { size, mtimeMs } = statSync(path);
        seen.push({ path, mark: `${path} ${size} ${mtimeMs}` });
      }
    }
  };
  for (const folder of folders) if (existsSync(inRoot(folder))) walk(inRoot(folder));
  const settings = ['tsconfig.json', 'package-lock.json'].map((name) => hashOf(readText(inRoot(name))));
  const paths = seen.map(({ path }) => path).sort();
  return { paths, hash: hashOf([...seen.map(({ mark }) => mark).sort(), ...settings].join('\n')) };
}

/** Runs `build` when the stamp no longer matches; the stamp is written only when `build` says all went well. */
async function whenChanged(name, output, sources, build) {
  const stamp = join(stamps, `${name}.json`);
  const before = JSON.parse(readText(stamp) || '{}');
  if (before.hash === sources.hash && existsSync(output)) return;
  rmSync(stamp, { force: true });
  const present = new Set(sources.paths);
  const removed = (before.paths ?? []).filter((path) => !present.has(path));
  if (!(await build(removed))) return;
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, JSON.stringify(sources));
}

async function buildBackend() {
  const sources = fingerprint(
    backendFolders,
    (path) => /\.(ts|json)$/.test(path) && !path.startsWith('apps/web/'),
  );
  await whenChanged('backend', inRoot('dist/.tsbuildinfo'), sources, (removed) =>
    progress('compiling', async () => {
      forgetOutput(removed);
      const { code, output } = await run(process.execPath, [tscPath, '-p', '.'], { cwd: root });
      if (code === 0) return true;
      const errors = output.split('\n').filter((line) => line.includes('error TS'));
      if (errors.length === 0) throw new Stop(`the compiler failed: ${output.trim().split('\n').at(-1)}`);
      // What has the wrong type is compiled all the same; `npm test` is where a wrong type is a failure.
      say(`  ${errors.length} type errors, the first: ${errors[0]}`);
      return false;
    }),
  );
}

/** A deleted source must not live on as its old output. */
function forgetOutput(removed) {
  for (const path of removed) {
    const output = inRoot('dist', relative(root, path)).replace(/\.ts$/, '.js');
    for (const file of [output, `${output}.map`]) rmSync(file, { force: true });
  }
}

async function buildWeb() {
  if (!existsSync(inRoot('apps/web/vite.config.ts'))) return;
  // Pages use the pure files of libraries.
  const sources = fingerprint(
    webSources,
    (path) => !/\.(spec|service|controller|entity|module)\.ts$/.test(path),
  );
  await whenChanged('web', inRoot('dist/web/index.html'), sources, () =>
    progress('building the web pages', async () => {
      const args = [
        inRoot('node_modules/vite/bin/vite.js'),
        'build',
        '--outDir',
        inRoot('dist/web'),
        '--emptyOutDir',
      ];
      const { code, output } = await run(process.execPath, args, { cwd: inRoot('apps/web') });
      if (code === 0) return true;
      const lines = output.split('\n').filter((line) => line.trim());
      const at = lines.findIndex((line) => /error/i.test(line));
      throw new Stop(
        `the web pages did not build\n${lines
          .slice(at, at < 0 ? undefined : at + 6)
          .slice(-6)
          .join('\n')}`,
      );
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(() => setup());
