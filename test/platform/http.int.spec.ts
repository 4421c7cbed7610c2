import { startTestApp, type TestApp } from '../support/app.js';

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

  it('is not found, with a problem, wherever nothing is', async () => {
    const nowhere: [method: string, path: string][] = [
      ['GET', '/api/v1/nothing'],
      ['GET', '/nothing.txt'],
      ['GET', '/assets/nothing.js'],
      ['GET', '/assets/nothing'],
      ['GET', '/health/nothing'],
      ['GET', '/metrics/nothing'],
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
