import { ATTENTIONS, JOB_STATES, type JobView, wantsAttention } from '#job';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import { type Client } from '../support/client.js';
import type { View } from '../support/views.js';

type Summary = View<'DeskSummaryView'>;
type SavedView = View<'SavedViewView'>;
type Page<T> = { items: T[]; nextCursor: string | null };

describe('the desk', () => {
  let app: TestApp;
  let city: TestCity;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    city = await TestCity.build(app);
  });

  describe('at a glance', () => {
    /** Every state, with and without a promise, at each side of every limit, usual and urgent, in the area and outside. */
    const everyKindOfJob = () =>
      app.uow.run(city.org.id, (tx) =>
        tx.sql(
          `INSERT INTO jobs (id, org_id, state, state_since, area_id, lat, lon, address, window_end, due_at, duration_seconds,
                             priority, created_at, updated_at)
           SELECT gen_random_uuid(), $1, state, $2, CASE WHEN inside THEN $3::uuid END, CASE WHEN inside THEN 42.36 ELSE 10 END, -71.06, 'x',
                  CASE WHEN promised THEN $2::timestamptz + due * interval '1 second' END,
                  CASE WHEN promised THEN NULL ELSE $2::timestamptz + due * interval '1 second' END, 600, priority, $2, $2
           FROM unnest($4::text[]) AS state, unnest(ARRAY[NULL, -3600, -1, 0, 1799, 1800, 7200]) AS due,
                unnest(ARRAY[true, false]) AS promised, unnest(ARRAY[true, false]) AS inside, unnest(ARRAY[0, 99, 100]) AS priority`,
          [city.org.id, app.clock.now(), city.areaId, JOB_STATES],
        ),
      );
    const all = async (query: string): Promise<JobView[]> => {
      const items: JobView[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body }: { body: Page<JobView> } = await city.org.as.dispatcher.get<Page<JobView>>(
          `jobs?limit=100&${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        items.push(...body.items);
        cursor = body.nextCursor;
      }
      return items;
    };
    const summary = async (query = '') =>
      (await city.org.as.dispatcher.get<Summary>(`desk/summary${query}`)).body;
    const plain = (jobs: JobView[]) =>
      JSON.parse(JSON.stringify(jobs)) as Parameters<typeof wantsAttention>[0][];

    it('counts what the list shows and what the page marks, by one rule, beyond any page', async () => {
      await everyKindOfJob();
      const jobs = plain(await all(''));
      const now = app.clock.now().getTime();
      expect(jobs).toHaveLength(JOB_STATES.length * 7 * 12);
      const { jobs: counted } = await summary();
      for (const attention of ATTENTIONS) {
        const marked = jobs.filter((job) => wantsAttention(job, attention, now)).length;
        const listed = (await all(`attention=${attention}`)).length;
        expect([attention, counted[attention], listed]).toEqual([attention, marked, marked]);
        expect(marked).toBeGreaterThan(20);
        expect(marked).toBeLessThan(jobs.length);
      }
    });

    it('counts an area by itself, and its people by their status', async () => {
      await everyKindOfJob();
      await city.worker();
      await city.worker({ status: 'off_duty' });
      const [whole, area] = [await summary(), await summary(`?areaId=${city.areaId}`)];
      for (const attention of ATTENTIONS) expect(area.jobs[attention] * 2).toBe(whole.jobs[attention]);
      expect(area.workers).toEqual({ available: 1, busy: 0, on_break: 0, off_duty: 1, suspended: 0 });
      const elsewhere = await summary(`?areaId=${city.org.id}`);
      expect(Object.values(elsewhere.jobs)).toEqual([0, 0, 0, 0]);
      // Without home areas they serve them all.
      expect(elsewhere.workers.available).toBe(1);
    });

    it('names the field of a question it cannot answer', async () => {
      const { dispatcher } = city.org.as;
      expect(await dispatcher.get('desk/summary?areaId=north')).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'areaId' }] },
      });
      expect(await dispatcher.get('jobs?attention=soon')).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'attention' }] },
      });
    });
  });

  describe('keeps views by name', () => {
    const create = (who: Client, body: object) => who.post<SavedView>('saved-views', body);
    const names = async (who: Client) =>
      (await who.get<Page<SavedView>>('saved-views')).body.items.map(({ name }) => name);

    it('for oneself, or for everybody at the desks', async () => {
      const { dispatcher, area_manager: other, admin } = city.org.as;
      const mine = await create(dispatcher, { name: 'Night', search: 'state=paused' });
      expect(mine).toMatchObject({ status: 201, body: { own: true, shared: false, isDefault: false } });
      const ours = await create(dispatcher, { name: 'late first', search: 'attention=late', shared: true });
      expect(await names(dispatcher)).toEqual(['late first', 'Night']);
      expect(await names(other)).toEqual(['late first']);
      expect(await names(admin)).toEqual(['late first']);
      // A private one is not there for others, an administrator included; a shared one is, but only an administrator's to change.
      expect((await admin.patch(`saved-views/${mine.body.id}`, { name: 'x' })).status).toBe(404);
      expect((await other.patch(`saved-views/${ours.body.id}`, { name: 'x' })).status).toBe(403);
      expect((await other.delete(`saved-views/${ours.body.id}`)).status).toBe(403);
      expect((await admin.delete(`saved-views/${ours.body.id}`)).status).toBe(204);
      expect(await names(other)).toEqual([]);
    });

    it('renames, shares and deletes them, whoever was quicker', async () => {
      const { dispatcher, quality_manager: other } = city.org.as;
      const { body } = await create(dispatcher, { name: 'Early', search: '' });
      const change = await dispatcher.patch<SavedView>(
        `saved-views/${body.id}`,
        { name: ' Morning ', shared: true },
        { headers: { 'if-match': `"${body.version}"` } },
      );
      expect(change.body).toMatchObject({ name: 'Morning', search: '', shared: true, version: 2 });
      const stale = await dispatcher.patch(`saved-views/${body.id}`, { name: 'Noon', version: 1 });
      expect(stale).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
      expect(await names(other)).toEqual(['Morning']);
      expect((await dispatcher.delete(`saved-views/${body.id}`)).status).toBe(204);
      expect(await names(dispatcher)).toEqual([]);
    });

    it('opens with the one that each person chose, also a shared one', async () => {
      const { dispatcher, area_manager: other } = city.org.as;
      const { body: ours } = await create(dispatcher, { name: 'Ours', search: 'tab=workers', shared: true });
      const { body: mine } = await create(other, { name: 'Mine', search: 'group=area' });
      const chosen = async (who: Client) =>
        (await who.get<Page<SavedView>>('saved-views')).body.items
          .filter(({ isDefault }) => isDefault)
          .map(({ name }) => name);
      for (const { id } of [mine, ours])
        expect((await other.put(`saved-views/${id}/default`, {})).status).toBe(204);
      expect([await chosen(other), await chosen(dispatcher)]).toEqual([['Ours'], []]);
      expect((await other.delete(`saved-views/${ours.id}/default`)).status).toBe(204);
      expect(await chosen(other)).toEqual([]);
      await other.put(`saved-views/${ours.id}/default`, {});
      await dispatcher.delete(`saved-views/${ours.id}`);
      expect(await chosen(other)).toEqual([]);
      expect((await dispatcher.put(`saved-views/${mine.id}/default`, {})).status).toBe(404);
    });

    it('refuses a name twice, too long a text, and more than anybody looks through', async () => {
      const { dispatcher, auditor, worker } = city.org.as;
      await create(dispatcher, { name: 'Night', search: '' });
      expect(await create(dispatcher, { name: 'NIGHT', search: '' })).toMatchObject({
        status: 409,
        body: { code: 'SAVED_VIEW_EXISTS', field: 'name' },
      });
      for (const [body, field] of [
        [{ name: ' ', search: '' }, 'name'],
        [{ name: 'x'.repeat(81), search: '' }, 'name'],
        [{ name: 'x', search: 'q='.padEnd(2_001, 'x') }, 'search'],
        [{ name: 'x', search: '', shared: 'yes' }, 'shared'],
      ] as const)
        expect(await create(dispatcher, body)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
      await app.uow.run(city.org.id, (tx) =>
        tx.sql(
          `INSERT INTO saved_views (id, org_id, owner_id, name, search, created_at, updated_at)
           SELECT gen_random_uuid(), $1, $2, 'view ' || n, '', $3, $3 FROM generate_series(1, 49) AS n`,
          [city.org.id, city.org.users.dispatcher.id, tx.now],
        ),
      );
      expect(await create(dispatcher, { name: 'one more', search: '' })).toMatchObject({
        status: 409,
        body: { code: 'TOO_MANY_VIEWS', limit: 50 },
      });
      expect((await auditor.get('saved-views')).status).toBe(404);
      expect((await worker.get('saved-views')).status).toBe(404);
    });
  });
});
