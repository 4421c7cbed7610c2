import { AsyncResource } from 'node:async_hooks';
import { AssignmentsService } from '#dispatch';
import { JobsService } from '#job';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';

const HOUR_MS = 3_600_000;

/** Interleavings that the half hour of chance meets rarely, each played once on purpose. No worker process runs at first. */
describe('two things at once', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
  });
  afterAll(() => app?.stop());

  const caughtUp = async (orgId: string) => {
    const worker = await createWorker(app.env);
    try {
      await eventually(() =>
        app.uow.run(orgId, async (tx) => {
          const [row] = await tx.sql<{ heard: boolean }>(
            `SELECT coalesce((SELECT seq FROM handler_cursors WHERE handler = 'dispatch'), 0) = (SELECT count(*) FROM facts) AS heard`,
          );
          return row?.heard;
        }),
      );
    } finally {
      await worker.close();
    }
  };
  const statusOf = async (city: TestCity, { id }: TestWorker) =>
    (await city.org.as.admin.get<{ status: string }>(`workers/${id}`)).body.status;

  it('frees a worker whose two jobs end side by side', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const assignments = app.api.get(AssignmentsService);
    const now = app.clock.now().getTime();
    const ids: string[] = [];
    for (const hours of [0, 2]) {
      const job = await city.job();
      ids.push(job.id);
      const [startsAt, endsAt] = [new Date(now + hours * HOUR_MS), new Date(now + (hours + 1) * HOUR_MS)];
      await app.uow.run(city.org.id, (tx) =>
        assignments.assign(tx, {
          jobId: job.id,
          workerId: worker.id,
          source: 'plan',
          startsAt,
          arrivesAt: startsAt,
          endsAt,
        }),
      );
    }
    await app.uow.run(city.org.id, async (tx) => {
      for (const id of ids) await assignments.activate(tx, id, worker.id);
    });
    expect(await statusOf(city, worker)).toBe('busy');

    const endOne = (id: string, before: () => Promise<void>) =>
      app.uow.run(city.org.id, async (tx) => {
        await assignments.end(tx, id, 'done');
        await assignments.syncWorkerStatus(tx, worker.id);
        await before();
      });
    let second: Promise<void> = Promise.resolve();
    await endOne(ids[0]!, async () => {
      // Its own transaction: the chain of calls here has one open already.
      second = outside(() => endOne(ids[1]!, async () => undefined));
      await new Promise((resolve) => setTimeout(resolve, 150));
    });
    await second;
    expect(await statusOf(city, worker)).toBe('available');
  });

  it('makes a worker busy who sets off before his time', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const windowStart = new Date(app.clock.now().getTime() + 5 * HOUR_MS);
    const job = await city.job({ windowStart, windowEnd: new Date(windowStart.getTime() + HOUR_MS) });
    const assigned = await city.org.as.dispatcher.post(`jobs/${job.id}/assign`, {
      workerId: worker.id,
      force: true,
    });
    expect(assigned.status).toBe(200);
    expect(await statusOf(city, worker)).toBe('available');
    expect((await worker.client.post(`jobs/${job.id}/depart`, {})).status).toBe(200);
    await caughtUp(city.org.id);
    expect(await statusOf(city, worker)).toBe('busy');
  });

  it('keeps the offers of a job that was opened again before its end was heard of', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker({ status: 'off_duty' });
    const { dispatcher } = city.org.as;
    const job = await city.job();
    await app.uow.run(city.org.id, (tx) =>
      app.api.get(JobsService).transition(tx, { jobId: job.id, event: 'expire', reason: 'nobody' }),
    );
    expect((await dispatcher.post(`jobs/${job.id}/reopen`, {})).status).toBe(200);
    expect((await dispatcher.post(`jobs/${job.id}/offer`, { workerId: worker.id })).status).toBe(200);
    await caughtUp(city.org.id);
    const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
    expect(body.items.map(({ jobId }) => jobId)).toEqual([job.id]);
    expect((await worker.client.post(`offers/${body.items[0]!.id}/accept`)).status).toBe(200);
  });

  it('offers by hand only a job that is open', async () => {
    const city = await TestCity.build(app);
    const [first, second] = [await city.worker({ status: 'off_duty' }), await city.worker({ bearing: 90 })];
    const { dispatcher } = city.org.as;
    const job = await city.job();
    const assigned = { workerId: first.id, force: true };
    expect((await dispatcher.post(`jobs/${job.id}/assign`, assigned)).status).toBe(200);
    const offered = await dispatcher.post<{ code: string }>(`jobs/${job.id}/offer`, { workerId: second.id });
    expect([offered.status, offered.body.code]).toEqual([409, 'ILLEGAL_TRANSITION']);
    expect((await second.client.get<{ items: unknown[] }>('me/offers')).body.items).toEqual([]);
  });
});

/** Made before any transaction is open. */
const AT_THE_TOP = new AsyncResource('outside');

/** Runs `work` outside the present chain of calls, as another request would. */
function outside<T>(work: () => Promise<T>): Promise<T> {
  return AT_THE_TOP.runInAsyncScope(work);
}
