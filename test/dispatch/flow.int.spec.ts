import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, Ear, TestCity, type TestWorker } from '../support/city.js';
import { type Client, eventually } from '../support/client.js';
import type { View } from '../support/views.js';

type OfferView = View<'OfferView'>;

type JobView = View<'JobView'>;

const offersOf = async (worker: TestWorker) =>
  (await worker.client.get<{ items: OfferView[] }>('me/offers')).body.items;

/** The offer that reaches this worker for this job. */
const offerFor = (worker: TestWorker, jobId: string) =>
  eventually(async () => (await offersOf(worker)).find((offer) => offer.jobId === jobId));

const jobIn = (client: Client, id: string, ...states: string[]) =>
  eventually(async () => {
    const { body } = await client.get<JobView>(`jobs/${id}`);
    return states.includes(body.state) ? body : null;
  });

describe('a job from door to door, through two API and two worker processes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ apis: 2, workers: 2 });
  });
  afterAll(() => app.stop());

  it('is offered to the nearest able worker, done, and closed, while the desk sees each step once and in order', async () => {
    const city = await TestCity.build(app);
    const { dispatcher } = city.org.as;
    const near = await city.worker({ metresAway: 400, skills: ['gas'] });
    await city.worker({ metresAway: 100 });
    const desk = new Ear(dispatcher.live());
    const phone = new Ear(near.client.live());
    await Promise.all([desk.ready(), phone.ready()]);

    const job = await city.job({ skills: [{ skill: 'gas' }] });
    const offer = await offerFor(near, job.id);
    expect(offer).toMatchObject({
      distanceMetres: 400,
      why: expect.stringContaining('first of 1 who can take it'),
    });
    const decision = await dispatcher.get<{ candidates: { eligible: boolean; reasons: string[] }[] }>(
      `jobs/${job.id}/decision`,
    );
    expect(decision.body.candidates.filter((c) => !c.eligible).map((c) => c.reasons)).toEqual([
      ['MISSING_SKILL gas'],
    ]);

    expect((await near.client.post(`offers/${offer.id}/accept`)).status).toBe(200);
    for (const verb of ['depart', 'arrive', 'start', 'complete']) {
      app.clock.set({ at: new Date(app.clock.now().getTime() + 60_000) });
      await city.see(near.id, CENTRE);
      const answer = await near.client.post(`jobs/${job.id}/${verb}`, {});
      expect([verb, answer.status]).toEqual([verb, 200]);
    }
    await app.clock.set({ at: new Date(app.clock.now().getTime() + 25 * 3_600_000) });
    await jobIn(dispatcher, job.id, 'closed');

    const story = [
      'job.created',
      'job.offered',
      'job.assigned',
      'job.departed',
      'job.arrived',
      'job.started',
      'job.completed',
      'job.closed',
    ];
    await eventually(async () => desk.of(job.id).at(-1) === 'job.closed');
    expect(desk.of(job.id).filter((type) => type !== 'job.evaluated')).toEqual(story);
    const seqs = desk.facts.map((fact) => fact.seq);
    expect(seqs).toEqual(Array.from(seqs, (_, i) => seqs[0]! + i));
    expect(phone.facts.every((fact) => [undefined, near.id].includes(fact.data.workerId as string))).toBe(
      true,
    );
    expect(phone.of(offer.id)).toEqual(['offer.made', 'offer.accepted']);
    for (const ear of [desk, phone]) ear.socket.close();
  });

  it('goes to the next worker when one declines or lets it pass, and says why nobody is left', async () => {
    const city = await TestCity.build(app);
    const [first, second] = [await city.worker({ metresAway: 100 }), await city.worker({ metresAway: 300 })];
    const job = await city.job();
    const toFirst = await offerFor(first, job.id);
    expect((await first.client.post(`offers/${toFirst.id}/decline`, { reason: 'too_far' })).status).toBe(200);
    const toSecond = await offerFor(second, job.id);
    await app.clock.set({ at: new Date(app.clock.now().getTime() + 46_000) });
    await jobIn(city.org.as.dispatcher, job.id, 'unassigned');
    expect((await second.client.post<{ code: string }>(`offers/${toSecond.id}/accept`)).body.code).toBe(
      'OFFER_EXPIRED',
    );
    const sentence = await eventually(async () => {
      const { body } = await city.org.as.dispatcher.get<{ sentence: string; eligible: number }>(
        `jobs/${job.id}/decision`,
      );
      return body.eligible === 0 ? body.sentence : null;
    });
    expect(sentence).toBe('None of the 2 workers on duty can take it: 2 asked already.');
  });

  it('becomes unfulfilled with the reasons when the search is over', async () => {
    const city = await TestCity.build(app);
    await city.worker({ metresAway: 8_000 });
    const job = await city.job();
    await eventually(
      async () =>
        (await city.org.as.dispatcher.get<{ at: string | null }>(`jobs/${job.id}/decision`)).body.at,
    );
    await app.clock.set({ at: new Date(app.clock.now().getTime() + 7_201_000) });
    await jobIn(city.org.as.dispatcher, job.id, 'unfulfilled');
    const decision = await city.org.as.dispatcher.get<{ candidates: { reasons: string[] }[] }>(
      `jobs/${job.id}/decision`,
    );
    expect(decision.body.candidates[0]?.reasons[0]).toMatch(/^OUT_OF_RADIUS 8000 > 3000 m|POSITION_STALE/);
    const { body } = await city.org.as.dispatcher.get<{ items: { key: string; state: string }[] }>('alerts');
    const key = `unfulfilled:${job.id}`;
    expect(body.items).toContainEqual(expect.objectContaining({ key, state: 'open' }));
    await city.org.as.dispatcher.post(`alerts/${key}/ack`);
    const after = await city.org.as.dispatcher.get<{ items: { key: string; state: string }[] }>('alerts');
    expect(after.body.items).toContainEqual(expect.objectContaining({ key, state: 'acknowledged' }));
    await city.org.as.dispatcher.post(`alerts/${key}/reopen`);
    const again = await city.org.as.dispatcher.get<{ items: { key: string; state: string }[] }>('alerts');
    expect(again.body.items).toContainEqual(expect.objectContaining({ key, state: 'open' }));
    const marked = await city.org.as.dispatcher.post<{ items: { key: string; state: string }[] }>(
      'alerts/ack',
      { keys: [key, 'unfulfilled:gone'] },
    );
    expect(marked.body.items.map((one) => [one.key, one.state])).toEqual([[key, 'acknowledged']]);
  });

  it('has exactly one winner among fifty who accept at once', async () => {
    const city = await TestCity.build(app);
    const workers: TestWorker[] = [];
    for (let n = 0; n < 50; n++) workers.push(await city.worker({ metresAway: 100 + n, status: 'off_duty' }));
    const job = await city.job();
    for (const worker of workers) {
      const answer = await city.org.as.dispatcher.post(`jobs/${job.id}/offer`, { workerId: worker.id });
      expect(answer.status).toBe(200);
    }
    const offers = await Promise.all(workers.map((worker) => offerFor(worker, job.id)));
    const answers = await Promise.all(
      offers.map((offer, n) =>
        fetch(`${app.urls[n % 2]}/api/v1/offers/${offer.id}/accept`, {
          method: 'POST',
          headers: { authorization: `Bearer ${workers[n]!.client.token}` },
        }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    const losers = answers.filter((answer) => answer.status !== 200);
    expect(losers.map((answer) => answer.status)).toEqual(Array(49).fill(409));
    expect(
      new Set(await Promise.all(losers.map(async (l) => ((await l.json()) as { code: string }).code))),
    ).toEqual(new Set(['OFFER_TAKEN']));
    const rows = await app.uow.run(city.org.id, (tx) =>
      tx.sql('SELECT 1 FROM assignments WHERE job_id = $1', [job.id]),
    );
    expect(rows).toHaveLength(1);
  });

  it('is assigned by hand with warnings to confirm, and refused with the rule that binds', async () => {
    const city = await TestCity.build(app);
    const { dispatcher } = city.org.as;
    const far = await city.worker({ metresAway: 6_000, status: 'off_duty' });
    const job = await city.job();
    const asked = await dispatcher.post<{ code: string; warnings: string[] }>(`jobs/${job.id}/assign`, {
      workerId: far.id,
    });
    expect(asked).toMatchObject({ status: 409, body: { code: 'NEEDS_CONFIRMATION' } });
    expect(asked.body.warnings).toContainEqual('OUT_OF_RADIUS 6000 > 3000 m');
    const done = await dispatcher.post<JobView>(`jobs/${job.id}/assign`, { workerId: far.id, force: true });
    expect(done).toMatchObject({ status: 200, body: { state: 'assigned', workerId: far.id } });
    const skilled = await city.job({ skills: [{ skill: 'gas' }] });
    const refused = await dispatcher.post<{ refusals: string[] }>(`jobs/${skilled.id}/assign`, {
      workerId: far.id,
      force: true,
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'HARD_RULE_BROKEN' } });
    expect(refused.body.refusals).toContainEqual('MISSING_SKILL gas');
    const again = await dispatcher.post(
      `jobs/${job.id}/assign`,
      { workerId: far.id },
      { headers: { 'if-match': '"1"' } },
    );
    expect(again).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    const released = await dispatcher.post<JobView>(`jobs/${job.id}/release`, { reason: 'undo' });
    expect(released.body).toMatchObject({ state: 'unassigned', workerId: null });
  });

  it('says before it is done where the job would stand in the day of each who could go', async () => {
    const city = await TestCity.build(app);
    const { dispatcher } = city.org.as;
    const [busy, free] = [await city.worker({ metresAway: 300 }), await city.worker({ metresAway: 400 })];
    const first = await city.job();
    await dispatcher.post(`jobs/${first.id}/assign`, { workerId: busy.id, force: true });
    const { body: held } = await dispatcher.get<{ assignment: { endsAt: string } }>(
      `jobs/${first.id}/decision`,
    );
    const second = await city.job();
    const { body } = await dispatcher.get<{ candidates: { workerId: string; day: unknown }[] }>(
      `jobs/${second.id}/candidates`,
    );
    const dayOf = (worker: TestWorker) => body.candidates.find(({ workerId }) => workerId === worker.id)?.day;
    expect(dayOf(free)).toEqual({ after: null, before: null });
    expect(dayOf(busy)).toEqual({
      after: { jobId: first.id, until: held.assignment.endsAt },
      before: null,
    });
  });

  it('never puts one worker in two places', async () => {
    const city = await TestCity.build(app);
    const { dispatcher } = city.org.as;
    const worker = await city.worker({ status: 'off_duty' });
    const jobs = await Promise.all(Array.from({ length: 6 }, () => city.job()));
    const answers = await Promise.all(
      jobs.map((job) =>
        dispatcher.post<{ code: string }>(`jobs/${job.id}/assign`, { workerId: worker.id, force: true }),
      ),
    );
    expect(answers.filter((a) => a.status === 200).length).toBeGreaterThan(0);
    // Whoever was not turned away comes after the others, not beside them.
    for (const { status, body } of answers)
      if (status !== 200) expect(['WORKER_BUSY', 'HARD_RULE_BROKEN', 'TRY_AGAIN']).toContain(body.code);
    const held = await app.uow.run(city.org.id, (tx) =>
      tx.sql<{ starts_at: Date; ends_at: Date }>(
        'SELECT starts_at, ends_at FROM assignments WHERE worker_id = $1 ORDER BY starts_at',
        [worker.id],
      ),
    );
    expect(held).toHaveLength(answers.filter((a) => a.status === 200).length);
    held.slice(1).forEach((next, n) => {
      expect(next.starts_at.getTime()).toBeGreaterThanOrEqual(held[n]!.ends_at.getTime());
    });
  });

  it('shows a worker nothing of jobs and offers that are not his, nor another tenant anything', async () => {
    const city = await TestCity.build(app);
    const other = await TestCity.build(app);
    const mine = await city.worker({ metresAway: 100 });
    const colleague = await city.worker({ metresAway: 2_500 });
    const job = await city.job();
    const offer = await offerFor(mine, job.id);
    for (const client of [colleague.client, other.org.as.dispatcher, other.org.as.admin]) {
      expect((await client.get(`jobs/${job.id}`)).status).toBe(404);
      expect((await client.get(`jobs/${job.id}/decision`)).status).toBe(404);
      expect((await client.post(`offers/${offer.id}/accept`)).status).toBeGreaterThanOrEqual(403);
      expect((await client.post(`jobs/${job.id}/release`, { reason: 'x' })).status).toBe(404);
    }
    expect(await offersOf(colleague)).toEqual([]);
  });
});
