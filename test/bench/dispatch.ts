import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { organizationUpdated } from '#identity';
import { newId, seededRandom } from '#kernel';
import { Deadlines, FactLog, UnitOfWork } from '#platform';
import { withApp } from '../../apps/cli/src/context.js';
import { type Installation, startInstallation } from '../../apps/cli/src/scratch-installation.js';
import { call } from '../../apps/simulator/src/client/http.js';
import { atRate, inParallel, latencies, say, until, whole } from './support/figures.js';
import { type BenchOrganization, makeOrganization, pointIn } from './support/people.js';
import { openPhones, openSocket, type Phone, sendFix, signIn } from './support/phones.js';

const AREAS = 10;
const DISPATCHERS = 200;
/** One account may have 20 sockets open. */
const SOCKETS_PER_DESK = 20;
const RATES = [
  { perSecond: 5, jobs: 100 },
  { perSecond: 50, jobs: 400 },
  { perSecond: 200, jobs: 400 },
];
/** Offers stay open over a whole stage, so that nothing but the jobs of the stage is measured. */
const OFFER_SECONDS = 600;
const OFFER_PATIENCE_MS = 90_000;
const RELAY_FACTS = 20_000;
const CLOCKS = 10_000;

interface Bench {
  url: string;
  org: BenchOrganization;
  desk: string;
  phones: Phone[];
  /** Job ids to the time at which the offer stood on a worker's socket, milliseconds of `performance`. */
  offeredAt: Map<string, number>;
  app: INestApplicationContext;
}

