// `npm run bench -- NAME …`: runs test/bench/NAME.ts, whose `main(argv)` ends with one line of JSON.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onInterrupt } from './lib/interrupt.mjs';
import { inRoot } from './lib/paths.mjs';
import { keepStdoutClean, runMain, Stop } from './lib/say.mjs';
import { loadEnvFile } from './lib/settings.mjs';
import { removeOwnRun } from './lib/test-run.mjs';
import { setup } from './setup.mjs';

const folder = inRoot('test/bench');

/** Modules that a benchmark imports lie beside it; only those with a `main` can be run. */
function benchName(file) {
  const name = file.match(/^([\w-]+)\.ts$/)?.[1];
  return name && /export (async )?function main\b/.test(readFileSync(join(folder, file), 'utf8'))
    ? [name]
    : [];
}

await runMain(async () => {
  const [name, ...argv] = process.argv.slice(2);
  const names = existsSync(folder) ? readdirSync(folder).flatMap(benchName) : [];
  if (!names.includes(name)) {
    const unknown = name ? `there is no benchmark "${name}":` : 'which benchmark?';
    throw new Stop(
      `${unknown} npm run bench -- NAME, where NAME is one of: ${names.join(', ') || '(none yet)'}`,
    );
  }
  keepStdoutClean();
  loadEnvFile();
  await setup();
  onInterrupt(removeOwnRun);
  const { main } = await import(pathToFileURL(inRoot('dist/test/bench', `${name}.js`)).href);
  await main(argv);
});
