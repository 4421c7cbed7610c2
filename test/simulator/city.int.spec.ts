import { makeDemo } from '../../apps/cli/src/demo/make.js';
import { City } from '../../apps/simulator/src/city.js';
import { readOptions } from '../../apps/simulator/src/options.js';
import { startTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { orphans } from '../support/orphans.js';
import type { View } from '../support/views.js';

type Job = View<'JobView'>;

/** 10:00 on a Monday in the demo's city. */
const MORNING = '2026-03-02T02:00:00Z';
const HISTORY_DAYS = 3;
const TICK_MS = 1_000;
const MOST_STEPS = 1_500;

describe('the demo city with phones in it', () => {
  let app: TestApp;
  let desk: Client;
  let city: City;
  const said: string[] = [];

  beforeAll(async () => {
    app = await startTestApp({ at: MORNING });
    await makeDemo(app.api, { workers: 12, historyDays: HISTORY_DAYS });
    desk = await app.signIn('desk@demo.test', 'doorstep-demo');
    city = new City(readOptions(['--url', app.url, '--jobs-per-hour', '0'], {}), (line) => said.push(line));
    await city.prepare();
  });
  afterAll(async () => {
    city?.stop();
    await app?.stop();
  });

  /** Business time goes on by five seconds at a time, with a breath in between for what that causes. */
  async function playUntil<T>(probe: () => Promise<T | null | undefined | false>): Promise<T> {
    for (let step = 0; step < MOST_STEPS; step++) {
      await app.clock.set({ at: new Date(app.clock.now().getTime() + 5_000) });
      await new Promise((resolve) => setTimeout(resolve, 20));
      city.tick();
      const found = step % 5 === 0 && (await probe());
      if (found) return found;
    }
    throw new Error(`it did not happen in ${(MOST_STEPS * 5) / 60} minutes of the city; ${said.join(' | ')}`);
  }

  it('is seeded once', async () => {
    expect(await makeDemo(app.api, { workers: 12 })).toBe(false);
  });

  it('has a past: visits of the days before, by whom and when, each with its whole course in the log', async () => {
    const closed = await desk.get<{ items: (Job & { closedAt: string })[] }>('jobs?state=closed&limit=500');
    const days = closed.body.items.map(({ closedAt }) =>
      Math.floor((Date.parse(MORNING) - Date.parse(closedAt)) / 86_400_000),
    );
    expect([...new Set(days)].sort()).toEqual([0, 1, 2]);
    const { id } = closed.body.items[0]!;
    const timeline = await desk.get<{ items: { type: string; occurredAt: string }[] }>(`jobs/${id}/timeline`);
    const steps = timeline.body.items.map(({ type }) => type).filter((type) => type.startsWith('job.'));
    expect(steps.sort()).toEqual(
      ['created', 'assigned', 'departed', 'arrived', 'started', 'completed', 'closed']
        .map((step) => `job.${step}`)
        .sort(),
    );
  });

  it('gets a request done: offered, taken, travelled to, worked on and proved, by the phones alone', async () => {
    const done = await playUntil(async () => {
      const { body } = await desk.get<{ items: Job[] }>('jobs?state=completed&limit=5');
      return body.items[0];
    });
    expect(done.workerId).not.toBeNull();
    expect(done.arrival).not.toBeNull();
    const timeline = await desk.get<{ items: { kind: string }[] }>(`jobs/${done.id}/proof`);
    expect(timeline.body.items.length).toBeGreaterThan(0);
  });

  it('goes on by itself only between its start and its stop', async () => {
    const running = new Set<unknown>();
    const { setInterval: open, clearInterval: close } = global;
    const opens = jest.spyOn(global, 'setInterval').mockImplementation(((run: () => void, ms: number) => {
      const timer = open(run, ms);
      if (ms === TICK_MS) running.add(timer);
      return timer;
    }) as typeof setInterval);
    const closes = jest.spyOn(global, 'clearInterval').mockImplementation((timer) => {
      running.delete(timer);
      close(timer);
    });
    const other = new City(readOptions(['--url', app.url, '--workers', '1'], {}), () => undefined);
    const counts: number[] = [];
    await other.prepare();
    counts.push(running.size);
    await other.start();
    counts.push(running.size);
    other.stop();
    counts.push(running.size);
    opens.mockRestore();
    closes.mockRestore();
    for (const timer of running) close(timer as NodeJS.Timeout);
    expect(counts).toEqual([0, 1, 0]);
  });

  it('leaves the visitor’s phone to the visitor', async () => {
    const { body } = await desk.get<{ items: { externalRef: string; status: string }[] }>(
      'workers?limit=100',
    );
    expect(body.items.find(({ externalRef }) => externalRef === 'worker1')).toMatchObject({
      status: 'off_duty',
    });
  });

  it('leaves no row that names another one which is not there', async () => {
    expect(await orphans(app.ownerUrl)).toEqual([]);
  });
});
