// `npm run bench -- NAME …`: runs test/bench/NAME.ts, whose `main(argv)` ends with one line of JSON.
import { existsSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from './lib/paths.mjs';
import { keepStdoutClean, runMain, Stop } from './lib/say.mjs';
import { loadEnvFile } from './lib/settings.mjs';
import { setup } from './setup.mjs';

await runMain(async () => {
  const [name, ...argv] = process.argv.slice(2);
  const names = existsSync(inRoot('test/bench'))
    ? readdirSync(inRoot('test/bench')).flatMap((file) => file.match(/^([\w-]+)\.ts$/)?.[1] ?? [])
    : [];
  if (!names.includes(name)) {
    const unknown = name ? `there is no benchmark "${name}"` : 'which benchmark?';
    throw new Stop(
      `${unknown} npm run bench -- NAME, where NAME is one of: ${names.join(', ') || '(none yet)'}`,
    );
  }
  keepStdoutClean();
  loadEnvFile();
  await setup();
  const { main } = await import(pathToFileURL(inRoot('dist/test/bench', `${name}.js`)).href);
  await main(argv);
});
