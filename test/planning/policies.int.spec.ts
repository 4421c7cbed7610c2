import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, TestCity } from '../support/city.js';
import type { View } from '../support/views.js';
import { decided, offerFor, offersOf, pass, setPolicy } from './dispatching.js';

type PolicyList = View<'PolicyList'>;

describe('dispatch policies', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());

  it('are kept in versions, checked field by field, and laid over each other', async () => {
    const city = await TestCity.build(app);
    const { admin, dispatcher } = city.org.as;
    const none = await dispatcher.get<PolicyList>('dispatch-policies');
    expect(none.body).toMatchObject({ items: [], effective: { method: 'auto', radiusMetres: 3_000 } });

    await admin.patch('organization/policy', { dispatch: { radiusMetres: 2_500, offerSeconds: 20 } });
    const type = await admin.post<{ id: string }>('service-types', {
      code: 'gas',
      name: 'Gas',
      durationSeconds: 600,
    });
    expect(await setPolicy(city, { radiusMetres: 2_000, weights: { travel_time: 3 } })).toMatchObject({
      version: 1,
    });
    await setPolicy(city, { method: 'broadcast', broadcastCount: 2 }, type.body.id);
    const { body } = await dispatcher.get<PolicyList>('dispatch-policies');
    expect(body.items.map(({ serviceTypeId, version }) => [serviceTypeId, version])).toEqual([
      [null, 1],
      [type.body.id, 1],
    ]);
    expect(body.product).toMatchObject({ radiusMetres: 3_000, offerSeconds: 45 });
    expect(body.organization).toMatchObject({ radiusMetres: 2_500, offerSeconds: 20 });
    expect(body.effective).toMatchObject({ radiusMetres: 2_000, offerSeconds: 20 });
    expect(body.items[1]!.effective).toMatchObject({
      method: 'broadcast',
      broadcastCount: 2,
      radiusMetres: 2_000,
      weights: { travel_time: 3, rating: 2 },
    });

    const stale = await admin.put('dispatch-policies', { body: {} }, { headers: { 'if-match': '"0"' } });
    expect(stale).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    const next = await admin.put('dispatch-policies', { body: {} }, { headers: { 'if-match': '"1"' } });
    expect(next).toMatchObject({ status: 200, body: { version: 2 } });
    expect(next.headers.get('etag')).toBe('"2"');
    const versions = await dispatcher.get<{ items: { version: number; body: object }[] }>(
      'dispatch-policies/versions',
    );
    expect(versions.body.items.map((v) => [v.version, v.body])).toEqual([
      [2, {}],
      [1, { radiusMetres: 2_000, weights: { travel_time: 3 } }],
    ]);
  });

  it.each([
    [{ radiusMetres: -5 }, 'body.radiusMetres'],
    [{ weights: { travel_time: 'much' } }, 'body.weights.travel_time'],
    [{ weights: { charm: 3 } }, 'body.weights.charm'],
    [{ travel: { detourFactor: 0.5 } }, 'body.travel.detourFactor'],
    [{ waves: [{ radiusMetres: 100, bestCount: 0, waitSeconds: 30 }] }, 'body.waves[0].bestCount'],
    [{ method: 'waves', waves: [] }, 'body.waves'],
    [{ method: 'astrology' }, 'body.method'],
    [{ offerSeconds: null }, 'body.offerSeconds'],
  ])('refuse %j, naming the field', async (body, field) => {
    const { as } = await app.organization();
    const answer = await as.admin.put<{ errors: { field: string }[] }>('dispatch-policies', { body });
    expect([answer.status, answer.body.errors?.map((e) => e.field)]).toEqual([422, [field]]);
  });

  it('may be changed by an administrator alone, and for service types that exist', async () => {
    const { as } = await app.organization();
    expect((await as.dispatcher.put('dispatch-policies', { body: {} })).status).toBe(403);
    expect((await as.worker.put('dispatch-policies', { body: {} })).status).toBe(404);
    const serviceTypeId = '0190f7a4-0000-7000-8000-000000000000';
    expect((await as.admin.put('dispatch-policies', { serviceTypeId, body: {} })).status).toBe(422);
  });

  it('decide by service type, and each decision says by which version', async () => {
    const city = await TestCity.build(app);
    const type = await city.org.as.admin.post<{ id: string }>('service-types', {
      code: 'far',
      name: 'Far',
      durationSeconds: 600,
    });
    await setPolicy(city, { radiusMetres: 500 });
    await setPolicy(city, { radiusMetres: 5_000 }, type.body.id);
    const worker = await city.worker({ metresAway: 2_000 });
    const plain = await city.job();
    const near = await decided(city, plain.id, (d) => d.method !== null);
    expect(near).toMatchObject({ policy: { default: 1, serviceType: null } });
    expect(near.candidates[0]!.reasons).toEqual(['OUT_OF_RADIUS 2000 > 500 m']);
    const wide = await city.job({ serviceTypeId: type.body.id });
    await offerFor(worker, wide.id);
    expect((await decided(city, wide.id, (d) => d.offers.length > 0)).policy).toEqual({
      default: 1,
      serviceType: { id: type.body.id, version: 1 },
    });
  });

  it('broadcast to the best few: the first to accept wins, the others hear that it is gone', async () => {
    const city = await TestCity.build(app);
    await setPolicy(city, { method: 'broadcast', broadcastCount: 3 });
    const workers = [];
    for (const metresAway of [100, 200, 300, 400]) workers.push(await city.worker({ metresAway }));
    const [first, second, third, fourth] = workers;
    const job = await city.job();
    const offers = await Promise.all([first!, second!, third!].map((w) => offerFor(w, job.id)));
    expect(await offersOf(fourth!)).toEqual([]);
    expect((await second!.client.post(`offers/${offers[1]!.id}/accept`)).status).toBe(200);
    const late = await third!.client.post<{ code: string }>(`offers/${offers[2]!.id}/accept`);
    expect([late.status, late.body.code]).toEqual([409, 'OFFER_TAKEN']);
    const decision = await decided(city, job.id, (d) => d.assignment !== null);
    expect(decision.assignment).toMatchObject({ workerId: second!.id, source: 'offer' });
    const facts = await app.uow.run(city.org.id, (tx) =>
      tx.sql<{ subject_id: string }>(
        `SELECT subject_id FROM facts WHERE type = 'offer.withdrawn' AND data->>'jobId' = $1`,
        [job.id],
      ),
    );
    expect(facts.map((fact) => fact.subject_id).sort()).toEqual([offers[0]!.id, offers[2]!.id].sort());
  });

  it('go out in waves that widen, ask nobody twice, and end at the desk', async () => {
    const city = await TestCity.build(app);
    await setPolicy(city, { method: 'waves', maxPositionAgeSeconds: 3_600 });
    const near = await city.worker({ metresAway: 300 });
    const middle = await city.worker({ metresAway: 2_000, bearing: 90 });
    const job = await city.job();
    expect(await offerFor(near, job.id)).toMatchObject({ wave: 1 });
    expect(await offersOf(middle)).toEqual([]);

    await pass(app, 46);
    expect(await offerFor(middle, job.id)).toMatchObject({ wave: 2 });
    const late = await city.worker({ metresAway: 2_500, bearing: 180 });
    await pass(app, 46);
    const third = await offerFor(late, job.id);
    expect(third.wave).toBe(3);
    expect(new Date(third.expiresAt).getTime() - app.clock.now().getTime()).toBe(120_000);

    await city.worker({ metresAway: 50 });
    await pass(app, 121);
    const decision = await decided(city, job.id, (d) => d.sentence.includes('dispatcher'));
    expect(decision.sentence).toBe(
      'It has been out in all 3 waves and nobody took it: a dispatcher decides.',
    );
    expect(decision.offers.map((offer) => [offer.workerId, offer.state])).toEqual([
      [near.id, 'expired'],
      [middle.id, 'expired'],
      [late.id, 'expired'],
    ]);
  });

  it('give a busy worker the next leg, from where the present job ends, and no more than he may hold', async () => {
    const city = await TestCity.build(app);
    await setPolicy(city, { maxOpenAssignments: 2, method: 'nearest', maxForwardSeconds: 3_600 });
    const worker = await city.worker({ metresAway: 200 });
    const first = await city.job({ durationSeconds: 600 });
    const accept = async (jobId: string) => {
      const offer = await offerFor(worker, jobId);
      expect((await worker.client.post(`offers/${offer.id}/accept`)).status).toBe(200);
    };
    await accept(first.id);
    const second = await city.job({ lat: CENTRE.lat + 0.004, durationSeconds: 600 });
    await accept(second.id);
    const now = await decided(city, first.id, (d) => d.assignment !== null);
    const next = await decided(city, second.id, (d) => d.assignment !== null);
    expect(next.assignment!.workerId).toBe(worker.id);
    expect(next.assignment!.startsAt).toBe(now.assignment!.endsAt);
    const third = await city.job({ durationSeconds: 600 });
    const full = await decided(city, third.id, (d) => d.candidates.length > 0);
    expect(full.candidates[0]!.reasons).toContain('HOLDS_ENOUGH 2 >= 2 jobs');
  });

  it('judge whoever has a job as if they did not have it yet', async () => {
    const city = await TestCity.build(app);
    const { dispatcher } = city.org.as;
    const [holder] = [await city.worker(), await city.worker({ metresAway: 900 })];
    const window = { windowStart: '2026-03-02T15:00:00Z', windowEnd: '2026-03-02T17:00:00Z' };
    const { id } = await city.job(window);
    const judged = async () =>
      (
        await dispatcher.get<{
          candidates: { workerId: string; arrivesAt: string; reasons: string[]; terms: unknown[] }[];
        }>(`jobs/${id}/candidates`)
      ).body.candidates.find(({ workerId }) => workerId === holder!.id)!;
    const before = await judged();
    expect((await dispatcher.post(`jobs/${id}/assign`, { workerId: holder!.id, force: true })).status).toBe(
      200,
    );
    const after = await judged();
    expect([after.arrivesAt, after.terms]).toEqual([before.arrivesAt, before.terms]);
  });

  it('ask the next worker while the nearest is looking at another offer, and say so where there is no other', async () => {
    const city = await TestCity.build(app);
    await setPolicy(city, { method: 'nearest', maxOpenAssignments: 3, maxForwardSeconds: 3_600 });
    const near = await city.worker({ metresAway: 100 });
    const other = await city.worker({ metresAway: 900, bearing: 90 });
    const first = await city.job();
    await offerFor(near, first.id);
    const second = await city.job();
    await offerFor(other, second.id);
    const third = await city.job();
    const waits = await decided(city, third.id, (d) => d.candidates.length === 2);
    expect(waits.sentence).toBe('None of the 2 workers on duty can take it: 2 looking at another offer.');
    expect(waits.candidates[0]!.reasons[0]).toMatch(/^HAS_OFFER \d+ s left$/);
    const offer = await offerFor(near, first.id);
    await near.client.post(`offers/${offer.id}/decline`, { reason: 'too_far' });
    await offerFor(near, third.id);
  });

  it('count inspections and penalties', async () => {
    const city = await TestCity.build(app);
    await setPolicy(city, { method: 'best_score', weights: { quality_score: 1 } });
    const sloppy = await city.worker({ metresAway: 100 });
    const careful = await city.worker({ metresAway: 400 });
    const barred = await city.worker({ metresAway: 50 });
    await app.uow.run(city.org.id, async (tx) => {
      const set = (id: string, column: string, value: unknown) =>
        tx.sql(`UPDATE workers SET ${column} = $2 WHERE id = $1`, [id, value]);
      await set(sloppy.id, 'quality_score', 40);
      await set(careful.id, 'quality_score', 95);
      await set(barred.id, 'suspended_until', new Date(tx.now.getTime() + 3_600_000));
    });
    const job = await city.job();
    await offerFor(careful, job.id);
    const { candidates } = await decided(city, job.id, (d) => d.candidates.length === 3);
    expect(candidates.map((c) => c.workerId)).toEqual([careful.id, sloppy.id, barred.id]);
    expect(candidates[0]!.terms).toContainEqual(
      expect.objectContaining({ term: 'quality_score', points: 95 }),
    );
    expect(candidates[2]!.reasons[0]).toMatch(/^SUSPENDED/);
  });

  it('decide jobs that compete together, and keep nobody waiting where there are workers to spare', async () => {
    const city = await TestCity.build(app);
    // Time stands still in this test, so the window is over when it is over on the wall: never, here.
    await setPolicy(city, { batchWindowSeconds: 300, batchScarcity: 2, radiusMetres: 10_000 });
    const { id: scarce } = await city.job();
    await decided(city, scarce, (d) => d.method !== null);
    const waiting = await city.job();
    const first = await city.worker({ metresAway: 200 });
    const second = await city.worker({ metresAway: 300 });
    await city.worker({ metresAway: 400 });
    expect((await decided(city, waiting.id, () => true)).method).toBeNull();
    // The fourth for two jobs makes it two each: now there is nothing to wait for.
    await city.worker({ metresAway: 500 });
    const { method } = await decided(city, waiting.id, (d) => d.offers.length > 0);
    expect(method).toBe('batch');
    const asked = new Set([...(await offersOf(first)), ...(await offersOf(second))].map((o) => o.jobId));
    expect(asked).toEqual(new Set([scarce, waiting.id]));
  });

  it('draw by lot when told to, and keep what is needed to check the draw', async () => {
    const city = await TestCity.build(app);
    await setPolicy(city, { method: 'random' });
    for (const metresAway of [100, 200, 300]) await city.worker({ metresAway });
    const job = await city.job();
    const { draw, offers } = await decided(city, job.id, (d) => d.draw !== null);
    expect(draw).toMatchObject({ honest: true, drawn: offers[0]!.workerId });
    expect(draw!.pool).toHaveLength(3);
  });

  it('explain what would have to change for another worker to win', async () => {
    const city = await TestCity.build(app);
    const winner = await city.worker({ metresAway: 100 });
    const loser = await city.worker({ metresAway: 2_000 });
    const other = await city.worker({ metresAway: 4_000 });
    const job = await city.job();
    await offerFor(winner, job.id);
    const ask = (id: string) =>
      city.org.as.dispatcher.get<{
        eligible: boolean;
        lines: string[];
        against: { workerId: string; behindPoints: number; barriers: string[]; lines: string[] };
      }>(`jobs/${job.id}/candidates/${id}/explain`);
    const behind = await ask(loser.id);
    expect(behind.body).toMatchObject({ eligible: true, against: { barriers: [] } });
    expect(behind.body.lines[0]).toMatch(/^Worker 2 can do this job: [\d.]+ points$/);
    expect(behind.body.against.behindPoints).toBeGreaterThan(0);
    expect(behind.body.against.lines[0]).toMatch(/^Worker 2 is [\d.]+ points behind Worker 1$/);
    expect(behind.body.against.lines[1]).toMatch(/^enough: \w+ from/);
    const out = await ask(other.id);
    expect(out.body).toMatchObject({
      eligible: false,
      against: { barriers: ['OUT_OF_RADIUS 4000 > 3000 m'] },
    });
    expect((await ask(city.areaId)).status).toBe(404);
    const stranger = await app.organization();
    expect((await stranger.as.dispatcher.get(`jobs/${job.id}/candidates/${winner.id}/explain`)).status).toBe(
      404,
    );
  });
});
