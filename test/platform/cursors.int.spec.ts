import type { OpenAPIObject } from '@nestjs/swagger';
import { newId } from '#kernel';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { sampleQuery } from '../identity/sample-request.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';

type Problem = { code: string; errors: { field: string }[] };

const cursor = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');

describe('a cursor', () => {
  let app: TestApp;
  let city: TestCity;
  let document: OpenAPIObject;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    city = await TestCity.build(app);
    document = openApiDocument(app.api);
  });
  afterAll(() => app?.stop());

  /** Every list that goes on. */
  const lists = () =>
    Object.entries(document.paths)
      .filter(([, { get }]) => get?.parameters?.some((one) => 'name' in one && one.name === 'cursor'))
      .map(([path]) => path);

  it('that is not of this list is named as such by every list', async () => {
    const worker = await city.worker();
    expect(lists()).toEqual(expect.arrayContaining(['/api/v1/jobs', '/api/v1/dispatch-policies/dry-runs']));
    const time = '2026-03-02T08:00:00.000Z';
    const wrong = [
      'x',
      cursor(),
      cursor('Ann Lee', 'x'),
      cursor(time, 'x'),
      cursor('a\0b', newId()),
      cursor('\ud800', newId()),
      cursor('Ann Lee'),
      cursor(7),
      cursor(1.5, newId()),
      cursor(9e9, newId()),
      cursor({ at: time }, newId()),
      cursor(time, newId(), 1),
    ];
    for (const path of lists()) {
      const caller = path.includes('/me/') ? worker.client : city.org.as.admin;
      const rest = sampleQuery(document, path, 'get').replace('?', '&');
      for (const text of wrong) {
        const { status, body } = await caller.get<Problem>(`${path}?cursor=${text}${rest}`);
        expect([path, text, status, body.errors?.map(({ field }) => field)]).toEqual([
          path,
          text,
          422,
          ['cursor'],
        ]);
      }
    }
  });

  it('of another kind of key is refused by a list in the order of times or numbers', async () => {
    const { admin } = city.org.as;
    for (const at of [
      'Ann Lee',
      '0000-01-01T00:00:00.000Z',
      '2026-02-99T00:00:00.000Z',
      '-000001-01-01T00:00:00Z',
      7,
    ])
      expect((await admin.get<Problem>(`jobs?cursor=${cursor(at, newId())}`)).body).toMatchObject({
        errors: [{ field: 'cursor' }],
      });
    expect((await admin.get(`jobs?sort=priority&cursor=${cursor('2026', newId())}`)).status).toBe(422);
    expect((await admin.get(`jobs?sort=priority&cursor=${cursor(7, newId())}`)).status).toBe(200);
  });

  it('goes on through dry runs', async () => {
    const { dispatcher } = city.org.as;
    const ask = {
      policy: { method: 'nearest' },
      from: '2026-03-01T08:00:00Z',
      to: '2026-03-01T09:00:00Z',
    };
    for (let n = 0; n < 3; n++)
      expect((await dispatcher.post('dispatch-policies/dry-run', ask)).status).toBe(202);
    type Runs = { items: { id: string }[]; nextCursor: string | null };
    const page = async (rest: string) =>
      (await dispatcher.get<Runs>(`dispatch-policies/dry-runs?limit=2${rest}`)).body;
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor}`);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    const seen = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(seen).size).toBe(3);
    expect(seen).toEqual([...seen].sort().reverse());
  });
});
