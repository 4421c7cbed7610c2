import { setTimeout as delay } from 'node:timers/promises';
import { City, untilReady } from './city.js';
import { ApiProblem } from './client/http.js';
import { OptionError, readOptions } from './options.js';

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, () => process.exit(0));

try {
  const options = readOptions(process.argv.slice(2));
  for (;;) {
    await untilReady(options.url, () => false);
    const city = new City(options, log);
    const refusal = await city.start().then(
      () => null,
      (error: unknown) => error,
    );
    if (refusal === null) break;
    await city.stop();
    if (refusal instanceof ApiProblem && refusal.code === 'CLOCK_IS_REAL')
      throw new OptionError(refusal.message);
    log(`the city does not start yet: ${String(refusal)}`);
    await delay(10_000);
  }
  process.send?.({ started: 'simulator' });
} catch (error) {
  console.error(error instanceof OptionError ? error.message : error);
  process.exit(error instanceof OptionError ? 78 : 1);
}
