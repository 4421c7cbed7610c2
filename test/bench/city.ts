import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seedDemo } from '../../apps/cli/src/demo.js';
import { startInstallation } from '../../apps/cli/src/scratch-installation.js';
import { City } from '../../apps/simulator/src/city.js';
import { Account } from '../../apps/simulator/src/client/account.js';
import { readOptions } from '../../apps/simulator/src/options.js';
import { percentile, say, whole } from './support/figures.js';

interface JobRow {
  state: string;
  createdAt: string;
  assignedAt: string | null;
  departedAt: string | null;
  arrivedAt: string | null;
  arrival: { evidence: string } | null;
}

const PASSWORD = 'doorstep-demo';

/**
 * The simulator as load: the demo city with as many phones and customers as asked, on a clock that runs.
 * `npm run bench -- city [--workers N] [--jobs-per-hour N] [--speed N] [--seconds N] [--seed N]`
 */
export async function main(argv: string[]): Promise<void> {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      workers: text('200'),
      'jobs-per-hour': text('300'),
      speed: text('10'),
      seconds: text('120'),
      seed: text('1'),
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-city-'));
  const installation = await startInstallation({ folder, env: { CLOCK: 'virtual' } });
  try {
    Object.assign(process.env, installation.env, { DATABASE_OWNER_URL: installation.ownerUrl });
    const url = installation.urls[0]!;
    const log = console.log;
    // The last line is the result; what is said on the way goes elsewhere.
    console.log = (...words: unknown[]) => say(words.join(' '));
    await seedDemo({ workers: Number(values.workers), historyDays: 0 });
    const { seconds, ...rest } = values;
    const options = readOptions([
      '--url',
      url,
      ...Object.entries(rest).flatMap(([name, value]) => [`--${name}`, value]),
    ]);
    let troubles = 0;
    const city = new City(options, (line) => {
      if (/phones,/.test(line)) say(line);
      else troubles += 1;
    });
    await city.start();
    const began = Date.now();
    while (Date.now() - began < Number(seconds) * 1_000) {
      await delay(10_000);
      const online = [...city.phones.values()].filter((phone) => phone.isConnected).length;
      say(
        `${new Date(city.clock.now()).toISOString().slice(0, 16)}  ${online} phones online, ${city.desk.created} jobs asked for`,
      );
    }
    const online = [...city.phones.values()].filter((phone) => phone.isConnected).length;
    city.stop();
    const figures = { ...(await takeStock(url)), phonesOnline: online, asked: city.desk.created, troubles };
    log(
      JSON.stringify({
        bench: 'city',
        cpus: cpus().length,
        seconds: Number(seconds),
        speed: options.speed,
        ...figures,
      }),
    );
  } finally {
    await installation.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function takeStock(url: string) {
  const admin = new Account(url, 'admin@demo.test', PASSWORD);
  const jobs: JobRow[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: JobRow[]; nextCursor: string | null } = await admin.get(
      `jobs?limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    jobs.push(...page.items);
    cursor = page.nextCursor;
  }
  const seconds = (from: (job: JobRow) => string | null, to: (job: JobRow) => string | null) =>
    jobs.flatMap((job) => {
      const [a, b] = [from(job), to(job)];
      return a && b ? [(Date.parse(b) - Date.parse(a)) / 1_000] : [];
    });
  const assign = seconds(
    (job) => job.createdAt,
    (job) => job.assignedAt,
  );
  const travel = seconds(
    (job) => job.departedAt,
    (job) => job.arrivedAt,
  );
  const states: Record<string, number> = {};
  for (const { state } of jobs) states[state] = (states[state] ?? 0) + 1;
  const { facts, fault } = await admin.get<{ facts: number; fault: object | null }>('journal/verify');
  return {
    jobs: jobs.length,
    states,
    assignSecondsP50: whole(percentile(assign, 0.5)),
    assignSecondsP99: whole(percentile(assign, 0.99)),
    travelSecondsP50: whole(percentile(travel, 0.5)),
    arrivalsByFence: jobs.filter(({ arrival }) => arrival?.evidence === 'fence').length,
    arrivals: jobs.filter(({ arrivedAt }) => arrivedAt !== null).length,
    facts,
    journalVerifies: fault === null,
  };
}
