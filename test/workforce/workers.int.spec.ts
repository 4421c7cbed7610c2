import { UserService } from '#identity';
import { newId } from '#kernel';
import { Deadlines, SharedClock } from '#platform';
import { WorkforceService } from '#workforce';
import { PASSWORD, startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { eventually } from '../support/client.js';
import { newWorker, type WorkerBody, workerWithPhone } from './city.js';

const RANGE = 'from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z';

describe('workers', () => {
  let app: TestApp;
  let org: TestOrganization;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    org = await app.organization();
  });

  const facts = (type: string) =>
    app.uow.run(org.id, (tx) =>
      tx.sql<{ data: Record<string, unknown> }>(`SELECT data FROM facts WHERE type = $1 ORDER BY position`, [
        type,
      ]),
    );

  const account = (name: string) =>
    app.api.get(UserService).create({
      orgId: org.id,
      email: `${name}@${org.id}.test`,
      password: PASSWORD,
      role: 'worker',
      name,
    });
  const workerOf = (userId: string) =>
    app.uow.run(org.id, (tx) => app.api.get(UserService).lockWorkerId(tx, userId));
  /** Until the handler that keeps accounts and workers together has applied everything so far. */
  const accountsFollowed = () =>
    eventually(() =>
      app.uow.run(org.id, async (tx) => {
        const [row] = await tx.sql<{ behind: boolean }>(
          `SELECT bool_or(f.seq IS NULL OR f.seq > coalesce(c.seq, 0)) AS behind
           FROM facts f LEFT JOIN handler_cursors c ON c.org_id = f.org_id AND c.handler = 'workforce.accounts'`,
        );
        return row?.behind === false;
      }),
    );

  it('keep their account when a fact of the log is older than it', async () => {
    const user = await account('ann');
    const worker = await newWorker(org, { name: 'Ann', userId: user.id });
    await accountsFollowed();
    const { body } = await org.as.admin.get(`workers/${worker.id}`);
    expect(body).toMatchObject({ userId: user.id, version: 1 });
  });

  it('get another account, and leave theirs when archived, also where their own row has not heard of it yet', async () => {
    const [before, after] = [await account('before'), await account('after')];
    const { id } = await newWorker(org, { name: 'Ann', userId: before.id });
    await accountsFollowed();
    const forgotten = () =>
      app.uow.run(org.id, (tx) => tx.sql('UPDATE workers SET user_id = NULL WHERE id = $1', [id]));
    await forgotten();
    expect((await org.as.admin.patch(`workers/${id}`, { userId: after.id })).status).toBe(200);
    expect([await workerOf(before.id), await workerOf(after.id)]).toEqual([null, id]);
    await accountsFollowed();
    await forgotten();
    expect((await org.as.admin.delete(`workers/${id}`)).status).toBe(204);
    expect(await workerOf(after.id)).toBeNull();
  });

  it('are made, found, changed and archived by the desk', async () => {
    const skills = [{ skill: 'gas', level: 3 }, { skill: 'lock' }];
    const worker = await newWorker(org, {
      name: 'Li Wei',
      externalRef: 'E-1',
      phone: '+86 138 0000 0001',
      skills,
    });
    await newWorker(org, { name: 'Ann' });
    expect(worker).toMatchObject({
      version: 1,
      status: 'off_duty',
      skills: [
        { skill: 'gas', level: 3 },
        { skill: 'lock', level: 1 },
      ],
    });

    const names = async (query: string) =>
      (await org.as.dispatcher.get<{ items: WorkerBody[] }>(`workers?${query}`)).body.items.map(
        (w) => w.name,
      );
    expect(await names('')).toEqual(['Ann', 'Li Wei']);
    expect(await names('skill=gas')).toEqual(['Li Wei']);
    expect(await names('search=138')).toEqual(['Li Wei']);
    expect(await names('status=available,busy')).toEqual([]);
    const first = await org.as.dispatcher.get<{ nextCursor: string }>('workers?limit=1');
    expect(await names(`limit=1&cursor=${first.body.nextCursor}`)).toEqual(['Li Wei']);

    const stale = await org.as.dispatcher.patch(
      `workers/${worker.id}`,
      { vehicle: 'van' },
      { headers: { 'if-match': '"9"' } },
    );
    expect([stale.status, stale.body]).toEqual([409, expect.objectContaining({ code: 'VERSION_CONFLICT' })]);
    const changed = await org.as.dispatcher.patch<WorkerBody>(
      `workers/${worker.id}`,
      { vehicle: 'van' },
      { headers: { 'if-match': '"1"' } },
    );
    expect(changed.body).toMatchObject({ version: 2, vehicle: 'van' });
    const twin = await org.as.dispatcher.post('workers', { name: 'Twin', externalRef: 'E-1' });
    expect([twin.status, twin.body]).toEqual([409, expect.objectContaining({ code: 'WORKER_EXISTS' })]);

    expect((await org.as.dispatcher.delete(`workers/${worker.id}`)).status).toBe(204);
    expect(await names('')).toEqual(['Ann']);
  });

  it('refuses what makes no sense, and changes nothing', async () => {
    const worker = await newWorker(org);
    for (const body of [
      {},
      { name: ' ' },
      { name: 'x', homeAreaIds: [newId()] },
      { name: 'x', homeAreaIds: ['no'] },
      { name: 'x', skills: [{ skill: 'gas', level: 9 }] },
      { name: 'x', skills: [{ skill: 'gas' }, { skill: 'gas' }] },
      { name: 'nul \u0000' },
      { name: 'x', rating: 5 },
    ])
      expect((await org.as.dispatcher.post('workers', body)).status).toBe(422);
    for (const change of [
      { name: null },
      { languages: null },
      { dayTaskLimit: 0 },
      { equipment: ['a', 'a'] },
    ])
      expect((await org.as.dispatcher.patch(`workers/${worker.id}`, change)).status).toBe(422);
    expect((await org.as.dispatcher.get(`workers/${newId()}`)).status).toBe(404);
    expect((await org.as.dispatcher.get('workers/no-id')).status).toBe(404);
    const now = await org.as.dispatcher.get<WorkerBody>(`workers/${worker.id}`);
    expect(now.body).toEqual(worker);
  });

  it('see only themselves; the auditor reads no names; other tenants see nothing', async () => {
    const { worker, phone } = await workerWithPhone(app, org, { phone: '+1 617 555 0100' });
    const colleague = await newWorker(org);
    expect((await phone.get<{ items: unknown[] }>('workers')).body.items).toMatchObject([{ id: worker.id }]);
    expect((await phone.get(`workers/${worker.id}`)).status).toBe(200);
    for (const path of [
      `workers/${colleague.id}`,
      `workers/${colleague.id}/schedule?${RANGE}`,
      `workers/${colleague.id}/track?${RANGE}`,
      'positions',
    ])
      expect((await phone.get(path)).status).toBe(404);
    expect((await phone.post(`workers/${worker.id}/status`, { status: 'available' })).status).toBe(403);
    const masked = await org.as.auditor.get<WorkerBody>(`workers/${worker.id}`);
    expect(masked.body).toMatchObject({ name: 'M. L.', phone: null });
    const other = await app.organization();
    expect((await other.as.admin.get(`workers/${worker.id}`)).status).toBe(404);
    expect((await other.as.admin.get<{ items: unknown[] }>('workers')).body.items).toEqual([]);
  });

  it('say themselves when they work; a suspension only the desk lifts', async () => {
    const { worker, phone } = await workerWithPhone(app, org);
    expect((await phone.post<WorkerBody>('me/status', { status: 'available' })).body.status).toBe(
      'available',
    );
    expect((await phone.post('me/status', { status: 'busy' })).status).toBe(422);
    const until = '2026-03-05T00:00:00.000Z';
    const desk = await org.as.dispatcher.post(`workers/${worker.id}/status`, {
      status: 'suspended',
      reason: 'late',
      suspendedUntil: until,
    });
    expect(desk.body).toMatchObject({ status: 'suspended', suspendedUntil: until });
    const refused = await phone.post<Record<string, unknown>>('me/status', { status: 'available' });
    expect([refused.status, refused.body]).toEqual([409, expect.objectContaining({ code: 'SUSPENDED' })]);
    expect(
      (await facts('worker.status_changed')).map(({ data }) => [data.from, data.to, data.reason]),
    ).toEqual([
      ['off_duty', 'available', null],
      ['available', 'suspended', 'late'],
    ]);
  });

  it('are candidates with position, skills and hours, near a point or by area', async () => {
    const { worker, phone } = await workerWithPhone(app, org, { skills: [{ skill: 'gas', level: 2 }] });
    const area = (
      await org.as.admin.post<{ id: string }>('areas', {
        name: 'A',
        kind: 'circle',
        lat: 42.36,
        lon: -71.06,
        radiusMetres: 5_000,
      })
    ).body;
    const elsewhere = (
      await org.as.admin.post<{ id: string }>('areas', {
        name: 'B',
        kind: 'circle',
        lat: 1,
        lon: 1,
        radiusMetres: 5_000,
      })
    ).body;
    const idle = await newWorker(org, { homeAreaIds: [elsewhere.id] });
    await org.as.dispatcher.post(`workers/${idle.id}/status`, { status: 'available' });
    await phone.post('me/status', { status: 'available' });
    await org.as.dispatcher.put(`workers/${worker.id}/shifts`, {
      timeZone: 'UTC',
      weekly: [{ weekday: 1, startMinute: 420, endMinute: 1_020 }],
    });
    await phone.post('me/positions', {
      fixes: [{ seq: 1, lat: 42.37, lon: -71.06, accuracyMetres: 12, fixAt: '2026-03-02T08:00:00Z' }],
    });

    const workforce = app.api.get(WorkforceService);
    const find = (query: Parameters<WorkforceService['candidates']>[1]) =>
      app.uow.run(org.id, (tx) => workforce.candidates(tx, query));
    const point = { lat: 42.36, lon: -71.06 };
    const [near] = await find({ point, radiusMetres: 3_000 });
    expect(near).toMatchObject({
      id: worker.id,
      status: 'available',
      distanceMetres: expect.closeTo(1_112, -1),
      position: {
        lat: 42.37,
        lon: -71.06,
        accuracyMetres: 12,
        areaId: area.id,
        fixAt: new Date('2026-03-02T08:00:00Z'),
      },
      skills: [{ skill: 'gas', level: 2, validUntil: null }],
      shifts: [{ start: Date.parse('2026-03-02T07:00:00Z'), end: Date.parse('2026-03-02T17:00:00Z') }],
    });
    expect(await find({ point, radiusMetres: 1_000 })).toEqual([]);
    expect((await find({ point })).map(({ id, distanceMetres }) => [id, distanceMetres === null])).toEqual([
      [worker.id, false],
      [idle.id, true],
    ]);
    expect((await find({ areaId: area.id })).map(({ id }) => id)).toEqual([worker.id]);
    const other = await app.organization();
    expect(
      await app.uow.run(other.id, (tx) => workforce.candidates(tx, { point, radiusMetres: 3_000 })),
    ).toEqual([]);
  });

  it('are noticed when their phone falls silent, and when it is back', async () => {
    const { worker, phone } = await workerWithPhone(app, org);
    const worker0 = app.workers[0]!;
    const minutesOn = async (minutes: number) => {
      const at = new Date(app.clock.now().getTime() + minutes * 60_000);
      await app.clock.set({ at });
      await eventually(async () => worker0.get(SharedClock).now() >= at);
      await worker0.get(Deadlines).runDue();
    };
    const fix = (seq: number) => ({
      fixes: [{ seq, lat: 42.36, lon: -71.06, fixAt: app.clock.now().toISOString() }],
    });
    await phone.post('me/status', { status: 'available' });
    await minutesOn(5);
    await phone.post('me/positions', fix(1));
    await minutesOn(6);
    expect(await facts('worker.silent')).toHaveLength(0); // heard six minutes ago
    await minutesOn(6);
    await eventually(async () => (await facts('worker.silent')).length === 1);
    const silent = await org.as.dispatcher.get<{ items: WorkerBody[] }>('workers?silent=true');
    expect(silent.body.items).toMatchObject([{ id: worker.id }]);
    await phone.post('me/positions', fix(2));
    expect(await facts('worker.back')).toHaveLength(1);
    await phone.post('me/status', { status: 'off_duty' });
    await minutesOn(60);
    expect(await facts('worker.silent')).toHaveLength(1);
  });

  it('are off duty again when a suspension ends', async () => {
    const worker = await newWorker(org);
    const suspendedUntil = new Date(app.clock.now().getTime() + 86_400_000);
    await org.as.dispatcher.post(`workers/${worker.id}/status`, { status: 'suspended', suspendedUntil });
    await app.clock.set({ at: suspendedUntil });
    await eventually(async () => app.workers[0]!.get(SharedClock).now() >= suspendedUntil);
    await app.workers[0]!.get(Deadlines).runDue();
    const now = await org.as.dispatcher.get<WorkerBody>(`workers/${worker.id}`);
    expect(now.body).toMatchObject({ status: 'off_duty', suspendedUntil: null });
  });

  it('are made together with their log-in, or neither is made', async () => {
    const login = { email: `new-${newId()}@city.test`, password: 'a-long-test-password' };
    const made = await org.as.admin.post<WorkerBody & { userId: string }>('workers', {
      name: 'Mei',
      login,
    });
    expect(made.status).toBe(201);
    const mei = await app.signIn(login.email, login.password);
    const me = await mei.get<{ workerId: string; role: string }>('me');
    expect(me.body).toMatchObject({ workerId: made.body.id, role: 'worker' });

    const taken = await org.as.admin.post<{ errors?: { field: string }[] }>('workers', {
      name: 'Twin',
      login,
    });
    expect(taken.status).toBe(409);
    const short = await org.as.admin.post<{ errors: { field: string }[] }>('workers', {
      name: 'Short',
      login: { email: 'short@city.test', password: 'abc' },
    });
    expect([short.status, short.body.errors[0]?.field]).toEqual([422, 'login.password']);
    expect((await org.as.dispatcher.post('workers', { name: 'Dan', login })).status).toBe(403);
    const { body } = await org.as.dispatcher.get<{ items: WorkerBody[] }>('workers');
    expect(body.items.map(({ name }) => name)).toEqual(['Mei']);
  });

  it('choose their skills from the list of the organisation, once it has one', async () => {
    await newWorker(org, { name: 'Early', skills: [{ skill: 'anything' }] });
    const { body: gas } = await org.as.dispatcher.post<{ id: string }>('skills', { name: 'Gas' });
    const twice = await org.as.dispatcher.post<{ code: string }>('skills', { name: ' gas ' });
    expect([twice.status, twice.body.code]).toEqual([409, 'SKILL_EXISTS']);

    const worker = await newWorker(org, { name: 'Li', skills: [{ skill: 'Gas', level: 2 }] });
    const refused = async (path: string, body: object, method: 'post' | 'put') => {
      const answer = await org.as.admin[method]<{ errors: { field: string; code: string }[] }>(path, body);
      return [answer.status, answer.body.errors?.[0]?.field, answer.body.errors?.[0]?.code];
    };
    const unknown = [422, 'skills[0].skill', 'UNKNOWN_SKILL'];
    expect(await refused(`workers/${worker.id}/skills`, { skills: [{ skill: 'gas' }] }, 'put')).toEqual(
      unknown,
    );
    const service = { code: 'leak', name: 'Leak', durationSeconds: 600, skills: [{ skill: 'Plumbing' }] };
    expect(await refused('service-types', service, 'post')).toEqual(unknown);

    const used = await org.as.dispatcher.delete<{ code: string }>(`skills/${gas.id}`);
    expect([used.status, used.body.code]).toEqual([409, 'SKILL_IN_USE']);
    await org.as.dispatcher.put(`workers/${worker.id}/skills`, { skills: [] });
    expect((await org.as.dispatcher.delete(`skills/${gas.id}`)).status).toBe(204);
    const other = await app.organization();
    await other.as.admin.post('skills', { name: 'Locks' });
    expect((await org.as.dispatcher.get<{ items: object[] }>('skills')).body.items).toEqual([]);
  });
});
