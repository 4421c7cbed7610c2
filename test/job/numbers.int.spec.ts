import { DataSource } from 'typeorm';
import { JobsService } from '#job';
import { JobNumbers1796006640000 } from '../../migrations/20261130024400-job-numbers.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import { type Desk, deskOf, door, type Items, type Job } from './desk.js';

interface Caller {
  phone: string;
  name: string | null;
  jobs: number;
  places: { address: string; siteId: string | null }[];
  recent: { id: string; number: number; state: string }[];
}

describe('what a caller quotes', () => {
  let app: TestApp;
  let city: TestCity;
  let desk: Desk['client'];
  let make: Desk['make'];

  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    city = await TestCity.build(app);
    ({ client: desk, make } = deskOf(city));
  });

  it('is a short number, counted for each organisation by itself', async () => {
    const first = await make(door);
    expect(first.number).toBe(1001);
    const bulk = await desk.post<{ ids: string[] }>('jobs/bulk', { jobs: [door, door, door] });
    const numbers = await Promise.all(
      bulk.body.ids.map(async (id) => (await desk.get<Job>(`jobs/${id}`)).body.number),
    );
    expect(numbers).toEqual([1002, 1003, 1004]);
    const other = deskOf(await TestCity.build(app));
    expect((await other.make(door)).number).toBe(1001);
  });

  it('finds its job by number, in the list and in a text, for the office and nobody else', async () => {
    await make({ ...door, address: '1001 Nights Street' });
    const job = await make({ ...door, address: '5 Low Street' });
    const found = async (query: string) =>
      (await desk.get<Items<Job>>(`jobs?${query}`)).body.items.map((one) => one.number);
    expect(await found('number=1002')).toEqual([1002]);
    expect(await found('text=%231002')).toEqual([1002]);
    // A number in an address is found as well.
    expect(await found('text=1001')).toEqual([1001]);
    expect(await found('text=%231009')).toEqual([]);
    expect((await desk.get('jobs?number=0')).status).toBe(422);
    expect((await desk.get('jobs?number=99999999999')).status).toBe(422);
    const masked = (await city.org.as.auditor.get<Job>(`jobs/${job.id}`)).body;
    expect(masked).toMatchObject({ number: 1002, address: null });
    expect(masked).not.toHaveProperty('callerKey');
  });

  it('is given out without waiting for anybody else’s new job', async () => {
    await make(door);
    const jobs = app.api.get(JobsService);
    const draft = { lat: 42.36, lon: -71.06, address: '2 Slow Street', durationSeconds: 600 };
    await app.uow.run(city.org.id, async (tx) => {
      const slow = await jobs.create(tx, draft);
      // The slow one has not committed: a counter in a row would be held until it has.
      const quick = await make({ ...door, address: '3 Quick Street' });
      expect([slow.number, quick.number]).toEqual([1002, 1003]);
    });
  });

  it('finds a caller by number in any notation, with their doors and last jobs', async () => {
    const site = await city.org.as.admin.post<{ id: string }>('sites', {
      name: 'Bakery',
      address: '9 Bread Lane',
      lat: 42.361,
      lon: -71.061,
    });
    const tang = { contactName: 'Mrs Tang', contactPhone: '+1 716 555 0123' };
    await make({ ...door, ...tang, address: '1 Main Street' });
    await make({ ...door, ...tang, contactName: 'mrs tang', address: '1 main street' });
    const last = await make({ siteId: site.body.id, ...tang, contactPhone: '716-555-0123' });
    await make({ ...door, contactName: 'Mr Other', contactPhone: '+1 716 555 0199' });
    const callers = async (phone: string) =>
      (await desk.get<{ items: Caller[] }>(`callers?phone=${encodeURIComponent(phone)}`)).body.items;
    for (const typed of ['(716) 555-0123', '716 555 0123', '+17165550123', '0123', '716.555.0123 ext. 4']) {
      const found = await callers(typed);
      expect([typed, found.reduce((sum, one) => sum + one.jobs, 0)]).toEqual([typed, 3]);
      expect(found[0]!.name).toBe('Mrs Tang');
      expect(found[0]!.recent[0]).toMatchObject({ id: last.id, number: last.number });
    }
    const doors = (await callers('716 555 0123')).flatMap((one) =>
      one.places.map(({ address }) => address.toLowerCase()),
    );
    expect(new Set(doors)).toEqual(new Set(['9 bread lane', '1 main street']));
    expect(await callers('55')).toEqual([]);
    expect((await callers('0199')).map(({ name }) => name)).toEqual(['Mr Other']);
    // A number that is corrected is found as it is then.
    await desk.patch(`jobs/${last.id}`, { contactPhone: '+44 20 7946 0000' });
    expect((await callers('020 7946 0000')).map(({ jobs }) => jobs)).toEqual([1]);
    const elsewhere = await TestCity.build(app);
    const theirs = await elsewhere.org.as.dispatcher.get<{ items: Caller[] }>('callers?phone=0123');
    expect(theirs.body.items).toEqual([]);
    expect((await city.org.as.auditor.get('callers?phone=0123')).status).toBe(403);
  });

  it('is given to the jobs that an older version has left', async () => {
    await make({ ...door, contactPhone: '716-555-0123 x4' });
    await make({ ...door });
    const owner = await new DataSource({ type: 'postgres', url: app.ownerUrl }).initialize();
    const migration = new JobNumbers1796006640000();
    const q = owner.createQueryRunner();
    await migration.down(q);
    await migration.up(q);
    await owner.destroy();
    const { body } = await desk.get<Items<Job>>('jobs?sort=createdAt');
    expect(body.items.map(({ number }) => number).sort()).toEqual([1001, 1002]);
    expect((await make(door)).number).toBe(1003);
    const found = await desk.get<{ items: Caller[] }>('callers?phone=7165550123');
    expect(found.body.items).toHaveLength(1);
  });
});
