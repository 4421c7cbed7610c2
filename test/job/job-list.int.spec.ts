import { JobFinderService } from '#job';
import { newId } from '#kernel';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import { type Desk, deskOf, door, type Items, type Job } from './desk.js';
import { putInto } from './job-steps.js';

/** More than are compared with a text one by one. */
const MANY = 3_100;

describe('lists of jobs', () => {
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

  /** External references of all pages. */
  const walk = async (query: string): Promise<string> => {
    const refs: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { status: number; body: Items<Job> } = await desk.get<Items<Job>>(
        `jobs?limit=2&${query}${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect([query, page.status]).toEqual([query, 200]);
      refs.push(...page.body.items.map((job) => String(job.externalRef)));
      cursor = page.body.nextCursor;
    }
    return refs.join(' ');
  };

  it('hold windows that overlap a span, however long before it they begin', async () => {
    const windows: Record<string, [string | null, string | null]> = {
      before: ['2026-03-01T08:00:00Z', '2026-03-02T10:00:00Z'],
      short: ['2026-03-02T09:00:00Z', '2026-03-02T11:00:00Z'],
      whole: ['2026-03-01T11:00:00Z', '2026-03-02T11:00:00Z'],
      long: ['2026-02-20T00:00:00Z', '2026-03-09T00:00:00Z'],
      until: [null, '2026-03-02T11:00:00Z'],
      from: ['2026-03-02T10:30:00Z', null],
      over: ['2026-02-20T00:00:00Z', '2026-03-02T09:00:00Z'],
      later: ['2026-03-02T12:00:00Z', '2026-03-02T13:00:00Z'],
      never: [null, null],
    };
    for (const [externalRef, [windowStart, windowEnd]] of Object.entries(windows))
      await make({ ...door, externalRef, windowStart, windowEnd });
    const span = 'windowFrom=2026-03-02T10:00:00Z&windowTo=2026-03-02T12:00:00Z';
    for (const state of ['', '&state=unassigned', '&state=offering,unassigned,failed']) {
      expect(await walk(`${span}${state}&sort=windowStart`)).toBe('long whole short from until');
      expect(await walk(`${span}${state}&sort=-createdAt`)).toBe('from until long whole short');
    }
    expect(await walk('windowFrom=2026-03-02T11:30:00Z&sort=windowStart')).toBe('long later');
    expect(await walk('windowTo=2026-03-01T12:00:00Z&sort=windowStart')).toBe('long over before whole');
  });

  it('go through several states in one order, each job once', async () => {
    const ids: string[] = [];
    for (const externalRef of ['a', 'b', 'c', 'd', 'e', 'f'])
      ids.push((await make({ ...door, externalRef, priority: externalRef === 'c' ? 50 : 0 })).id);
    for (const [i, state] of (['failed', 'unfulfilled', 'closed', 'failed'] as const).entries())
      await putInto(city, ids[i]!, state, null);
    expect(await walk('state=failed,unfulfilled,unassigned&sort=createdAt')).toBe('a b d e f');
    expect(await walk('state=failed,failed,closed&sort=-createdAt')).toBe('d c a');
    expect(await walk('state=closed,unassigned&sort=-priority')).toBe('c f e');
  });

  it('find a text in the first jobs of the order and beyond them', async () => {
    await make({ ...door, externalRef: 'oldest', notes: 'the blue gate', contactPhone: '+1 617 555 0123' });
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(
        `INSERT INTO jobs (id, org_id, state, state_since, lat, lon, address, duration_seconds, created_at, updated_at, external_ref)
         SELECT gen_random_uuid(), $1, 'unassigned', $2::timestamptz, 42.36, -71.06, n || ' Long Street', 600,
           $2::timestamptz + n * interval '1 second', $2, 'n' || n FROM generate_series(1, $3) AS n`,
        [city.org.id, tx.now, MANY],
      ),
    );
    const first = async (query: string) =>
      (await desk.get<Items<Job>>(`jobs?limit=3&${query}`)).body.items.map((job) => job.externalRef);
    expect(await first('text=long street')).toEqual([`n${MANY}`, `n${MANY - 1}`, `n${MANY - 2}`]);
    expect(await first('text=long street&sort=createdAt')).toEqual(['n1', 'n2', 'n3']);
    for (const text of ['blue gate', 'BLUE', '617-555-0123', 'oldest'])
      expect([text, await first(`text=${text}`)]).toEqual([text, ['oldest']]);
    expect(await first('text=blue&state=unassigned,failed')).toEqual(['oldest']);
    expect(await first('text=blue&state=failed')).toEqual([]);
    const { number } = (await desk.get<Items<Job>>('jobs?externalRef=oldest')).body.items[0]!;
    expect(await first(`text=%23${number}`)).toEqual(['oldest']);
    // An auditor finds nothing by what is hidden from them.
    const { items } = (await city.org.as.auditor.get<Items<Job>>('jobs?text=blue')).body;
    expect(items).toEqual([]);
    expect((await city.org.as.auditor.get<Items<Job>>('jobs?text=oldest')).body.items).toHaveLength(1);
  });

  it('know who usually works at a site, also after a correction', async () => {
    const [ann, bob] = [newId(), newId()];
    const sites: string[] = [];
    for (const name of ['One', 'Two'])
      sites.push((await city.org.as.admin.post<{ id: string }>('sites', { ...door, name })).body.id);
    const [one, two] = sites as [string, string];
    const usual = () =>
      app.uow.run(city.org.id, async (tx) =>
        Object.fromEntries(await app.api.get(JobFinderService).findUsualWorkers(tx, sites)),
      );
    const jobs: string[] = [];
    for (const holder of [ann, ann, bob]) {
      const { id } = await make({ siteId: one });
      await putInto(city, id, 'in_progress', holder);
      jobs.push(id);
    }
    expect(await usual()).toEqual({});
    for (const [i, id] of jobs.entries()) await putInto(city, id, 'completed', i < 2 ? ann : bob);
    await putInto(city, jobs[0]!, 'closed', ann);
    expect(await usual()).toEqual({ [one]: [ann, bob] });
    await app.uow.run(city.org.id, (tx) =>
      tx.sql('UPDATE jobs SET site_id = $2 WHERE id = $1', [jobs[1], two]),
    );
    await putInto(city, jobs[2]!, 'in_progress', bob);
    expect(await usual()).toEqual({ [one]: [ann], [two]: [ann] });
    await putInto(city, jobs[1]!, 'completed', bob);
    expect(await usual()).toEqual({ [one]: [ann], [two]: [bob] });
  });
});
