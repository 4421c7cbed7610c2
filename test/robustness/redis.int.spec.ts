import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startTestApp, type TestApp } from '../support/app.js';
import { Ear, TestCity } from '../support/city.js';
import { Client, eventually } from '../support/client.js';
import { freePort } from '../support/processes.js';

const installed = (() => {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

const METRICS_TOKEN = 'for-the-scraper-0001';

/** Skipped and named where there is no redis-server; where every commit is checked that is a failure. */
const describeWithRedis = installed || process.env.CI ? describe : describe.skip;

describeWithRedis('with a REDIS_URL and nothing else', () => {
  let redis: ChildProcess;
  let url: string;
  let app: TestApp;
  let folder: string;
  beforeAll(async () => {
    if (!installed) throw new Error('redis-server is missing: .ci/run installs it');
    folder = mkdtempSync(join(tmpdir(), 'doorstep-redis-'));
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    redis = spawn('redis-server', args, { stdio: 'ignore' });
    app = await startTestApp({ apis: 2, workers: 1, env: { REDIS_URL: url, METRICS_TOKEN } });
  });
  afterAll(async () => {
    await app?.stop();
    if (redis) {
      const gone = new Promise((resolve) => redis.once('exit', resolve));
      redis.kill();
      await gone;
    }
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('a job is offered and taken, its wake-ups and rooms go through Redis', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const desks = app.urls.map((one) => new Ear(new Client(one, city.org.as.dispatcher.token).live()));
    await Promise.all(desks.map((desk) => desk.ready()));
    const job = await city.job();
    const offer = await eventually(async () => {
      const { body } = await worker.client.get<{ items: { id: string }[] }>('me/offers');
      return body.items[0];
    });
    expect((await worker.client.post(`offers/${offer.id}/accept`)).status).toBe(200);
    for (const desk of desks) await eventually(async () => desk.of(job.id).includes('job.assigned'));

    const seen = desks.map(
      ({ socket }) =>
        new Promise((resolve) => socket.on('presence', (said: { jobId: string }) => resolve(said.jobId))),
    );
    await desks[0]!.socket.emitWithAck('presence', { jobId: job.id });
    expect(await Promise.all(seen)).toEqual([job.id, job.id]);
    for (const { socket } of desks) socket.close();

    const client = new Redis(url);
    expect((await client.keys('bull:dispatch-round:*')).length).toBeGreaterThan(0);
    await client.quit();
  });
  it('the metrics are there while Redis does not answer', async () => {
    const scrape = async () =>
      (await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
    expect(await scrape()).toContain('doorstep_queue_depth{');
    redis.kill('SIGSTOP');
    try {
      const text = await scrape();
      expect(text).toContain('doorstep_live_sockets 0');
      expect(text).not.toContain('doorstep_queue_depth{');
    } finally {
      redis.kill('SIGCONT');
    }
  });
});
