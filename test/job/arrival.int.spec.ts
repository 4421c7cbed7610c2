import { ArrivalWatchService } from '#job';
import { destination } from '#kernel';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import type { View } from '../support/views.js';
import { putInto } from './job-steps.js';

type Job = View<'JobView'>;

describe('arrival', () => {
  let app: TestApp;
  let city: TestCity;
  let worker: TestWorker;
  let jobId: string;
  let seq = 0;

  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    city = await TestCity.build(app);
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    worker = await city.worker();
    jobId = (await city.job()).id;
    await pass(60);
    await putInto(city, jobId, 'assigned', worker.id);
    expect((await worker.client.post(`jobs/${jobId}/depart`, {})).status).toBe(200);
  });

  const pass = (seconds: number) =>
    app.clock.set({ at: new Date(app.clock.now().getTime() + seconds * 1_000) });
  const job = async () => (await worker.client.get<Job>(`jobs/${jobId}`)).body;
  /** The phone reports that it is `metres` from the door. */
  const report = async (metres: number, accuracyMetres = 8) => {
    const at = destination(CENTRE, 0, metres);
    const fix = { seq: ++seq, ...at, accuracyMetres, fixAt: app.clock.now().toISOString() };
    const answer = await worker.client.post('me/positions', { deviceId: worker.id, fixes: [fix] });
    expect([answer.status, answer.body]).toMatchObject([200, { quarantined: [] }]);
  };
  const settled = () => app.api.get(ArrivalWatchService).settled();

  it('is seen by itself when good fixes stay at the door, and can be taken back', async () => {
    await pass(30);
    await report(450);
    await pass(20);
    await report(60);
    await pass(25);
    await report(40);
    const arrived = await eventually(async () => {
      const now = await job();
      return now.state === 'arrived' ? now : null;
    });
    expect(arrived.arrival).toMatchObject({
      evidence: 'fence',
      trusted: true,
      distanceMetres: 40,
      dwellSeconds: 25,
    });
    expect((await worker.client.post<Job>(`jobs/${jobId}/undo-arrive`, {})).body).toMatchObject({
      state: 'en_route',
      arrival: null,
    });
    for (let i = 0; i < 3; i++) {
      await pass(30);
      await report(30);
    }
    await settled();
    expect((await job()).state).toBe('en_route');
  });

  it('is not believed from vague fixes or from passing by', async () => {
    for (const [metres, accuracy] of [
      [30, 300],
      [20, 300],
      [90, 8],
      [400, 8],
      [80, 8],
    ] as const) {
      await pass(40);
      await report(metres, accuracy);
    }
    await settled();
    expect((await job()).state).toBe('en_route');
  });

  it('is taken on the word of the worker, marked as such with the distance, unless a good fix supports it', async () => {
    await pass(60);
    await report(850);
    await pass(10);
    const far = await worker.client.post<Job>(`jobs/${jobId}/arrive`, {});
    expect(far.body.arrival).toMatchObject({ evidence: 'declared', trusted: false, distanceMetres: 850 });
    await worker.client.post(`jobs/${jobId}/undo-arrive`, {});
    await pass(60);
    await report(40);
    const near = await worker.client.post<Job>(`jobs/${jobId}/arrive`, {});
    expect(near.body.arrival).toMatchObject({ evidence: 'fence', trusted: true, distanceMetres: 40 });
  });

  it('declared offline is judged by where the phone was then', async () => {
    await pass(60);
    await report(50);
    const then = app.clock.now().toISOString();
    await pass(120);
    await report(900);
    const late = await worker.client.post<Job>(`jobs/${jobId}/arrive`, { occurredAt: then });
    expect(late.body).toMatchObject({ arrivedAt: then, arrival: { evidence: 'fence', distanceMetres: 50 } });
  });

  it('claimed for a time that cannot be is held to what is possible, in row, fact and evidence', async () => {
    const arrive = async (occurredAt: string) => {
      await worker.client.post(`jobs/${jobId}/undo-arrive`, {});
      const answer = await worker.client.post<Job>(`jobs/${jobId}/arrive`, { occurredAt });
      const { body } = await city.org.as.dispatcher.get<{
        items: { type: string; occurredAt: string; data: { claimed?: object; arrival: object } }[];
      }>(`jobs/${jobId}/timeline`);
      return { job: answer.body, fact: body.items.findLast(({ type }) => type === 'job.arrived')! };
    };
    // At the door a day ago, 9 km away now.
    const yesterday = new Date(app.clock.now().getTime() - 20 * 3_600_000).toISOString();
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(
        `INSERT INTO position_fixes (org_id, worker_id, fix_at, lat, lon, accuracy_metres, device_id, seq, received_at)
         VALUES ($1, $2, $3, $4, $5, 8, 'p', 1, $3)`,
        [city.org.id, worker.id, yesterday, CENTRE.lat, CENTRE.lon],
      ),
    );
    await city.see(worker.id, destination(CENTRE, 0, 9_000));
    await pass(30);
    const { departedAt } = await job();
    const early = await arrive(yesterday);
    expect(early.job).toMatchObject({
      arrivedAt: departedAt,
      arrival: { evidence: 'declared', trusted: false, distanceMetres: 9_000 },
    });
    expect(early.fact).toMatchObject({
      occurredAt: departedAt,
      data: { claimed: { at: yesterday, changes: ['BEFORE_JOB'] }, arrival: { trusted: false } },
    });
    const now = app.clock.now().toISOString();
    const late = await arrive('2099-01-01T00:00:00.000Z');
    expect(late.job.arrivedAt).toBe(now);
    expect(late.fact).toMatchObject({
      occurredAt: now,
      data: { claimed: { at: '2099-01-01T00:00:00.000Z', changes: ['AFTER_RECEIPT'] } },
    });
    const note = await worker.client.post<{ occurredAt: string }>(`jobs/${jobId}/notes`, {
      text: 'x',
      occurredAt: '2099-01-01T00:00:00.000Z',
    });
    expect(note.body.occurredAt).toBe(now);
  });
});
