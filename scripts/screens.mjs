// `node scripts/screens.mjs [--url URL] [--only NAME,…] [--full FOLDER]`: takes every page at three widths, light and dark, and renews
// docs/screens. Without a URL it starts the product with its demo city on a data folder of its own, which it removes.
// `--full` also keeps every picture in its own size. What is taken: test/web/screen-pages.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot } from './lib/paths.mjs';
import { runMain, say } from './lib/say.mjs';
import { setup } from './setup.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, full: { type: 'string' }, only: { type: 'string' } },
  });
  await setup();
  const { takeScreens } = await import(inRoot('dist/test/web/screens.js'));
  const product = values.url ? { url: values.url, stop: () => {} } : await startProduct();
  try {
    await takeScreens({ url: product.url, full: values.full, only: values.only?.split(','), log: say });
  } finally {
    await product.stop();
  }
  process.exit(0);
});

/** The demo city as a newcomer gets it. */
async function startProduct() {
  const dataDir = mkdtempSync(join(tmpdir(), 'doorstep-screens-'));
  Object.assign(process.env, { DATA_DIR: dataDir, PORT: '0', DEMO: 'on', DATABASE_URL: '', REDIS_URL: '' });
  const { launch } = await import('./lib/launch.mjs');
  const { url, session } = await launch();
  return {
    url,
    stop: async () => {
      await session.takeDown();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
