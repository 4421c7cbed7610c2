import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';

describe('a body of a type that the route does not read', () => {
  let app: TestApp;
  let city: TestCity;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    city = await TestCity.build(app);
  });
  afterAll(() => app?.stop());

  const JSON_ALONE = {
    status: 415,
    body: { code: 'UNSUPPORTED_MEDIA_TYPE', accepted: ['application/json'] },
  };

  it('is refused, not passed over', async () => {
    const { admin } = city.org.as;
    const { id } = await city.job();
    const body = JSON.stringify({ priority: 9 });
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/merge-patch+json',
      'text/csv',
    ])
      expect(await admin.patch(`jobs/${id}`, body, { headers: { 'content-type': type } })).toMatchObject(
        JSON_ALONE,
      );
    expect(await admin.patch(`jobs/${id}`, new FormData())).toMatchObject(JSON_ALONE);
    // A body of no type at all; a verb whose body may be left out would have lost the version it was sent with.
    const bare = await fetch(`${app.url}/api/v1/jobs/${id}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}` },
      body: new Blob([JSON.stringify({ reason: 'x', version: 99 })]),
    });
    expect(bare.status).toBe(415);
    expect((await admin.get<{ version: number; state: string }>(`jobs/${id}`)).body).toMatchObject({
      priority: 0,
      state: 'unassigned',
    });
  });

  it('is asked for only where there is a body, and is read as its route says', async () => {
    const { admin } = city.org.as;
    const { id } = await city.job();
    const header = (type: string) => ({ headers: { 'content-type': type } });
    const patched = await admin.patch(
      `jobs/${id}`,
      '{"priority":9}',
      header('Application/JSON; charset=utf-8'),
    );
    expect(patched).toMatchObject({ status: 200, body: { priority: 9 } });
    expect((await admin.patch(`jobs/${id}`, undefined)).status).not.toBe(415);
    expect(await admin.post('workers/import', {})).toMatchObject({
      status: 415,
      body: { accepted: ['text/csv'] },
    });
    expect((await admin.post('workers/import?dryRun=true', 'name\nAnn Lee', header('text/csv'))).status).toBe(
      200,
    );
    expect(await admin.post('areas/import', 'x', header('text/plain'))).toMatchObject({
      status: 415,
      body: { accepted: ['application/geo+json', 'application/json'] },
    });
    expect((await admin.post('jobs/import', new FormData())).body).not.toMatchObject({
      accepted: expect.anything(),
    });
    const proof = await admin.post(`jobs/${id}/proof`, new FormData());
    expect(proof.status).toBe(422);
  });
});
