import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as Postgres } from 'pg';
import { destination, newId } from '#kernel';
import { CENTRE } from '../support/city.js';
import { Client, eventually } from '../support/client.js';
import { createDurableDatabase, type DurableDatabase } from '../support/database.js';
import { freePort, ProductProcess } from '../support/processes.js';
import { seedCity } from '../support/seed-city.js';

const BLOWS = 6;
const JOBS_A_BLOW = 12;
const VISITS = 4;

/**
 * Real processes and a durable server. While jobs are created, offered, accepted and worked on, the worker process and
 * PostgreSQL are struck down again and again. Whatever was acknowledged must be there afterwards, once.
 */
describe('when processes and the database are struck down during dispatch', () => {
  let database: DurableDatabase;
  let api: ProductProcess;
  let worker: ProductProcess;
  let owner: Postgres;
  let url: string;
  let dataDir: string;

  beforeAll(async () => {
    database = await createDurableDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'doorstep-chaos-'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = {
      PORT: String(port),
      DATABASE_URL: database.appUrl,
      JWT_SECRET: 'chaos-secret-that-is-long-enough-000',
      QR_SECRET: 'chaos-secret-that-is-long-enough-111',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      RATE_LIMITS: 'off',
    };
    api = new ProductProcess('api', env);
    worker = new ProductProcess('worker', env);
  });

  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    await owner?.end().catch(() => undefined);
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('loses nothing acknowledged, repeats nothing, and leaves a log without gap or break', async () => {
    const city = await seedCity({ databaseUrl: database.appUrl, workers: 12 });
    api.start();
    worker.start();
    const alive = () =>
      eventually(async () => {
        if (!api.running) api.start();
        if (!worker.running) worker.start();
        return fetch(`${url}/health/ready`).then(
          (answer) => answer.ok,
          () => false,
        );
      }, 60_000);
    await alive();

    const signIn = async (email: string) => {
      const { body } = await new Client(url).post<{ accessToken: string }>('sessions', {
        email,
        password: city.password,
      });
      return new Client(url, body.accessToken);
    };
    const desk = await signIn(city.desk);
    const phones = await Promise.all(city.workers.map((w) => signIn(w.email)));

    const created = new Set<string>();
    const accepted = new Map<string, string>();
    /** A command is sent under one key until it is answered, as every client of ours does. */
    const insist = async (client: Client, path: string, body?: unknown) => {
      const key = newId();
      for (;;) {
        const answer = await client
          .post<{ id?: string; jobId?: string; code?: string }>(path, body, { key })
          .catch(() => null);
        if (answer && answer.status < 500 && answer.body.code !== 'COMMAND_RUNNING') return answer;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    let stop = false;
    const workOn = async (phone: Client, n: number) => {
      while (!stop) {
        const workerId = city.workers[n]!.id;
        const at = destination(CENTRE, n * 30, 300);
        await phone
          .post('me/positions', {
            deviceId: `phone-${n}`,
            fixes: [{ seq: Date.now(), ...at, accuracyMetres: 8, fixAt: new Date().toISOString() }],
          })
          .catch(() => null);
        const offers = await phone
          .get<{ items?: { id: string; jobId: string }[] }>('me/offers')
          .catch(() => null);
        for (const offer of offers?.body.items ?? []) {
          const answer = await insist(phone, `offers/${offer.id}/accept`);
          if (answer.status !== 200) continue;
          accepted.set(offer.jobId, workerId);
          for (const verb of ['depart', 'arrive', 'start', 'complete'])
            await insist(phone, `jobs/${offer.jobId}/${verb}`, {});
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const phonesAtWork = phones.map(workOn);

    // A plan whose search is struck down in the middle, by a worker process that nobody hears of again.
    owner = new Postgres({ connectionString: database.ownerUrl });
    await owner.connect();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    for (let visit = 0; visit < VISITS; visit++) {
      const window = { windowStart: `${tomorrow}T10:00:00Z`, windowEnd: `${tomorrow}T14:00:00Z` };
      const at = destination(CENTRE, visit * 90, 500);
      const { body } = await insist(desk, 'jobs', { ...at, ...window, address: 'x', durationSeconds: 600 });
      created.add(body.id!);
    }
    const planned = await insist(desk, 'day-plans', { areaId: city.areaId, date: tomorrow, seconds: 2 });
    expect(planned.status).toBe(202);
    const run = async () =>
      (await owner.query<{ state: string; attempts: number }>('SELECT state, attempts FROM background_runs'))
        .rows[0]!;
    await eventually(async () => (await run()).state === 'running');
    await worker.kill();
    expect(await run()).toEqual({ state: 'running', attempts: 1 });
    await owner.query(`UPDATE background_runs SET heartbeat_at = heartbeat_at - interval '1 minute'`);
    await alive();
    await eventually(async () => (await run()).state === 'done', 60_000);
    const plan = await desk.get<{ state: string }>(`day-plans/${planned.body.id}`);
    expect([plan.body.state, (await run()).attempts]).toEqual(['proposed', 2]);
    await owner.end();
    owner = new Postgres({ connectionString: database.ownerUrl });

    for (let blow = 0; blow < BLOWS; blow++) {
      const commands = Array.from({ length: JOBS_A_BLOW }, async () => {
        const answer = await insist(desk, 'jobs', {
          ...CENTRE,
          address: 'Chaos Street 1',
          durationSeconds: 600,
        });
        expect(answer.status).toBe(201);
        created.add(answer.body.id!);
      });
      await new Promise((resolve) => setTimeout(resolve, 150));
      await worker.kill();
      if (blow % 2 === 1) {
        await database.server.stopImmediate();
        await database.server.restart();
      }
      await alive();
      await Promise.all(commands);
    }

    await owner.connect();
    const ask = async <Row extends object>(text: string) => (await owner.query<Row>(text)).rows;
    await eventually(async () => {
      await alive();
      return accepted.size >= Math.min(created.size, 30);
    }, 90_000).catch(async (error: Error) => {
      const states = await ask('SELECT state, count(*) FROM jobs GROUP BY 1');
      const offers = await ask('SELECT state, count(*) FROM offers GROUP BY 1');
      const workers = await ask('SELECT status, count(*) FROM workers GROUP BY 1');
      const backlog = await ask('SELECT * FROM fact_backlog()');
      const story = JSON.stringify({ accepted: accepted.size, states, offers, workers, backlog });
      throw new Error(`${error.message}\n${story}\n${api.lastWords}\n${worker.lastWords}`);
    });
    stop = true;
    await Promise.all(phonesAtWork);

    // Everything is sequenced and every handler stands at the head.
    await eventually(async () => {
      const rows = await ask<{ behind: string }>('SELECT behind FROM fact_backlog()');
      return rows.length > 1 && rows.every((row) => Number(row.behind) === 0);
    }, 60_000);

    expect(created.size).toBe(VISITS + BLOWS * JOBS_A_BLOW);
    const jobs = new Set((await ask<{ id: string }>('SELECT id FROM jobs')).map((row) => row.id));
    expect([...created].filter((id) => !jobs.has(id))).toEqual([]);
    expect(jobs.size).toBe(created.size);
    const held = new Map(
      (
        await ask<{ job_id: string; worker_id: string }>(
          `SELECT job_id, worker_id FROM assignments WHERE state <> 'released'`,
        )
      ).map((row) => [row.job_id, row.worker_id]),
    );
    expect([...accepted].filter(([job, by]) => held.get(job) !== by)).toEqual([]);

    const twice =
      await ask(`SELECT subject_id, type, data->>'version' AS version FROM facts WHERE subject_type = 'job' AND type <> 'job.evaluated'
                             GROUP BY 1, 2, 3 HAVING count(*) > 1`);
    expect(twice).toEqual([]);
    const [log] = await ask<{ facts: string; last: string; first: string }>(
      'SELECT count(*) AS facts, max(seq) AS last, min(seq) AS first FROM facts',
    );
    expect([log?.first, log?.last]).toEqual(['1', log?.facts]);
    const verdict = await desk.get<{ fault: unknown }>('journal/verify');
    const auditor = await (await signIn(city.admin)).get<{ fault: unknown }>('journal/verify');
    expect([verdict.status, auditor.body.fault]).toEqual([expect.any(Number), null]);
  }, 300_000);
});
