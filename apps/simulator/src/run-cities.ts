import { setTimeout as delay } from 'node:timers/promises';
import { City } from './city.js';
import { ApiProblem } from './client/http.js';
import { OptionError, type SimulatorOptions } from './options.js';

interface Run {
  log: (line: string) => void;
  /** Called when the first city lives. */
  started?: () => void;
  /** Ends the run. */
  signal?: AbortSignal;
  /** How often it is asked whether the city is still the one that was learnt, wall milliseconds. */
  lookEveryMs?: number;
}

const RETRY_MS = 10_000;
const READY_RETRY_MS = 500;

/**
 * Lives in the organisation's city, and in the one that is made in its place after it (`doorstep demo reset`).
 * @throws OptionError when the options ask for what the installation does not do.
 */
export async function runCities(options: SimulatorOptions, run: Run): Promise<void> {
  const { log, signal, lookEveryMs = 10_000 } = run;
  const wait = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined);
  for (let lives = 0; !signal?.aborted; ) {
    while (!signal?.aborted && !(await isReady(options.url))) await wait(READY_RETRY_MS);
    const city = new City(options, log);
    try {
      await city.start();
      if (lives++ === 0) run.started?.();
      while (!signal?.aborted && !(await city.isReplaced())) await wait(lookEveryMs);
      if (!signal?.aborted) log('the organisation was made anew; starting over with its city');
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'CLOCK_IS_REAL') throw new OptionError(error.message);
      log(`the city does not start yet: ${String(error)}`);
      await wait(RETRY_MS);
    } finally {
      city.stop();
    }
  }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
