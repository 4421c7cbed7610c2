import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Media } from '#platform';
import { makeDemo } from '../../apps/cli/src/demo/make.js';
import { resetDemo } from '../../apps/cli/src/demo.js';
import { readOptions } from '../../apps/simulator/src/options.js';
import { runCities } from '../../apps/simulator/src/run-cities.js';
import { startTestApp, type TestApp } from '../support/app.js';

/** 10:00 on a Monday in the demo's city. */
const MORNING = '2026-03-02T02:00:00Z';
const WORKERS = 4;

interface Worker {
  id: string;
  status: string;
}

describe('the demo city, made anew while the simulator lives in it', () => {
  let app: TestApp;
  let run: Promise<void>;
  const end = new AbortController();
  const inherited = { ...process.env };

  beforeAll(async () => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    app = await startTestApp({ at: MORNING });
    await makeDemo(app.api, { workers: WORKERS });
    const options = readOptions(['--url', app.url, '--jobs-per-hour', '0'], {});
    run = runCities(options, { log: () => undefined, signal: end.signal, lookEveryMs: 200 });
  });
  afterAll(async () => {
    end.abort();
    await run;
    process.env = inherited;
    await app?.stop();
  });

  /** Business time goes on, so that phones have something to do at each tick. */
  async function somebodyOnDuty(): Promise<Worker[]> {
    const desk = await app.signIn('desk@demo.test', 'doorstep-demo');
    for (;;) {
      await app.clock.set({ at: new Date(app.clock.now().getTime() + 60_000) });
      const { body } = await desk.get<{ items: Worker[] }>('workers?limit=100');
      const onDuty = body.items.filter(({ status }) => status !== 'off_duty');
      if (onDuty.length > 0) return onDuty;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('starts over with the new people, and nothing of the old ones is left on the disk', async () => {
    const [before] = await somebodyOnDuty();
    const { organization } = (
      await (await app.signIn('desk@demo.test', 'doorstep-demo')).get<{ organization: { id: string } }>('me')
    ).body;
    const photo = { content: Buffer.from('a photo'), mediaType: 'image/png' };
    await app.api.get(Media).hold(organization.id, photo, async () => undefined);
    const folder = join(app.env.DATA_DIR, 'files', organization.id);
    expect(existsSync(folder)).toBe(true);

    const { DATABASE_URL, JWT_SECRET, QR_SECRET, DATA_DIR, CLOCK } = app.env;
    process.env = {
      ...inherited,
      ...{ DATABASE_URL, JWT_SECRET, QR_SECRET, DATA_DIR, CLOCK },
      LOG_LEVEL: 'silent',
      DATABASE_OWNER_URL: app.ownerUrl,
    };
    await resetDemo({ workers: WORKERS });

    const after = await somebodyOnDuty();
    expect(after.map(({ id }) => id)).not.toContain(before!.id);
    expect(existsSync(folder)).toBe(false);
  });
});
