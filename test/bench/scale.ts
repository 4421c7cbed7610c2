import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withApp } from '../../apps/cli/src/context.js';
import { startInstallation } from '../../apps/cli/src/scratch-installation.js';
import { call } from '../../apps/simulator/src/client/http.js';
import { percentile, say } from './support/figures.js';
import { generateJobs } from './support/generated-jobs.js';
import { makeOrganization } from './support/people.js';
import { signIn } from './support/phones.js';
import { type ScaleQuery, scaleQueries } from './support/scale-queries.js';

const FEW = 1_000;
const CLOSED_FOR_EACH = 10;
const AREAS = 10;
const WORKERS = 400;
const WARM_UP = 3;
const SERVER = { shared_buffers: '2GB', max_wal_size: '8GB', effective_cache_size: '8GB' };

type Queries = Record<string, ScaleQuery>;

/**
 * What the desk, the phones and the rounds ask, of an installation with a thousand open jobs and of one with `--jobs` of
 * them, ten times as many being over. `npm run bench -- scale [--jobs N] [--turns N] [--only PATTERN]`
 */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      jobs: { type: 'string', default: '1000000' },
      turns: { type: 'string', default: '40' },
      only: { type: 'string', default: '.' },
    },
  });
  const [jobs, turns] = [Number(values.jobs), Number(values.turns)];
  if (!(Number.isInteger(jobs) && jobs >= FEW && jobs <= 2_000_000))
    throw new Error(`--jobs must be ${FEW} to 2000000`);
  if (!(Number.isInteger(turns) && turns >= 1)) throw new Error('--turns must be 1 or more');
  const only = new RegExp(values.only);
  const figures = await withJobs(FEW, (few) =>
    withJobs(jobs, async (many) => {
      const rows = await measure(few, many, { turns, only });
      return summarize(rows);
    }),
  );
  console.log(
    JSON.stringify({ bench: 'scale', cpus: cpus().length, jobs, closed: jobs * CLOSED_FOR_EACH, ...figures }),
  );
}

/** An installation of its own with so many open jobs, and what is asked of it. */
async function withJobs<T>(jobs: number, work: (queries: Queries) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-scale-'));
  // No worker process: nothing but what is measured runs.
  const installation = await startInstallation({ folder, workers: 0, settings: SERVER });
  const { ownerUrl, env } = installation;
  const url = installation.urls[0]!;
  try {
    Object.assign(process.env, env);
    return await withApp(async (app) => {
      say(`generating ${jobs} open and ${jobs * CLOSED_FOR_EACH} closed jobs`);
      const org = await makeOrganization(app, { workers: WORKERS, areas: AREAS });
      const admin = await signIn(url, 'admin@bench.test');
      // The fixes of the generated workers are not renewed while they are measured.
      const policy = { dispatch: { positionStaleSeconds: 86_400 } };
      await call(url, 'organization/policy', { method: 'PATCH', body: policy, token: admin });
      await generateJobs(ownerUrl, org, { open: jobs, closed: jobs * CLOSED_FOR_EACH });
      return work(await scaleQueries({ app, url, ownerUrl, org }));
    });
  } finally {
    await installation.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Row {
  name: string;
  p50Ms1k: number;
  p50Ms: number;
  p95Ms1k: number;
  p95Ms: number;
}

/** Both are asked by turns, so that what else the machine does meanwhile falls on both alike. */
async function measure(
  few: Queries,
  many: Queries,
  { turns, only }: { turns: number; only: RegExp },
): Promise<Row[]> {
  const names = Object.keys(few).filter((name) => only.test(name));
  say(`asking ${names.length} questions of both, ${turns} times each`);
  const took = new Map(names.map((name) => [name, { few: [] as number[], many: [] as number[] }]));
  for (let turn = -WARM_UP; turn < turns; turn++)
    for (const name of names) {
      if (turn % (few[name]!.every ?? 1) !== 0) continue;
      const [a, b] = [await timed(few[name]!), await timed(many[name]!)];
      if (turn < 0) continue;
      took.get(name)!.few.push(a);
      took.get(name)!.many.push(b);
    }
  const at = (ms: readonly number[], share: number) => Number(percentile(ms, share).toFixed(1));
  return [...took].map(([name, { few: a, many: b }]) => ({
    name,
    p50Ms1k: at(a, 0.5),
    p50Ms: at(b, 0.5),
    p95Ms1k: at(a, 0.95),
    p95Ms: at(b, 0.95),
  }));
}

async function timed({ prepare, ask }: ScaleQuery): Promise<number> {
  await prepare?.();
  const began = performance.now();
  await ask();
  return performance.now() - began;
}

function summarize(rows: readonly Row[]) {
  const ratio = (few: number, many: number) => Number((many / few).toFixed(2));
  say(`${'milliseconds'.padEnd(36)}      p50 1k       p50         x    p95 1k       p95         x`);
  for (const { name, p50Ms1k, p50Ms, p95Ms1k, p95Ms } of rows) {
    const cells = [p50Ms1k, p50Ms, ratio(p50Ms1k, p50Ms), p95Ms1k, p95Ms, ratio(p95Ms1k, p95Ms)];
    say(`${name.padEnd(36)} ${cells.map((cell) => String(cell).padStart(9)).join(' ')}`);
  }
  return {
    worstRatio: Math.max(...rows.map(({ p95Ms1k, p95Ms }) => ratio(p95Ms1k, p95Ms))),
    queries: Object.fromEntries(rows.map(({ name, p95Ms1k, p95Ms }) => [name, { p95Ms1k, p95Ms }])),
  };
}
