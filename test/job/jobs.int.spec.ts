import { Deadlines, FactLog } from '#platform';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import { Client } from '../support/client.js';
import { type Desk, deskOf, door, type Items, type Job, type Problem } from './desk.js';
import { putInto } from './job-steps.js';

describe('jobs at the desk', () => {
  let app: TestApp;
  let city: TestCity;
  let desk: Desk['client'];
  let make: Desk['make'];
  let errorsOf: Desk['errorsOf'];

  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    city = await TestCity.build(app);
    ({ client: desk, make, errorsOf } = deskOf(city));
  });

  it('say in each fact what was agreed then, so that nobody has to read the job for it', async () => {
    const window = { windowStart: '2026-03-02T10:00:00.000Z', windowEnd: '2026-03-02T11:00:00.000Z' };
    const job = await make({ ...door, ...window, priority: 30, durationSeconds: 900, channel: 'phone' });
    const later = { windowEnd: '2026-03-02T12:00:00.000Z', priority: 40 };
    expect((await desk.patch(`jobs/${job.id}`, later)).status).toBe(200);
    expect((await desk.post(`jobs/${job.id}/cancel`, { reason: 'customer' })).status).toBe(200);
    const facts = await app.uow.run(city.org.id, (tx) => app.api.get(FactLog).of(tx, job.id));
    const agreed = {
      ...window,
      number: job.number,
      priority: 30,
      durationSeconds: 900,
      dueAt: null,
      channel: 'phone',
    };
    expect(facts.map(({ type, data }) => [type, data])).toEqual([
      ['job.created', expect.objectContaining(agreed)],
      ['job.updated', expect.objectContaining({ ...agreed, ...later })],
      ['job.cancelled', expect.objectContaining({ ...agreed, ...later })],
    ]);
  });

  it('are listed by what is asked, page by page', async () => {
    for (let i = 0; i < 7; i++)
      await make({
        ...door,
        externalRef: `L-${i}`,
        priority: i,
        address: `${i} Oak_Lane%`,
        lat: 42.36 + i / 1_000,
      });
    const gone = await make({ ...door, notes: 'remember the dog' });
    await desk.post(`jobs/${gone.id}/cancel`, { reason: 'customer' });
    const walk = async (query: string): Promise<string[]> => {
      const refs: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: { status: number; body: Items<Job> } = await desk.get<Items<Job>>(
          `jobs?limit=3&${query}${cursor ? `&cursor=${cursor}` : ''}`,
        );
        expect([query, page.status, page.body]).toEqual([query, 200, page.body]);
        refs.push(...page.body.items.map((job) => String(job.externalRef)));
        cursor = page.body.nextCursor;
      }
      return refs;
    };
    const refs = (...n: number[]) => n.map((i) => `L-${i}`);
    expect(await walk('state=unassigned&sort=-priority')).toEqual(refs(6, 5, 4, 3, 2, 1, 0));
    expect(await walk('state=unassigned,offering&sort=createdAt')).toEqual(refs(0, 1, 2, 3, 4, 5, 6));
    expect(await walk('state=unassigned&sort=windowStart')).toHaveLength(7);
    expect(await walk('text=oak_lane%25&sort=createdAt')).toHaveLength(7);
    expect(await walk('text=dog')).toEqual(['null']);
    expect(await walk('text=oakxlane')).toEqual([]);
    expect(await walk('bbox=-71.1,42.3595,-71,42.3625&sort=createdAt&state=unassigned')).toEqual(
      refs(0, 1, 2),
    );
    expect(await walk(`areaId=${city.areaId}&state=cancelled`)).toEqual(['null']);
    expect(await walk('areaId=none')).toEqual([]);
    const auditor = await city.org.as.auditor.get<Items<Job>>('jobs?text=dog');
    expect(auditor.body.items).toEqual([]);
    const masked = (await city.org.as.auditor.get<Job>(`jobs/${gone.id}`)).body;
    expect(masked).toMatchObject({ lat: null, address: null, notes: null, state: 'cancelled' });
    for (const query of [
      'bbox=1,2,3',
      'bbox=a,b,c,d',
      'cursor=x',
      'state=gone',
      'limit=0',
      'sort=lat',
      'updatedSince=now',
    ])
      expect([query, (await desk.get(`jobs?${query}`)).status]).toEqual([query, 422]);
    expect((await desk.get('jobs/not-a-uuid')).status).toBe(404);
  });

  it('change with their version, and say what changed', async () => {
    const job = await make(door);
    const change = await desk.patch<Job>(
      `jobs/${job.id}`,
      { notes: 'ring twice', contactPhone: '+1 617 555 0100', windowEnd: '2026-03-02T12:00:00+01:00' },
      { headers: { 'if-match': '"1"' } },
    );
    expect([change.status, change.headers.get('etag')]).toEqual([200, '"2"']);
    expect(change.body).toMatchObject({
      version: 2,
      notes: 'ring twice',
      windowEnd: '2026-03-02T11:00:00.000Z',
    });
    expect((await desk.patch(`jobs/${job.id}`, { notes: 'x', version: 1 })).status).toBe(409);
    const same = await desk.patch<Job>(`jobs/${job.id}`, { notes: 'ring twice' });
    expect(same.body.version).toBe(2);
    const cleared = await desk.patch<Job>(`jobs/${job.id}`, { notes: null, windowEnd: null });
    expect(cleared.body).toMatchObject({ version: 3, notes: null, windowEnd: null });
    expect((await desk.patch(`jobs/${job.id}`, { priority: null })).status).toBe(422);
    const moved = await desk.patch<Job>(`jobs/${job.id}`, { lat: 10, lon: 10, address: 'far' });
    expect(moved.body.areaId).toBeNull();
    const { items } = (await desk.get<Items<{ type: string; data: Job }>>(`jobs/${job.id}/timeline`)).body;
    expect(items.map((entry) => entry.type)).toEqual([
      'job.created',
      'job.updated',
      'job.updated',
      'job.updated',
    ]);
    expect(items[1]!.data.fields).toEqual(['notes', 'contactPhone', 'windowEnd']);
    await desk.post(`jobs/${job.id}/cancel`, { reason: 'customer' });
    expect((await desk.patch(`jobs/${job.id}`, { notes: 'late' })).status).toBe(409);
  });

  it('carry notes', async () => {
    const worker = await city.worker();
    const job = await make(door);
    await putInto(city, job.id, 'assigned', worker.id);
    expect((await worker.client.post(`jobs/${job.id}/notes`, { text: 'gate code 12' })).status).toBe(201);
    expect((await desk.post(`jobs/${job.id}/notes`, { text: 'told the customer' })).status).toBe(201);
    expect((await desk.post(`jobs/${job.id}/notes`, { text: '  ' })).status).toBe(422);
    expect((await city.org.as.quality_manager.post(`jobs/${job.id}/notes`, { text: 'x' })).status).toBe(403);
    const { items } = (
      await worker.client.get<Items<{ text: string; authorRole: string }>>(`jobs/${job.id}/notes`)
    ).body;
    expect(items.map(({ text, authorRole }) => [authorRole, text])).toEqual([
      ['worker', 'gate code 12'],
      ['dispatcher', 'told the customer'],
    ]);
  });

  it('close by themselves once the review time is over, unless taken back in the undo window', async () => {
    const worker = await city.worker();
    const [job, late] = [await make(door), await make(door)];
    for (const { id } of [job, late]) {
      await putInto(city, id, 'in_progress', worker.id);
      expect((await worker.client.post(`jobs/${id}/complete`, {})).status).toBe(200);
    }
    const pass = (seconds: number) =>
      app.clock.set({ at: new Date(app.clock.now().getTime() + seconds * 1_000) });
    const can = async (id: string) => (await worker.client.get<Job>(`jobs/${id}`)).body.can;
    await pass(599);
    expect(await can(late.id)).toEqual(['undo_complete']);
    expect((await worker.client.post(`jobs/${job.id}/undo-complete`, {})).status).toBe(200);
    await pass(2);
    expect(await can(late.id)).toEqual([]);
    const tooLate = await worker.client.post<Problem>(`jobs/${late.id}/undo-complete`, {});
    expect([tooLate.status, tooLate.body.code]).toEqual([409, 'UNDO_WINDOW_OVER']);
    await pass(86_400);
    await app.api.get(Deadlines).runDue();
    expect((await desk.get<Job>(`jobs/${late.id}`)).body.state).toBe('closed');
    expect((await desk.get<Job>(`jobs/${job.id}`)).body.state).toBe('in_progress');
  });

  it('say what the caller may do with them, an API key no more than its scopes open', async () => {
    const job = await make(door);
    const canOf = async (...scopes: string[]) => {
      const key = await city.org.as.admin.post<{ secret: string }>('api-keys', { name: 'k', scopes });
      const client = new Client(app.url, key.body.secret);
      const { body } = await client.get<Items<Job>>('jobs');
      return [(await client.get<Job>(`jobs/${job.id}`)).body.can, body.items[0]!.can];
    };
    expect(await canOf('job:read')).toEqual([[], []]);
    const all = ['offer', 'assign', 'cancel'];
    expect(await canOf('job:write')).toEqual([all, all]);
    expect((await desk.get<Job>(`jobs/${job.id}`)).body.can).toEqual(all);
  });

  it('pay: a worker sees what their own visits of today and this week brought, in the zone they ask for', async () => {
    const [ann, bob] = [await city.worker(), await city.worker()];
    const service = { code: `pay-${ann.id}`, name: 'Paid', durationSeconds: 600 };
    const { body: type } = await city.org.as.admin.post<{ id: string }>('service-types', {
      ...service,
      payMinor: 4_200,
      payCurrency: 'EUR',
    });
    const completedAgo = async (workerId: string, hours: number) => {
      const { id } = await make({ ...door, serviceTypeId: type.id });
      await putInto(city, id, 'completed', workerId);
      const at = new Date(app.clock.now().getTime() - hours * 3_600_000);
      await app.uow.run(city.org.id, (tx) =>
        tx.sql(`UPDATE jobs SET completed_at = $2 WHERE id = $1`, [id, at]),
      );
    };
    await completedAgo(ann.id, 0);
    await completedAgo(ann.id, 0);
    await completedAgo(bob.id, 0);
    const earned = async (timeZone: string) =>
      (
        await ann.client.get<{ today: { visits: number; amounts: object[] }; week: { since: string } }>(
          `me/earnings?timeZone=${timeZone}`,
        )
      ).body;
    const euros = [{ currency: 'EUR', minor: 8_400 }];
    expect((await earned('UTC')).today).toMatchObject({ visits: 2, amounts: euros });
    expect((await earned('Asia/Shanghai')).week.since).toMatch(/T16:00:00.000Z$/);
    expect((await ann.client.get('me/earnings?timeZone=Mars/Base')).status).toBe(422);
    const { body: nobody } = await desk.get<{ week: { visits: number } }>('me/earnings');
    expect(nobody.week.visits).toBe(0);
  });

  it('belong, for a worker, to the list of their own', async () => {
    const [ann, bob] = [await city.worker(), await city.worker()];
    const [held, done, others] = [await make(door), await make(door), await make(door)];
    await putInto(city, held.id, 'assigned', ann.id);
    await putInto(city, done.id, 'completed', ann.id);
    await putInto(city, others.id, 'assigned', bob.id);
    const mine = async (query: string) =>
      (await ann.client.get<Items<Job>>(`me/jobs${query}`)).body.items.map((job) => job.id).sort();
    expect(await mine('')).toEqual([held.id]);
    expect(await mine('?scope=today&timeZone=America/New_York')).toEqual([held.id, done.id].sort());
    expect(await mine('?scope=history')).toEqual([done.id]);
    expect((await ann.client.get<Items<Job>>('jobs')).body.items.map((job) => job.id).sort()).toEqual(
      [held.id, done.id].sort(),
    );
    for (const path of ['', '/timeline', '/notes', '/proof'])
      expect((await ann.client.get(`jobs/${others.id}${path}`)).status).toBe(404);
    expect((await ann.client.get('me/jobs?timeZone=Mars/Base')).status).toBe(422);
  });

  it('take their defaults from service types that keep their own versions', async () => {
    const { admin } = city.org.as;
    const made = await admin.post<Job>('service-types', { code: 'lift', name: 'Lift', durationSeconds: 600 });
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    const id = made.body.id;
    expect(
      (await admin.post('service-types', { code: 'LIFT', name: 'x', durationSeconds: 600 })).status,
    ).toBe(409);
    expect((await admin.patch(`service-types/${id}`, { priceMinor: 5 })).status).toBe(422);
    const priced = await admin.patch<Job>(
      `service-types/${id}`,
      { priceMinor: 1_500, priceCurrency: 'EUR' },
      { headers: { 'if-match': '"1"' } },
    );
    expect(priced.body).toMatchObject({ version: 2, priceMinor: 1_500, payMinor: null });
    expect((await admin.patch(`service-types/${id}`, { payMinor: 900 })).status).toBe(422);
    const pay = { payMinor: 900, payCurrency: 'EUR' };
    expect((await admin.patch(`service-types/${id}`, pay)).body).toMatchObject({ version: 3, ...pay });
    const { as } = city.org;
    const ann = await city.worker();
    for (const [client, seen] of [
      [ann.client, pay],
      [as.customer, { payMinor: null, payCurrency: null }],
      [as.inspector, { payMinor: null, payCurrency: null }],
    ] as const) {
      expect((await client.get(`service-types/${id}`)).body).toMatchObject(seen);
      expect((await client.get<Items<Job>>('service-types')).body.items).toMatchObject([seen]);
    }
    expect(
      (await admin.patch(`service-types/${id}`, { name: 'y' }, { headers: { 'if-match': '"1"' } })).status,
    ).toBe(409);
    expect((await desk.post('service-types', { code: 'a', name: 'a', durationSeconds: 600 })).status).toBe(
      403,
    );
    expect((await admin.delete(`service-types/${id}`)).status).toBe(204);
    expect((await desk.get<Items<Job>>('service-types')).body.items).toEqual([]);
    expect((await desk.get<Items<Job>>('service-types?inactive=true')).body.items).toHaveLength(1);
    expect(await errorsOf({ ...door, serviceTypeId: id })).toEqual(['serviceTypeId']);
  });
});
