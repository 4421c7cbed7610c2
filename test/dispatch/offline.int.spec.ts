import { newId } from '#kernel';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';

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
});
