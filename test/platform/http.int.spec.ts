import { createApi } from '../../apps/api/src/create-api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { freePort } from '../support/processes.js';

const TOKEN = 'for-the-scraper-0001';

type Problem = { code: string; requestId: string; instance: string };

describe('what cannot be read', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
  });
  afterAll(() => app?.stop());

  it('is the caller’s mistake, also where converting it throws', async () => {
    const { as } = await app.organization();
    const worker = await as.admin.post<{ id: string }>('workers', { name: 'Ann Lee' });
    const answer = await as.admin.post<{ code: string }>(`workers/${worker.body.id}/time-off`, {
      from: '2026-03-02T08:00:00Z',
      to: { toString: 'x' },
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'INVALID']);
  });

  it('is answered under the id that the caller gave, or one of ours', async () => {
    const send = (body: string, headers: Record<string, string> = {}) =>
      app.nobody.send<Problem>('POST', 'sessions', body, {
        headers: { 'content-type': 'application/json', ...headers },
      });
    const named = await send('{"email":', { 'x-request-id': 'my-request-7' });
    expect([named.status, named.headers.get('x-request-id'), named.body.requestId]).toEqual([
      400,
      'my-request-7',
      'my-request-7',
    ]);
    for (const [body, status] of [
      ['{"email":', 400],
      [JSON.stringify('x'.repeat(2_200_000)), 413],
    ] as const) {
      const answer = await send(body, { 'x-request-id': 'no id; at all' });
      expect([answer.status, answer.body.requestId]).toEqual([status, expect.stringMatching(/^[\w-]{36}$/)]);
      expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId);
    }
    const ready = await fetch(`${app.url}/health/ready`, { headers: { 'x-request-id': 'my-request-8' } });
    expect(ready.headers.get('x-request-id')).toBe('my-request-8');
  });

  it('says nothing about its inside to whoever passes by: metrics and description', async () => {
    const get = async (url: string, token?: string) =>
      (await fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {} })).status;
    expect(await get(`${app.url}/metrics`)).toBe(404);
    expect(await get(`${app.url}/api/openapi.json`)).toBe(200);
    const port = await freePort();
    const closed = await createApi(
      Object.assign(Object.create(null), app.env, { DEMO: false, METRICS_TOKEN: TOKEN, METRICS_PORT: port }),
    );
    try {
      await closed.listen(0, '127.0.0.1');
      const url = `http://127.0.0.1:${(closed.getHttpServer().address() as { port: number }).port}`;
      expect(await get(`${url}/api/openapi.json`)).toBe(404);
      expect(await get(`${url}/api/docs`)).toBe(404);
      expect(await get(`${url}/metrics`)).toBe(404);
      expect(await get(`${url}/metrics`, `${TOKEN}x`)).toBe(404);
      expect(await get(`${url}/metrics`, TOKEN)).toBe(200);
      const inside = await fetch(`http://127.0.0.1:${port}/metrics`);
      expect(await inside.text()).toContain('doorstep_live_sockets');
      expect(await get(`http://127.0.0.1:${port}/api/v1/jobs`)).toBe(404);
    } finally {
      await closed.close();
    }
  });

  it('is not found, with a problem, wherever nothing is', async () => {
    const nowhere: [method: string, path: string][] = [
      ['GET', '/api/v1/nothing'],
      ['GET', '/nothing.txt'],
      ['GET', '/assets/nothing.js'],
      ['GET', '/assets/nothing'],
      ['GET', '/health/nothing'],
      ['GET', '/metrics/nothing'],
      ['GET', '/metrics'],
      ['POST', '/login'],
      ['DELETE', '/'],
      ['POST', '/health/ready'],
    ];
    for (const [method, path] of nowhere) {
      const { status, body, headers } = await app.nobody.send<Problem>(method, path, undefined);
      expect([path, status, headers.get('content-type'), body]).toEqual([
        path,
        404,
        expect.stringContaining('application/problem+json'),
        expect.objectContaining({
          code: 'NOT_FOUND',
          instance: path,
          requestId: headers.get('x-request-id'),
        }),
      ]);
      expect(JSON.stringify(body)).not.toContain(process.cwd());
    }
  });
});
