import { OptionError, readOptions } from './options.js';
import { runCities } from './run-cities.js';

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, () => process.exit(0));

try {
  await runCities(readOptions(process.argv.slice(2)), {
    log,
    started: () => process.send?.({ started: 'simulator' }),
  });
} catch (error) {
  console.error(error instanceof OptionError ? error.message : error);
  process.exit(error instanceof OptionError ? 78 : 1);
}
