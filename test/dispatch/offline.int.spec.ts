import { newId } from '#kernel';
import { WorkforceService } from '#workforce';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import { type Answer, eventually } from '../support/client.js';

interface Outcome {
  opId: string;
  outcome: string;
}

describe('what a phone recorded about offers while it was offline', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  let deviceSeq = 0;
  const send = (worker: TestWorker, ...operations: Record<string, unknown>[]) =>
    worker.client.post<{ results: Outcome[] }>('me/operations', {
      operations: operations.map((operation) => ({
        opId: newId(),
        deviceId: 'phone',
        deviceSeq: ++deviceSeq,
        occurredAt: app.clock.now().toISOString(),
        ...operation,
      })),
    });

  it('is applied in order: accept, then the field work, then giving another job back', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const offered = async (jobId: string) =>
      eventually(async () => {
        const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
        return body.items.find((offer) => offer.jobId === jobId);
      });
    const job = await city.job();
    const offer = await offered(job.id);
    const answer = await send(
      worker,
      { kind: 'accept', jobId: job.id, data: { offerId: offer.id } },
      { kind: 'depart', jobId: job.id },
      { kind: 'release', jobId: job.id, reason: 'the car broke down' },
    );
    expect(JSON.stringify(answer.body).match(/"applied"/g)).toHaveLength(3);
    const { body } = await city.org.as.dispatcher.get<{ workerId: string | null }>(`jobs/${job.id}`);
    expect(body.workerId).toBeNull();
  });

  it('is parked where it was done long before anybody heard that the offer was accepted', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const job = await city.job();
    const offer = await eventually(async () => {
      const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
      return body.items.find((one) => one.jobId === job.id);
    });
    const occurredAt = new Date(app.clock.now().getTime() - 180_000).toISOString();
    const answer = await send(
      worker,
      { kind: 'accept', jobId: job.id, occurredAt, data: { offerId: offer.id } },
      { kind: 'depart', jobId: job.id, occurredAt },
    );
    expect(answer.body.results).toMatchObject([
      { outcome: 'applied', state: 'assigned' },
      { outcome: 'parked', state: 'assigned', problem: { code: 'EARLIER_VISIT' } },
    ]);
  });

  it('is parked, not lost, when the offer has run out meanwhile', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const job = await city.job();
    const offer = await eventually(async () => {
      const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
      return body.items.find((one) => one.jobId === job.id);
    });
    await app.clock.set({ at: new Date(app.clock.now().getTime() + 60_000) });
    const answer = await send(worker, { kind: 'accept', jobId: job.id, data: { offerId: offer.id } });
    expect(JSON.stringify(answer.body)).toMatch(/conflict|rejected/);
    expect(JSON.stringify(answer.body)).toMatch(/OFFER_EXPIRED|NOT_FOUND/);
  });

  it('tells nothing of a job that was not offered to this worker', async () => {
    const city = await TestCity.build(app);
    const [worker, other] = [await city.worker(), await city.worker({ status: 'off_duty' })];
    const job = await city.job();
    const offer = await eventually(async () => {
      const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
      return body.items.find((one) => one.jobId === job.id);
    });
    const secret = await city.job({ requiredWorkerId: other.id });
    for (const kind of ['decline', 'accept'])
      for (const jobId of [secret.id, newId()]) {
        const { body } = await send(worker, { kind, jobId, reason: 'sick', data: { offerId: offer.id } });
        expect(body.results).toMatchObject([{ outcome: 'rejected', problem: { code: 'NOT_FOUND' } }]);
        expect(body.results[0]).not.toHaveProperty('state');
        expect((body.results[0] as unknown as { problem: { detail: string } }).problem.detail).toBe(
          'No such offer.',
        );
      }
    const declined = await send(worker, {
      kind: 'decline',
      jobId: job.id,
      reason: 'sick',
      data: { offerId: offer.id },
    });
    expect(declined.body.results[0]).toEqual({ opId: expect.any(String), outcome: 'applied' });
  });

  it('and everything else of a suspended worker is kept for the desk, who sees no door any more', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const job = await city.job({ contactPhone: '+16175550100' });
    const offer = await eventually(async () => {
      const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
      return body.items.find((one) => one.jobId === job.id);
    });
    expect((await worker.client.post(`offers/${offer.id}/accept`, {})).status).toBe(200);
    expect((await worker.client.post(`jobs/${job.id}/depart`, {})).status).toBe(200);
    const socket = worker.client.live();
    const cut = new Promise<{ reason: string }>((resolve) => socket.once('signed_out', resolve));
    await new Promise((resolve) => socket.once('ready', resolve));
    await app.uow.run(city.org.id, (tx) =>
      app.api.get(WorkforceService).setStatus(tx, worker.id, 'suspended'),
    );
    expect((await cut).reason).toBe('expired');
    socket.disconnect();

    const refusal = async (answer: Promise<Answer<{ code?: string }>>) => {
      const { status, body } = await answer;
      return [status, body.code];
    };
    const suspended = [403, 'SUSPENDED'];
    // Who the caller is may be a second old.
    await eventually(async () => (await worker.client.get('me/jobs')).status === 403);
    for (const path of ['me/jobs', `jobs/${job.id}`, `jobs/${job.id}/proof`, `jobs/${job.id}/timeline`])
      expect(await refusal(worker.client.get(path))).toEqual(suspended);
    for (const [path, body] of [
      [`jobs/${job.id}/arrive`, {}],
      [`jobs/${job.id}/notes`, { text: 'x' }],
      [`offers/${offer.id}/decline`, { reason: 'sick' }],
      ['me/positions', { fixes: [{ seq: 1, lat: 1, lon: 1, fixAt: app.clock.now().toISOString() }] }],
    ] as const)
      expect(await refusal(worker.client.post(path, body))).toEqual(suspended);
    expect((await worker.client.get<{ items: unknown[] }>('me/offers')).body.items).toEqual([]);
    expect((await worker.client.get<{ items: { status: string }[] }>('workers')).body.items).toMatchObject([
      { id: worker.id, status: 'suspended' },
    ]);

    const before = new Date(app.clock.now().getTime() - 60_000).toISOString();
    const late = await send(worker, { kind: 'arrive', jobId: job.id, occurredAt: before });
    expect(late.body.results).toMatchObject([{ outcome: 'parked', problem: { code: 'SUSPENDED' } }]);
    const note = await worker.client.post(`jobs/${job.id}/proof`, { kind: 'note', text: 'it leaks' });
    expect(note.status).toBe(201);
    const mine = await worker.client.get<{ items: object[] }>('me/conflicts');
    expect(mine.body.items).toMatchObject([{ jobId: job.id, code: 'SUSPENDED', job: null }]);

    await app.uow.run(city.org.id, (tx) =>
      app.api.get(WorkforceService).setStatus(tx, worker.id, 'off_duty'),
    );
    await eventually(async () => (await worker.client.get('me/jobs')).status === 200);
  });
});