/** How fast dispatch is, end to end, with real processes: `npm run bench -- dispatch [--workers N]`. */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({ args: argv, options: { workers: { type: 'string', default: '1000' } } });
  const workers = Number(values.workers);
  if (!(Number.isInteger(workers) && workers >= 10 && workers <= 5_000))
    throw new Error('--workers must be 10 to 5000');
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-bench-'));
  let installation: Installation | undefined;
  try {
    say('starting PostgreSQL, one api and one worker process');
    installation = await startInstallation({ folder });
    Object.assign(process.env, installation.env, { DATABASE_POOL: '20', METRICS_TOKEN });
    const url = installation.urls[0]!;
    const figures = await withApp((app) => measure(app, url, workers));
    console.log(JSON.stringify({ bench: 'dispatch', cpus: cpus().length, workers, ...figures }));
  } finally {
    await installation?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(app: INestApplicationContext, url: string, workers: number) {
  say(`making ${workers} workers on duty in ${AREAS} areas`);
  const org = await makeOrganization(app, { workers, areas: AREAS, desks: DISPATCHERS / SOCKETS_PER_DESK });
  const admin = await signIn(url, 'admin@bench.test');
  const policy = { dispatch: { offerSeconds: OFFER_SECONDS, positionStaleSeconds: 3_600 } };
  await call(url, 'organization/policy', { method: 'PATCH', body: policy, token: admin });
  const offeredAt = new Map<string, number>();
  say('opening a socket for each of them');
  const phones = await openPhones(url, org.workers, ({ type, data }) => {
    if (type === 'offer.made' && !offeredAt.has(String(data.jobId)))
      offeredAt.set(String(data.jobId), performance.now());
  });
  await inParallel(phones, 100, sendFix);
  const desk = await signIn(url, org.desks[0]!);
  const bench: Bench = { url, org, desk, phones, offeredAt, app };
  const offers = [];
  for (const rate of RATES) offers.push(await offerTimes(bench, rate));
  const positionsPerSecond = await positions(bench);
  const relayFactsPerSecond = await relay(bench);
  const clocksPerSecond = await clocks(bench);
  const deliveries = await fanOut(bench);
  for (const { socket } of phones) socket.disconnect();
  return { offers, positionsPerSecond, ...deliveries, relayFactsPerSecond, clocksPerSecond };
}

/** From the request that creates a job to its offer on a worker's socket. */
async function offerTimes(bench: Bench, { perSecond, jobs }: (typeof RATES)[number]) {
  const { url, org, desk, offeredAt } = bench;
  const random = seededRandom(perSecond);
  const sentAt = new Map<string, number>();
  const began = performance.now();
  let createdBy = began;
  await atRate(perSecond, jobs, async (i) => {
    const place = pointIn(org.areas[i % AREAS]!, random);
    const at = performance.now();
    const body = { ...place, address: `Door ${i}`, durationSeconds: 1_800 };
    const { id } = await call<{ id: string }>(url, 'jobs', {
      method: 'POST',
      body,
      token: desk,
      patienceMs: 60_000,
    });
    sentAt.set(id, at);
    createdBy = performance.now();
  });
  const ids = [...sentAt.keys()];
  await until(() => ids.every((id) => offeredAt.has(id)), OFFER_PATIENCE_MS);
  const offered = ids.filter((id) => offeredAt.has(id));
  const ms = offered.map((id) => offeredAt.get(id)! - sentAt.get(id)!);
  const lastAt = Math.max(...offered.map((id) => offeredAt.get(id)!));
  const figures = {
    jobsPerSecond: perSecond,
    createdPerSecond: whole((jobs * 1_000) / (createdBy - began)),
    offeredPerSecond: whole((offered.length * 1_000) / (lastAt - began)),
    jobs,
    offered: offered.length,
    ...latencies(ms),
  };
  say(
    `${perSecond} jobs/s: ${offered.length} of ${jobs} offered, p50 ${figures.p50} ms, p99 ${figures.p99} ms; ` +
      `created at ${figures.createdPerSecond}/s, offered at ${figures.offeredPerSecond}/s`,
  );
  // The workers of this stage are free for the next.
  await inParallel(ids, 8, async (id) => {
    await call(url, `jobs/${id}/cancel`, {
      method: 'POST',
      body: { reason: 'end of the stage' },
      token: desk,
      patienceMs: 60_000,
    });
  });
  await caughtUp(bench);
  return figures;
}

/** Every phone sends its next fix as soon as the one before is acknowledged. */
async function positions({ phones }: Bench): Promise<number> {
  const until = performance.now() + 8_000;
  const began = performance.now();
  let accepted = 0;
  await Promise.all(
    phones.map(async (phone) => {
      while (performance.now() < until) {
        await sendFix(phone);
        accepted += 1;
      }
    }),
  );
  const perSecond = whole((accepted * 1_000) / (performance.now() - began));
  say(`positions: ${perSecond} accepted a second from ${phones.length} sockets`);
  return perSecond;
}

/** Facts that nobody handles, committed as fast as one process can, until the last has its place in the chain. */
async function relay(bench: Bench): Promise<number> {
  const { app, org } = bench;
  const uow = app.get(UnitOfWork);
  const head = () => uow.run(org.orgId, (tx) => app.get(FactLog).head(tx));
  await caughtUp(bench);
  const before = await head();
  const began = performance.now();
  await inParallel(Array.from({ length: RELAY_FACTS / 500 }), 4, () =>
    uow.run(org.orgId, async (tx) => {
      for (let i = 0; i < 500; i++) tx.record(organizationUpdated(org.orgId, { version: i }));
    }),
  );
  await until(async () => (await head()) >= before + RELAY_FACTS, 120_000);
  const perSecond = whole((RELAY_FACTS * 1_000) / (performance.now() - began));
  say(`relay: ${perSecond} facts a second, from the first commit to the last link of the chain`);
  return perSecond;
}

/** Deadlines of one kind that fall due together; handling each records a fact, as an escalation would. */
async function clocks({ app, org }: Bench): Promise<number> {
  const uow = app.get(UnitOfWork);
  let handled = 0;
  app.get(Deadlines).on('bench.clock', async (_, tx) => {
    tx.record(organizationUpdated(org.orgId, { version: handled++ }));
  });
  const dueAt = new Date(Date.now() - 1_000);
  for (let made = 0; made < CLOCKS; made += 500)
    await uow.run(org.orgId, async (tx) => {
      for (let i = 0; i < 500; i++) await tx.schedule('bench.clock', newId(), dueAt);
    });
  const before = handled;
  const began = performance.now();
  await app.get(Deadlines).runDue();
  await until(() => handled >= CLOCKS, 120_000);
  const perSecond = whole(((handled - before) * 1_000) / (performance.now() - began));
  say(`clocks: ${perSecond} due deadlines handled a second`);
  return perSecond;
}

/** Facts to 200 dispatchers: the next handful is committed when all of them have the one before. */
async function fanOut({ url, app, org }: Bench) {
  const ms: number[] = [];
  let received = 0;
  const tokens = await Promise.all(org.desks.map((email) => signIn(url, email)));
  const sockets = await Promise.all(
    Array.from({ length: DISPATCHERS }, (_, i) =>
      openSocket(url, tokens[i % tokens.length]!, (facts) => {
        const now = Date.now();
        for (const { type, recordedAt } of facts as ((typeof facts)[number] & { recordedAt: string })[]) {
          if (type !== 'organization.updated') continue;
          received += 1;
          ms.push(now - Date.parse(recordedAt));
        }
      }),
    ),
  );
  const handful = 20;
  const end = performance.now() + 8_000;
  const began = performance.now();
  let expected = 0;
  while (performance.now() < end) {
    await app.get(UnitOfWork).run(org.orgId, async (tx) => {
      for (let i = 0; i < handful; i++) tx.record(organizationUpdated(org.orgId, { version: i }));
    });
    expected += handful * DISPATCHERS;
    if (!(await until(() => received >= expected, 30_000))) break;
  }
  const perSecond = whole((received * 1_000) / (performance.now() - began));
  for (const socket of sockets) socket.disconnect();
  const { p50, p99 } = latencies(ms);
  say(
    `live channel: ${perSecond} deliveries a second to ${DISPATCHERS} dispatchers, p50 ${p50} ms, p99 ${p99} ms`,
  );
  return {
    dispatchers: DISPATCHERS,
    deliveriesPerSecond: perSecond,
    deliveryP50: p50,
    deliveryP99: p99,
    lost: expected - received,
  };
}

const METRICS_TOKEN = 'for-the-benchmark-0001';

/** Nothing left to do: relay and handlers stand at the head of the log, as the metrics say. */
async function caughtUp({ url }: Bench): Promise<void> {
  await until(async () => {
    const text = await (
      await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
    ).text();
    const behind = [...text.matchAll(/^\w*fact\w*\{[^}]*\} (\d+)$/gm)].map((match) => Number(match[1]));
    return behind.every((n) => n === 0);
  }, 60_000);
}
