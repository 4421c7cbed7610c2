// `npm test`: installs what it needs, then every check we have. Each check counts as one, each test of Jest as one.
// `npm test -- PATTERN` runs only the specs whose path matches; `npm run test:long` those named `*.long.spec.ts` alone. The last line is `N passed, N failed[, N skipped]`.
import { existsSync } from 'node:fs';
import { onInterrupt } from './lib/interrupt.mjs';
import { runJest } from './lib/jest-run.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { anyRunning, endRunning, run, until } from './lib/processes.mjs';
import { runMain, say } from './lib/say.mjs';
import { removeLeftOvers } from './lib/test-run.mjs';
import { setup, tscPath } from './setup.mjs';

const bin = (path) => inRoot('node_modules', path);
const outputLines = 60;
const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');

/** In the order in which a mistake is cheapest to hear of. */
const checks = [
  { name: 'format and lint (Biome)', args: [bin('@biomejs/biome/bin/biome'), 'check', '.'] },
  { name: 'types', args: [tscPath, '-p', '.', '--noEmit', '--tsBuildInfoFile', '.cache/types.tsbuildinfo'] },
  {
    name: 'types of the web app',
    args: [tscPath, '-p', 'apps/web', '--noEmit'],
    when: 'apps/web/tsconfig.json',
  },
  {
    name: 'direction of imports (dependency-cruiser)',
    args: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs'].concat(
      ...['apps', 'libs', 'config', 'migrations', 'test'],
    ),
  },
  { name: 'unused files, exports and packages (knip)', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'migrations match the entities', args: ['scripts/migration-drift.mjs'] },
  { name: 'the picture of the structure is up to date', args: ['scripts/structure.mjs', '--check'] },
  {
    name: 'the API description is up to date',
    args: ['scripts/openapi.mjs', '--check'],
    when: 'scripts/openapi.mjs',
  },
];

await runMain(async () => {
  const began = Date.now();
  onInterrupt(stopHalfWay);
  const isLong = process.argv.includes('--long');
  const patterns = process.argv.slice(2).filter((argument) => argument !== '--long');
  await setup();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const count = (outcome) => {
    for (const key of Object.keys(total)) total[key] += outcome[key] ?? 0;
  };
  if (patterns.length === 0 && !isLong) {
    for (const check of checks)
      if (!check.when || existsSync(inRoot(check.when))) count(await runCheck(check));
  }
  const noBrowser = await whyNoBrowser();
  if (noBrowser) count(withoutBrowser(noBrowser));
  count(
    await runJest(patterns, {
      DOORSTEP_NO_BROWSER: noBrowser ?? '',
      DOORSTEP_LONG_TESTS: isLong ? '1' : '',
    }),
  );

  say(`\n${((Date.now() - began) / 1000).toFixed(0)} s`);
  const { passed, failed, skipped } = total;
  say(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exit(failed ? 1 : 0);
});

/** Jest, when interrupted, leaves its database server running. */
async function stopHalfWay() {
  endRunning({ forGood: true });
  await until(() => !anyRunning(), 5_000);
  await removeLeftOvers();
}

async function runCheck({ name, args }) {
  const began = Date.now();
  const { code, output } = await run(process.execPath, args, { cwd: root });
  const ok = code === 0;
  say(`${ok ? 'PASS' : 'FAIL'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (ok) return { passed: 1 };
  const lines = output.trimEnd().split('\n');
  for (const line of lines.slice(0, outputLines)) say(`     ${line}`);
  if (lines.length > outputLines) say(`     … ${lines.length - outputLines} more lines`);
  return { failed: 1 };
}

/** Asked once, here, because a spec that is already running can no longer be skipped. */
async function whyNoBrowser() {
  const probe = await import(inRoot('dist/test/support/browser.js'));
  return probe.whyNoBrowser();
}

function withoutBrowser(reason) {
  say(`${inCi ? 'FAIL' : 'SKIP'} a browser for the tests: ${reason}`);
  return inCi ? { failed: 1 } : {};
}
