import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import type { Answer, Client } from '../support/client.js';

type Row = { id: string; version: number };

describe('an answer that is given again', () => {
  let app: TestApp;
  let city: TestCity;
  let admin: Client;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    city = await TestCity.build(app);
    admin = city.org.as.admin;
  });
  afterAll(() => app?.stop());

  const twice = async <T>(send: (key: string) => Promise<Answer<T>>): Promise<[Answer<T>, Answer<T>]> => {
    const key = randomUUID();
    return [await send(key), await send(key)];
  };
  const told = (answer: Answer<unknown>) => [
    answer.status,
    answer.headers.get('etag'),
    answer.headers.get('idempotent-replayed'),
  ];

  it('has the ETag of the first, and that is good for If-Match', async () => {
    const made = {
      jobs: { lat: 42.36, lon: -71.06, address: '1 Main Street' },
      areas: { name: 'North', kind: 'circle', lat: 42.4, lon: -71.06, radiusMetres: 1_000 },
      workers: { name: 'Ann Lee' },
      'service-types': { code: 'gas', name: 'Gas', durationSeconds: 600 },
      sites: { name: 'Door', address: '1 Main Street', lat: 42.36, lon: -71.06 },
    };
    const changes = { jobs: { priority: 7 }, areas: { name: 'South' } };
    for (const [path, body] of Object.entries(made)) {
      const [first, again] = await twice<Row>((key) => admin.post(path, body, { key }));
      expect([path, told(first), told(again)]).toEqual([path, [201, '"1"', null], [201, '"1"', 'true']]);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('cache-control')).toBe('no-store');
      const change = changes[path as 'jobs'];
      if (!change) continue;
      const headers = { 'if-match': again.headers.get('etag')! };
      const changed = await admin.patch<Row>(`${path}/${first.body.id}`, change, { headers });
      expect([path, changed.status, changed.headers.get('etag')]).toEqual([path, 200, '"2"']);
    }
  });

  it('says so where the route keeps its answer itself', async () => {
    const worker = await city.worker();
    const job = await city.job();
    await admin.post(`jobs/${job.id}/assign`, { workerId: worker.id, force: true });
    const note = { kind: 'note', text: 'the bell is broken' };
    const routes = [
      (key: string) => admin.post(`jobs/${job.id}/proof`, note, { key }),
      (key: string) => admin.post('api-keys', { name: 'key', scopes: ['job:read'] }, { key }),
      (key: string) =>
        admin.post('jobs/import', 'lat,lon,address\n42.36,-71.06,1 Main Street', {
          key,
          headers: { 'content-type': 'text/csv' },
        }),
    ];
    for (const send of routes) {
      const [first, again] = await twice(send);
      expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
      expect([again.status, first.status < 300]).toEqual([first.status, true]);
    }
  });
});
