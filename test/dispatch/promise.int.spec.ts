import { decided, offerFor, pass, setPolicy } from '../planning/dispatching.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';

interface Times {
  startsAt: string;
  arrivesAt: string;
  endsAt: string;
}

interface Effect {
  code?: string;
  fields: string[];
  refusals: string[];
  warnings: string[];
  withdrawnOffers: number;
  visit: { change: string; from: Times; to: Times | null; lateSeconds: number } | null;
}

interface JobNow {
  id: string;
  state: string;
  version: number;
  workerId: string | null;
  code?: string;
}

/** Nobody is asked by itself. */
const BY_HAND = { method: 'waves', waves: [{ radiusMetres: 0, bestCount: 1, waitSeconds: 3_600 }] };
const HOUR_MS = 3_600_000;

describe('a promise follows its job', () => {
  let app: TestApp;
  let city: TestCity;
  let worker: TestWorker;

  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    city = await TestCity.build(app);
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    await setPolicy(city, BY_HAND);
    worker = await city.worker({ metresAway: 500 });
  });

  const inHours = (hours: number) => new Date(app.clock.now().getTime() + hours * HOUR_MS).toISOString();
  const window = (from: number, to: number) => ({ windowStart: inHours(from), windowEnd: inHours(to) });
  const place = async (jobId: string, hours: number, force = false) => {
    const { body } = await city.org.as.dispatcher.post<{
      applied: boolean;
      assignment: Times & { id: string };
    }>(`jobs/${jobId}/place`, { workerId: worker.id, startsAt: inHours(hours), force });
    expect(body).toMatchObject({ applied: true });
    return body.assignment;
  };
  const foresee = async (id: string, body: object) => {
    const answer = await city.org.as.dispatcher.post<Effect>(`jobs/${id}/change-preview`, body);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const edit = (id: string, body: object) =>
    city.org.as.dispatcher.patch<JobNow & Effect>(`jobs/${id}`, body);
  const jobOf = async (id: string) => (await city.org.as.dispatcher.get<JobNow>(`jobs/${id}`)).body;
  const heldOf = async (id: string) => (await decided(city, id, () => true)).assignment;

  describe('that is edited', () => {
    it('to another window: the worker comes then, as the preview said, and back to the millisecond', async () => {
      const { id } = await city.job(window(1, 2));
      const before = await place(id, 1);
      const later = window(5, 6);
      const effect = await foresee(id, later);
      expect(effect).toMatchObject({
        fields: ['windowStart', 'windowEnd'],
        refusals: [],
        warnings: [],
        visit: {
          change: 'retimed',
          from: { startsAt: before.startsAt },
          to: { arrivesAt: later.windowStart },
        },
      });
      expect(await heldOf(id)).toMatchObject({ startsAt: before.startsAt });
      expect((await edit(id, later)).status).toBe(200);
      expect(await heldOf(id)).toMatchObject({ workerId: worker.id, ...effect.visit!.to });
      const back = await edit(id, { ...window(1, 2), visitStartsAt: before.startsAt });
      expect(back.status).toBe(200);
      const { startsAt, arrivesAt, endsAt } = before;
      expect(await heldOf(id)).toMatchObject({ startsAt, arrivesAt, endsAt });
    });

    it('to a time that other work fills: the worker comes after it, or the change is refused with the clash', async () => {
      const [moved, other] = [await city.job(window(1, 2)), await city.job()];
      const held = await place(moved.id, 1);
      const fixed = await place(other.id, 5);
      const effect = await foresee(moved.id, window(5, 8));
      expect(Date.parse(effect.visit!.to!.startsAt)).toBeGreaterThanOrEqual(Date.parse(fixed.endsAt));
      const full = await foresee(moved.id, window(5, 5.3));
      const clash = [`ALREADY_PROMISED ${fixed.startsAt} to ${fixed.endsAt}`];
      expect(full.refusals).toEqual(clash);
      const refused = await edit(moved.id, { ...window(5, 5.3), force: true });
      expect(refused).toMatchObject({ status: 409, body: { code: 'VISIT_CANNOT_FOLLOW', refusals: clash } });
      expect(await heldOf(moved.id)).toMatchObject({ startsAt: held.startsAt });
      expect(await jobOf(moved.id)).toMatchObject({ state: 'assigned', windowStart: inHours(1) });
      // The way out: somebody else is looked for.
      expect((await edit(moved.id, { ...window(5, 5.3), visit: 'release' })).body).toMatchObject({
        state: 'unassigned',
        workerId: null,
      });
      expect(await heldOf(moved.id)).toBeNull();
    });

    it('to more work, other skills or another door, which are looked at as in a move', async () => {
      const { id } = await city.job(window(1, 2));
      const held = await place(id, 1);
      await edit(id, { durationSeconds: 3_600 });
      const longer = new Date(Date.parse(held.endsAt) + 1_800_000).toISOString();
      expect(await heldOf(id)).toMatchObject({ ...held, id: expect.any(String), endsAt: longer });
      const gas = await edit(id, { skills: [{ skill: 'gas' }] });
      expect(gas.body).toMatchObject({ code: 'VISIT_CANNOT_FOLLOW', refusals: ['MISSING_SKILL gas'] });
      const far = { lat: 42.43, lon: -71.06, ...window(0, 0.1) };
      const asked = await edit(id, far);
      expect(asked).toMatchObject({ status: 409, body: { code: 'NEEDS_CONFIRMATION' } });
      expect(asked.body.warnings).toEqual([expect.stringMatching(/^ARRIVES_LATE \d+ > 0 s$/)]);
      expect((await edit(id, { ...far, force: true })).status).toBe(200);
      expect(Date.parse((await heldOf(id))!.arrivesAt)).toBeGreaterThan(Date.parse(inHours(0.1)));
      // What was overruled once, and what promises nothing, asks nobody.
      expect((await edit(id, { notes: 'ring twice', durationSeconds: 3_000 })).status).toBe(200);
    });

    it('while a worker looks at its offer: the offer is taken back, and the search ends with the new promise', async () => {
      const own = await TestCity.build(app);
      const { dispatcher, admin } = own.org.as;
      const asked = await own.worker();
      const { id } = await own.job(window(0, 1));
      const offer = await offerFor(asked, id);
      const foreseen = await dispatcher.post<Effect>(`jobs/${id}/change-preview`, window(2, 3));
      expect(foreseen.body).toMatchObject({ withdrawnOffers: 1, visit: null });
      const { body } = await dispatcher.patch<JobNow>(`jobs/${id}`, window(2, 3));
      expect(body.state).toBe('unassigned');
      const late = await asked.client.post<{ code: string }>(`offers/${offer.id}/accept`);
      expect(late).toMatchObject({ status: 409, body: { code: 'OFFER_TAKEN' } });
      const anew = await offerFor(asked, id);
      const leave = { from: inHours(0), to: inHours(9) };
      expect((await admin.post(`workers/${asked.id}/time-off`, leave)).status).toBe(201);
      const barred = await asked.client.post<{ code: string }>(`offers/${anew.id}/accept`);
      expect(barred).toMatchObject({ status: 409, body: { code: 'OFFER_CHANGED' } });
      await pass(app, 3_700);
      expect((await dispatcher.get<JobNow>(`jobs/${id}`)).body.state).not.toBe('unfulfilled');
    });
  });

  describe('that its worker can no longer keep', () => {
    const day = () => app.clock.now().toISOString().slice(0, 10);
    const refused = async (answer: Promise<{ status: number; body: object }>, jobId: string) =>
      expect(await answer).toMatchObject({
        status: 409,
        body: { code: 'PROMISED_VISITS', visits: [{ jobId, state: 'assigned' }] },
      });
    const alertFor = async (jobId: string) =>
      (
        await city.org.as.dispatcher.get<{ items: { key: string; detail: string }[] }>('alerts')
      ).body.items.find(({ key }) => key === `cannot_come:${jobId}`)?.detail;

    it('asks before leave, other hours or a suspension take it away, and releases it in the same step', async () => {
      const { admin } = city.org.as;
      const { id } = await city.job();
      await place(id, 2);
      const leave = { from: inHours(1), to: inHours(4) };
      await refused(admin.post(`workers/${worker.id}/time-off`, leave), id);
      await refused(
        admin.put(`workers/${worker.id}/shift-exceptions/${day()}`, { timeZone: 'UTC', hours: [] }),
        id,
      );
      await refused(admin.post(`workers/${worker.id}/status`, { status: 'suspended' }), id);
      await refused(admin.delete(`workers/${worker.id}`), id);
      expect(await alertFor(id)).toBeUndefined();
      const kept = await admin.post(`workers/${worker.id}/time-off`, { ...leave, visits: 'keep' });
      expect(kept.status).toBe(201);
      expect(await alertFor(id)).toBe('on_leave');
      const end = { status: 'suspended', suspendedUntil: inHours(1.5), visits: 'release' };
      expect((await admin.post(`workers/${worker.id}/status`, end)).status).toBe(200);
      // It begins after the suspension ends.
      expect(await jobOf(id)).toMatchObject({ state: 'assigned' });
      expect((await admin.delete(`workers/${worker.id}?visits=release`)).status).toBe(204);
      expect(await jobOf(id)).toMatchObject({ state: 'unassigned', workerId: null });
      expect(await heldOf(id)).toBeNull();
    });
  });

  it('is asked about before its worker loses what it needs', async () => {
    const { admin } = city.org.as;
    const able = { equipment: ['ladder'], languages: ['zh'] };
    expect((await admin.patch(`workers/${worker.id}`, able)).status).toBe(200);
    const { id } = await city.job({ equipment: ['ladder'], customerLanguage: 'zh' });
    await place(id, 2);
    for (const lost of [{ equipment: [] }, { languages: ['en'] }])
      expect(await admin.patch(`workers/${worker.id}`, lost)).toMatchObject({
        status: 409,
        body: { code: 'PROMISED_VISITS', visits: [{ jobId: id }] },
      });
    expect((await admin.patch(`workers/${worker.id}`, { equipment: ['ladder', 'van'] })).status).toBe(200);
    expect((await admin.patch(`workers/${worker.id}?visits=keep`, { equipment: [] })).status).toBe(200);
    const { items } = (await admin.get<{ items: { key: string; detail: string }[] }>('alerts')).body;
    expect(items.find(({ key }) => key === `cannot_come:${id}`)?.detail).toBe('not_equipped');
    expect((await admin.patch(`workers/${worker.id}`, able)).status).toBe(200);
    const released = await admin.patch(`workers/${worker.id}?visits=release`, { languages: [] });
    expect(released.status).toBe(200);
    expect(await jobOf(id)).toMatchObject({ state: 'unassigned', workerId: null });
  });

  describe('that makes way for an emergency', () => {
    interface Row {
      workerId: string;
      interrupt: boolean;
      arrivesAt: string;
      interrupts: { jobId: string; event: string; to: Times | null } | null;
      displaces: { jobId: string; outcome: string; from: Times; to: Times | null; lateSeconds: number }[];
      applied?: boolean;
      code?: string;
    }
    const respond = (id: string, body: object) =>
      city.org.as.dispatcher.post<Row>(`jobs/${id}/respond`, { workerId: worker.id, ...body });
    const fire = async (id: string, ...verbs: string[]) => {
      for (const verb of verbs)
        expect([verb, (await worker.client.post(`jobs/${id}/${verb}`, {})).status]).toEqual([verb, 200]);
    };

    it('shows who is there first and what makes way, and does what it showed', async () => {
      const idle = await city.worker({ metresAway: 4_000 });
      const [present, soon, tight] = [
        await city.job(),
        await city.job(window(1, 3)),
        await city.job(window(2, 2.2)),
      ];
      await place(present.id, 0);
      await fire(present.id, 'depart', 'arrive', 'start');
      const soonHeld = await place(soon.id, 1);
      await place(tight.id, 2);
      const plain = await city.job({ durationSeconds: 5_400 });
      const urgent = await city.job({ durationSeconds: 5_400, priority: 100 });

      const table = (await city.org.as.dispatcher.get<{ items: Row[] }>(`jobs/${urgent.id}/responders`)).body
        .items;
      const order = table.filter((row) => [worker.id, idle.id].includes(row.workerId));
      expect(order.map((row) => [row.workerId, row.interrupt])).toEqual([
        [worker.id, true],
        [idle.id, false],
        [worker.id, false],
      ]);
      expect(order.map((row) => row.arrivesAt)).toEqual(order.map((row) => row.arrivesAt).sort());
      const [best] = order;
      expect(best!.interrupts).toMatchObject({ jobId: present.id, event: 'pause' });
      expect(best!.displaces.map((one) => [one.jobId, one.outcome])).toEqual([
        [soon.id, 'later'],
        [tight.id, 'released'],
      ]);

      expect((await respond(plain.id, { interrupt: true })).status).toBe(422);
      expect((await respond(urgent.id, { interrupt: true })).body).toMatchObject({
        code: 'NEEDS_CONFIRMATION',
      });
      expect((await respond(urgent.id, { interrupt: true, preview: true })).body).toMatchObject({
        applied: false,
      });
      expect(await jobOf(present.id)).toMatchObject({ state: 'in_progress' });
      expect(await heldOf(soon.id)).toMatchObject({ startsAt: soonHeld.startsAt });

      const { body } = await respond(urgent.id, { interrupt: true, force: true });
      expect(body).toMatchObject({ applied: true, displaces: best!.displaces });
      expect(await jobOf(present.id)).toMatchObject({ state: 'paused', workerId: worker.id });
      expect(await heldOf(present.id)).toMatchObject(best!.interrupts!.to!);
      expect(await jobOf(urgent.id)).toMatchObject({ state: 'assigned', workerId: worker.id });
      expect(await heldOf(soon.id)).toMatchObject(best!.displaces[0]!.to!);
      expect(await jobOf(tight.id)).toMatchObject({ state: 'unassigned', workerId: null });

      await pass(app, 600);
      await fire(urgent.id, 'depart', 'arrive', 'start', 'complete');
      await fire(present.id, 'resume', 'complete');
      expect((await city.org.as.dispatcher.get(`workers/${worker.id}`)).body).toMatchObject({
        status: 'available',
      });
    });
  });
});
