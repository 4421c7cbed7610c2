import { DirectWakes, PgListener, PgNotifier } from '#platform';
import { startTestApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/client.js';

describe('direct wakes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
  });
  afterAll(() => app?.stop());

  it('work on a key by itself, and once more when it is asked for meanwhile', async () => {
    const worker = app.workers[0]!;
    const wakes = new DirectWakes(worker.get(PgListener), worker.get(PgNotifier));
    const log: string[] = [];
    const releases = new Map<string, () => void>();
    wakes.register({
      channel: 'test_wakes',
      concurrency: 2,
      process: async (key) => {
        log.push(`${key} begins`);
        await new Promise<void>((resolve) => releases.set(key, resolve));
        log.push(`${key} ends`);
        if (key === 'b') throw new Error('b fails, and stops nobody');
      },
    });
    await wakes.start();
    const begun = (count: number) =>
      eventually(async () => log.filter((line) => line.endsWith('begins')).length === count);
    wakes.wake('test_wakes', 'a');
    wakes.wake('test_wakes', 'b');
    await begun(2);
    // While both turns are taken: a third key waits, and what is asked for twice is done once more, not twice.
    for (const key of ['c', 'a', 'a']) wakes.wake('test_wakes', key);
    wakes.wake('test_wakes', 'a');
    const heard = new Promise<void>((resolve) => {
      void worker.get(PgListener).listen('test_wakes', (key) => key === 'last' && resolve());
    });
    wakes.wake('test_wakes', 'last');
    await heard;
    expect(log).toEqual(['a begins', 'b begins']);
    releases.get('b')!();
    await begun(3);
    expect(log.at(-1)).toBe('c begins');
    releases.get('a')!();
    await begun(4);
    expect(log.slice(-2)).toEqual(['a ends', 'a begins']);
    releases.get('c')!();
    await begun(5);
    expect(log.at(-1)).toBe('last begins');
    releases.get('a')!();
    releases.get('last')!();
    await wakes.stop();
    expect(log.filter((line) => line === 'a begins')).toHaveLength(2);
    expect(log.filter((line) => line.endsWith('ends'))).toHaveLength(5);
  });
});
