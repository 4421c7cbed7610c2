import { decided, offerFor, pass, setPolicy } from '../planning/dispatching.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import type { View } from '../support/views.js';

type Moved = View<'MoveView'> & { assignment: object; code?: string };

/** Nobody is asked by itself. */
const BY_HAND = { method: 'waves', waves: [{ radiusMetres: 0, bestCount: 1, waitSeconds: 3_600 }] };
const HOUR_MS = 3_600_000;

describe('work put on the board', () => {
  let app: TestApp;
  let city: TestCity;
  let worker: TestWorker;

  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    city = await TestCity.build(app);
    await setPolicy(city, BY_HAND);
    worker = await city.worker({ metresAway: 500 });
  });

  const inHours = (hours: number) => new Date(app.clock.now().getTime() + hours * HOUR_MS).toISOString();
  const place = (jobId: string, body: object, version?: number) =>
    city.org.as.dispatcher.post<Moved>(
      `jobs/${jobId}/place`,
      { workerId: worker.id, ...body },
      version === undefined ? {} : { headers: { 'if-match': `"${version}"` } },
    );
  const move = (id: string | null, body: object) =>
    city.org.as.dispatcher.post<Moved>(`assignments/${id}/move`, { workerId: worker.id, ...body });
  const jobOf = async (id: string) =>
    (
      await city.org.as.dispatcher.get<{ state: string; version: number; workerId: string | null }>(
        `jobs/${id}`,
      )
    ).body;
  const statusOf = async ({ id }: TestWorker) =>
    (await city.org.as.dispatcher.get<{ status: string }>(`workers/${id}`)).body.status;
  const heldOf = async (id: string) => (await decided(city, id, () => true)).assignment;

  it('is on the board with what really happened', async () => {
    const { id } = await city.job();
    await place(id, { startsAt: inHours(1) });
    const boardJob = async () => {
      const { body } = await city.org.as.dispatcher.get<{
        workers: {
          assignments: { job: { id: string; departedAt: string; startedAt: string; state: string } }[];
        }[];
      }>('board');
      return body.workers.flatMap(({ assignments }) => assignments).find(({ job }) => job.id === id)?.job;
    };
    expect(await boardJob()).toMatchObject({
      departedAt: null,
      arrivedAt: null,
      startedAt: null,
      completedAt: null,
    });
    const now = app.clock.now().toISOString();
    for (const verb of ['depart', 'arrive', 'start'])
      expect((await city.org.as.dispatcher.post(`jobs/${id}/${verb}`, {})).status).toBe(200);
    expect(await boardJob()).toMatchObject({
      state: 'in_progress',
      stateSince: now,
      departedAt: now,
      arrivedAt: now,
      startedAt: now,
      completedAt: null,
    });
  });

  it('is planned before it is placed, changes nothing until then, and is then held to the minute it was told', async () => {
    const { id, version } = await city.job();
    const startsAt = inHours(2);
    const seen = await place(id, { startsAt, preview: true }, version);
    expect(seen).toMatchObject({
      status: 200,
      body: {
        applied: false,
        refusals: [],
        warnings: [],
        lateSeconds: 0,
        day: { after: null, before: null },
      },
    });
    expect(seen.body.assignment).toMatchObject({ id: null, workerId: worker.id, startsAt });
    expect(await jobOf(id)).toMatchObject({ state: 'unassigned', version });
    expect(await heldOf(id)).toBeNull();

    const { status, body } = await place(id, { startsAt }, version);
    expect([status, body.applied]).toEqual([200, true]);
    const { arrivesAt, endsAt } = seen.body.assignment;
    expect(body.assignment).toMatchObject({ id: expect.any(String), startsAt, arrivesAt, endsAt });
    expect(await jobOf(id)).toMatchObject({ state: 'assigned', workerId: worker.id });
    expect(await heldOf(id)).toMatchObject({ startsAt, arrivesAt, endsAt, source: 'desk' });
    // It is for later: they are free until then.
    expect(await statusOf(worker)).toBe('available');
  });

  it('begins now: its worker is busy', async () => {
    const { id } = await city.job();
    expect((await place(id, { startsAt: inHours(0) })).body.applied).toBe(true);
    expect(await statusOf(worker)).toBe('busy');
  });

  it('is refused where the worker is promised elsewhere, whatever was seen', async () => {
    const [first, second] = [await city.job(), await city.job()];
    const { body: held } = await place(first.id, { startsAt: inHours(2) });
    const { body } = await place(second.id, { startsAt: inHours(2.1), force: true });
    expect(body).toMatchObject({ applied: false, assignment: { id: null } });
    expect(body.refusals).toEqual([
      `ALREADY_PROMISED ${held.assignment.startsAt} to ${held.assignment.endsAt}`,
    ]);
    expect(await jobOf(second.id)).toMatchObject({ state: 'unassigned' });
    const { body: after } = await place(second.id, { startsAt: inHours(4), preview: true });
    expect(after).toMatchObject({ refusals: [], day: { after: { jobId: first.id } } });
  });

  it('is refused by the rules that bind a dispatcher everywhere', async () => {
    const { id } = await city.job({ equipment: ['ladder'], skills: [{ skill: 'gas', level: 2 }] });
    const refusals = async (hours: number) =>
      (await place(id, { startsAt: inHours(hours), preview: true })).body.refusals;
    expect(await refusals(1)).toEqual(['MISSING_SKILL gas', 'MISSING_EQUIPMENT ladder']);
    const off = { from: inHours(3), to: inHours(8) };
    expect((await city.org.as.admin.post(`workers/${worker.id}/time-off`, off)).status).toBe(201);
    expect(await refusals(4)).toContainEqual(expect.stringMatching(/^TIME_OFF .* overlaps /));
  });

  it('asks before it is late', async () => {
    const { id } = await city.job({ windowStart: inHours(1), windowEnd: inHours(2) });
    const startsAt = inHours(3);
    const asked = await place(id, { startsAt });
    expect(asked).toMatchObject({ status: 409, body: { code: 'NEEDS_CONFIRMATION' } });
    expect(asked.body.warnings).toEqual([expect.stringMatching(/^ARRIVES_LATE \d+ > 0 s$/)]);
    expect(await jobOf(id)).toMatchObject({ state: 'unassigned' });
    expect((await place(id, { startsAt, force: true })).body).toMatchObject({ applied: true });
  });

  it('takes back what was being offered', async () => {
    await setPolicy(city, {});
    const asked = await city.worker({ metresAway: 100 });
    const { id } = await city.job();
    const offer = await offerFor(asked, id);
    expect(await jobOf(id)).toMatchObject({ state: 'offering' });
    expect((await place(id, { startsAt: inHours(1) })).body.applied).toBe(true);
    const { offers, assignment } = await decided(city, id, () => true);
    expect(offers.find((one) => one.id === offer.id)).toMatchObject({ state: 'withdrawn' });
    expect(assignment).toMatchObject({ workerId: worker.id });
  });

  it('may be what nobody was found for', async () => {
    const { dispatcher, admin } = city.org.as;
    await admin.patch('organization/policy', { dispatch: { searchSeconds: 60 } });
    const { id } = await city.job();
    await eventually(
      async () => (await dispatcher.get<{ at: string | null }>(`jobs/${id}/decision`)).body.at,
    );
    await pass(app, 61);
    await eventually(async () => (await jobOf(id)).state === 'unfulfilled');
    await city.see(worker.id);
    const startsAt = inHours(1);
    expect((await place(id, { startsAt, preview: true })).body).toMatchObject({ refusals: [] });
    expect(await jobOf(id)).toMatchObject({ state: 'unfulfilled' });
    expect((await place(id, { startsAt })).body.applied).toBe(true);
    expect(await jobOf(id)).toMatchObject({ state: 'assigned', workerId: worker.id });
  });

  it('must be open, as it was seen, one’s own, and in the hands of the desk', async () => {
    const { id, version } = await city.job();
    const startsAt = inHours(1);
    expect(await place(id, { startsAt }, version + 1)).toMatchObject({
      status: 409,
      body: { code: 'VERSION_CONFLICT' },
    });
    const other = await TestCity.build(app);
    const foreign = await other.worker();
    expect((await place(id, { startsAt, workerId: foreign.id })).status).toBe(404);
    const from = (who: 'dispatcher' | 'auditor', at: TestCity) =>
      at.org.as[who].post(`jobs/${id}/place`, { workerId: worker.id, startsAt });
    expect((await from('dispatcher', other)).status).toBe(404);
    expect((await from('auditor', city)).status).toBe(403);
    expect((await place(id, { startsAt: 'soon' })).status).toBe(422);
    await place(id, { startsAt });
    for (const preview of [true, false])
      expect(await place(id, { startsAt, preview })).toMatchObject({
        status: 409,
        body: { code: 'ILLEGAL_TRANSITION', state: 'assigned' },
      });
  });

  it('moves to another time and another worker, does not stand in its own way, and goes back to the millisecond', async () => {
    const second = await city.worker({ metresAway: 900 });
    const { id } = await city.job();
    const startsAt = new Date(Date.parse(inHours(0)) - 12_345).toISOString();
    const { body: placed } = await place(id, { startsAt });
    const { body: later } = await move(placed.assignment.id, { startsAt: inHours(0.2) });
    expect(later).toMatchObject({ applied: true, refusals: [], assignment: { id: placed.assignment.id } });
    expect(await statusOf(worker)).toBe('available');
    const { body: moved } = await move(later.assignment.id, { startsAt: inHours(0), workerId: second.id });
    expect(moved).toMatchObject({ applied: true, assignment: { workerId: second.id } });
    expect([await statusOf(worker), await statusOf(second)]).toEqual(['available', 'busy']);
    const { body: back } = await move(moved.assignment.id, { startsAt });
    const { workerId, arrivesAt, endsAt } = placed.assignment;
    expect(back.assignment).toMatchObject({ workerId, startsAt, arrivesAt, endsAt });
    expect([await statusOf(worker), await statusOf(second)]).toEqual(['busy', 'available']);
  });
});
