import { parseArgs } from 'node:util';

export interface SimulatorOptions {
  url: string;
  /** At most so many phones; all workers of the organisation by default. */
  workers: number;
  /** Mean over the day; null: as many as the people on duty can answer. */
  jobsPerHour: number | null;
  /** Business seconds in a wall second; null leaves the clock alone. */
  speed: number | null;
  seed: number;
  domain: string;
  password: string;
}

export class OptionError extends Error {}

const HELP =
  'simulator [--url URL] [--workers N] [--jobs-per-hour N] [--speed N] [--seed N] [--domain demo.test] [--password P]';

/** @throws OptionError with one line that names the option and its limit. */
export function readOptions(argv: string[], env: NodeJS.ProcessEnv = process.env): SimulatorOptions {
  let values: Record<string, string | undefined>;
  try {
    const text = { type: 'string' } as const;
    values = parseArgs({
      args: argv,
      options: {
        url: text,
        workers: text,
        'jobs-per-hour': text,
        speed: text,
        seed: text,
        domain: text,
        password: text,
      },
    }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}; usage: ${HELP}`);
  }
  const url = values.url ?? env.API_URL ?? `http://127.0.0.1:${env.PORT ?? 3000}`;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new OptionError(`--url must be an http address, not ${url}`);
  return {
    url: new URL(url).origin,
    workers: number(values.workers, '--workers', 1, 10_000, 1_000),
    jobsPerHour:
      values['jobs-per-hour'] === undefined
        ? null
        : number(values['jobs-per-hour'], '--jobs-per-hour', 0, 100_000, 0),
    speed: values.speed === undefined ? null : number(values.speed, '--speed', 0.01, 1_000, 1),
    seed: Math.round(number(values.seed, '--seed', 0, 2_147_483_647, 1)),
    domain: values.domain ?? 'demo.test',
    password: values.password ?? 'doorstep-demo',
  };
}

function number(
  text: string | undefined,
  name: string,
  low: number,
  high: number,
  otherwise: number,
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high))
    throw new OptionError(`${name} must be ${low} to ${high}, not "${text}"`);
  return value;
}
