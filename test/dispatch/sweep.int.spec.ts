import { JobsService } from '#job';
import { dispatchBasePolicy } from '#libs/dispatch/src/dispatch.policy';
import { RoundRequestsService } from '../../libs/dispatch/src/rounds/round-requests.service.js';
import { RoundsService } from '../../libs/dispatch/src/rounds/rounds.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, TestCity, type TestWorker } from '../support/city.js';

const USUAL_SECONDS = dispatchBasePolicy.defaults.sweepSeconds;

describe('the sweep over open jobs', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
  });
  afterAll(() => app?.stop());

  it('looks again as often as each organisation wants it to', async () => {
    const names = new Map<string, string>();
    const sweepEvery = async (name: string, sweepSeconds: number | null) => {
      const city = await TestCity.build(app);
      names.set(city.org.id, name);
      await city.org.as.admin.patch('organization/policy', { dispatch: { sweepSeconds } });
      await city.job();
      await app.uow.run(city.org.id, (tx) =>
        tx.sql('UPDATE dispatch_areas SET done = wanted, ran_at = $3 WHERE org_id = $1 AND area_id = $2', [
          tx.orgId,
          city.areaId,
          tx.now,
        ]),
      );
    };
    await sweepEvery('restless', 5);
    await sweepEvery('usual', null);
    await sweepEvery('calm', 3_600);
    const forgottenAfter = async (seconds: number) => {
      const at = new Date(app.clock.now().getTime() + seconds * 1_000);
      return (await app.api.get(RoundRequestsService).findOverdue(at))
        .map(({ orgId }) => names.get(orgId))
        .sort();
    };
    expect(await forgottenAfter(4)).toEqual([]);
    expect(await forgottenAfter(6)).toEqual(['restless']);
    expect(await forgottenAfter(USUAL_SECONDS + 1)).toEqual(['restless', 'usual']);
    expect(await forgottenAfter(3_601)).toEqual(['calm', 'restless', 'usual']);
  });

  const round = (city: TestCity) =>
    app.api.get(RoundsService).run({ orgId: city.org.id, areaId: city.areaId });
  const askedOf = async ({ client }: TestWorker) =>
    (await client.get<{ items: { id: string; jobId: string }[] }>('me/offers')).body.items;
  const many = (city: TestCity, count: number, wish: object) =>
    app.uow.run(city.org.id, (tx) =>
      app.api.get(JobsService).createMany(
        tx,
        Array.from({ length: count }, () => ({
          ...CENTRE,
          address: 'far from everybody',
          areaId: city.areaId,
          durationSeconds: 600,
          skills: [{ skill: 'nobody has it' }],
          ...wish,
        })),
      ),
    );

  it('takes all that is due, whatever waits before it and is not due for weeks', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const inThreeWeeks = new Date(app.clock.now().getTime() + 21 * 86_400_000);
    await many(city, 1_001, { windowStart: inThreeWeeks, priority: 50 });
    await many(city, 1_001, { priority: 10 });
    const job = await city.job();
    await round(city);
    expect(await askedOf(worker)).toMatchObject([{ jobId: job.id }]);
  });

  it('goes on where a round stopped that could not take all, and says so', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const { admin, dispatcher } = city.org.as;
    await admin.patch('organization/policy', { dispatch: { maxRoundJobs: 3, batchWindowSeconds: 0 } });
    await many(city, 5, { priority: 10 });
    const job = await city.job();
    const truncated = async () =>
      (await dispatcher.get<{ items: { kind: string; detail: string }[] }>('alerts')).body.items
        .filter(({ kind }) => kind === 'round_truncated')
        .map(({ detail }) => detail);
    await round(city);
    expect([await askedOf(worker), await truncated()]).toEqual([[], ['3']]);
    const urgent = await city.job({ priority: 100, skills: [{ skill: 'nobody has it' }] });
    await round(city);
    await round(city);
    expect(await askedOf(worker)).toMatchObject([{ jobId: job.id }]);
    const decision = await dispatcher.get<{ at: string | null }>(`jobs/${urgent.id}/decision`);
    expect(decision.body.at).not.toBeNull();
    await admin.patch('organization/policy', { dispatch: { maxRoundJobs: 100 } });
    await round(city);
    expect(await truncated()).toEqual([]);
  });

  it('does not ask again who gave the job back, and asks whom the desk took it from only after a while', async () => {
    const city = await TestCity.build(app);
    const worker = await city.worker();
    const { dispatcher } = city.org.as;
    const job = await city.job();
    const reasons = async () =>
      (await dispatcher.get<{ candidates: { reasons: string[] }[] }>(`jobs/${job.id}/decision`)).body
        .candidates[0]?.reasons;
    const assign = () => dispatcher.post(`jobs/${job.id}/assign`, { workerId: worker.id, force: true });
    await assign();
    await dispatcher.post(`jobs/${job.id}/release`, { reason: 'another needs them more' });
    await round(city);
    expect(await askedOf(worker)).toEqual([]);
    expect(await reasons()).toEqual([expect.stringMatching(/^RELEASED_BY desk 2026-/)]);
    const past = app.clock.now();
    await app.clock.set({ at: new Date(past.getTime() + 3_601_000) });
    await city.see(worker.id);
    await round(city);
    const [offer] = await askedOf(worker);
    expect((await worker.client.post(`offers/${offer!.id}/accept`)).status).toBe(200);
    await app.clock.set({ at: new Date(past.getTime() + 2 * 3_601_000) });
    await worker.client.post(`jobs/${job.id}/release`, { reason: 'my car broke down' });
    await app.clock.set({ at: new Date(past.getTime() + 9 * 3_601_000) });
    await city.see(worker.id);
    await round(city);
    expect(await askedOf(worker)).toEqual([]);
    expect(await reasons()).toEqual([expect.stringMatching(/^RELEASED_BY worker 2026-/)]);
    // By hand anybody may be sent.
    expect((await assign()).status).toBe(200);
  });

  it('finds assignments as their jobs are, however late facts are handled', async () => {
    const city = await TestCity.build(app);
    const { dispatcher } = city.org.as;
    const [first, second] = [await city.worker(), await city.worker()];
    const job = await city.job();
    const fire = async (verb: string, body: object = {}) => {
      const answer = await dispatcher.post(`jobs/${job.id}/${verb}`, body);
      expect([verb, answer.status]).toEqual([verb, 200]);
    };
    await fire('assign', { workerId: first.id, force: true });
    for (const verb of ['depart', 'arrive', 'start', 'complete', 'undo-complete']) await fire(verb);
    await fire('fail', { reason: 'no_access' });
    await fire('reattempt');
    await fire('assign', { workerId: second.id, force: true });
    const rows = await app.uow.run(city.org.id, (tx) =>
      tx.sql(`SELECT worker_id, state FROM assignments WHERE job_id = $1 ORDER BY created_at, id`, [job.id]),
    );
    expect(rows).toEqual([
      { worker_id: first.id, state: 'done' },
      { worker_id: second.id, state: 'confirmed' },
    ]);
    const status = async ({ id }: TestWorker) =>
      (await dispatcher.get<{ status: string }>(`workers/${id}`)).body.status;
    expect([await status(first), await status(second)]).toEqual(['available', 'busy']);
  });

  it('tells the day of the city that most areas are in, and whose row is in another', async () => {
    const city = await TestCity.build(app);
    const { admin, dispatcher } = city.org.as;
    const circle = { kind: 'circle', radiusMetres: 3_000 };
    const tokyo = { ...circle, name: 'A first by name', lat: 35.68, lon: 139.76 };
    const made = await admin.post<{ id: string; timeZone: string }>('areas', tokyo);
    await admin.post('areas', { ...circle, name: 'Harbour', lat: 42.5, lon: -71.2 });
    const [here, there] = [await city.worker(), await city.worker()];
    await admin.patch(`workers/${there.id}`, { homeAreaIds: [made.body.id] });
    const board = await dispatcher.get<{ timeZone: string; workers: { id: string; timeZone: string }[] }>(
      'board',
    );
    expect(board.body.timeZone).toBe('America/New_York');
    const zones = new Map(board.body.workers.map((row) => [row.id, row.timeZone]));
    expect([zones.get(here.id), zones.get(there.id)]).toEqual(['America/New_York', 'Asia/Tokyo']);
    const far = await dispatcher.get<{ timeZone: string }>(`board?areaId=${made.body.id}`);
    expect(far.body.timeZone).toBe('Asia/Tokyo');
  });
});
