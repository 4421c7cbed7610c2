import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { Threads, type ThreadTask } from './threads.js';

describe('work that grows with its input', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-threads-'));
  const threads = new Threads();
  const task = (name: string, source: string, maxSeconds = 60): ThreadTask<unknown, unknown> => {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, source);
    return { file, maxSeconds, what: 'the file' };
  };
  const endless = 'export default () => { for (;;); };';

  afterEach(() => threads.onApplicationShutdown());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('runs in another thread, and what it refuses is refused here', async () => {
    const which = task(
      'which',
      `import { threadId } from 'node:worker_threads'; export default () => ({ value: threadId });`,
    );
    expect(await threads.run(which, {})).not.toBe(threadId);
    const refusing = task(
      'refusing',
      `export default () => ({ invalid: [{ field: 'file', message: 'is bad', code: 'BAD' }] });`,
    );
    await expect(threads.run(refusing, {})).rejects.toMatchObject({ status: 422, errors: [{ code: 'BAD' }] });
  });

  it('is ended when it takes too long or too much memory', async () => {
    await expect(threads.run(task('endless', endless, 1), {})).rejects.toMatchObject({
      code: 'TOOK_TOO_LONG',
      status: 422,
    });
    threads.maxHeapMebibytes = 32;
    await threads.onApplicationShutdown();
    const hungry = task(
      'hungry',
      'export default () => { const all = []; for (;;) all.push({ a: all.length }); };',
    );
    await expect(threads.run(hungry, {})).rejects.toMatchObject({
      code: 'NEEDS_TOO_MUCH_MEMORY',
      status: 422,
    });
  });

  it('is refused when too much waits already', async () => {
    const waiting = Array.from({ length: 40 }, () => threads.run(task('endless', endless), {}));
    const ends = Promise.allSettled(waiting);
    await expect(waiting.at(-1)).rejects.toMatchObject({ code: 'BUSY', status: 503 });
    await threads.onApplicationShutdown();
    const codes = (await ends).map((end) => (end as PromiseRejectedResult).reason.code as unknown);
    // Those under way, and sixteen that wait.
    expect(codes.filter((code) => code === 'BUSY')).toHaveLength(40 - 16 - threads.maxThreads);
  });
});
