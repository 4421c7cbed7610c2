import { startTestApp, type TestApp } from '../support/app.js';

describe('what cannot be read', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
  });
  afterAll(() => app.stop());

  it('is the caller’s mistake, also where converting it throws', async () => {
    const { as } = await app.organization();
    const worker = await as.admin.post<{ id: string }>('workers', { name: 'Ann Lee' });
    const answer = await as.admin.post<{ code: string }>(`workers/${worker.body.id}/time-off`, {
      from: '2026-03-02T08:00:00Z',
      to: { toString: 'x' },
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'INVALID']);
  });
});
