// `npm start`: the whole product from a fresh clone, on one machine, with nothing but Node installed.
import { isUp, launch } from './lib/launch.mjs';
import { runMain, say } from './lib/say.mjs';
import { loadEnvFile } from './lib/settings.mjs';

const demoPeople = [
  ['desk', 'dispatcher'],
  ['worker1', 'worker, on a phone'],
  ['inspector', 'inspector'],
  ['quality', 'quality manager'],
  ['area', 'area manager'],
  ['customer', 'customer'],
  ['admin', 'administrator'],
];

await runMain(async () => {
  say('Doorstep');
  loadEnvFile();
  const { url, settings } = await launch();
  say(`\n  ${url}           the product`);
  if (await isUp(`${url}/api/docs`)) say(`  ${url}/api/docs  the API`);
  if (settings.demo) {
    say('\n  Log in with password doorstep-demo as');
    for (const [name, role] of demoPeople) say(`    ${`${name}@demo.test`.padEnd(22)} ${role}`);
  }
  say(`\n  Logs are in ${settings.dataDir}/logs. Ctrl-C stops everything.\n`);
  say(`ready ${url}`);
});
