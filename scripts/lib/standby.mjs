// A process that has read the packages in advance and runs its script as soon as it is told to: for the dev loop, where
// reading them would be three quarters of every start.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';

const told = new Promise((resolve) => process.once('message', resolve));
// From here on the command line reads as if the script had been started itself.
process.argv.splice(1, 1);
const { dependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
// One that cannot be read here is the script's to complain of.
for (const name of Object.keys(dependencies)) await import(name).catch(() => {});
await told;
await import(pathToFileURL(process.argv[1]).href);
