import { newId } from '#kernel';
import { TerritoryService } from '#territory';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';

describe('doors and communities', () => {
  let app: TestApp;
  let org: TestOrganization;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    org = await app.organization();
  });

  it('prints a tag that opens its own door only, until it is replaced', async () => {
    const { body: site } = await org.as.dispatcher.post<{ id: string }>('sites', {
      name: 'Gate',
      lat: 1,
      lon: 2,
    });
    const png = await org.as.dispatcher.get<string>(`sites/${site.id}/tag`);
    expect([png.status, png.headers.get('content-type')]).toEqual([200, 'image/png']);
    const svg = await org.as.dispatcher.get<string>(`sites/${site.id}/tag?format=svg`);
    expect(svg.body).toContain('<svg');
    expect((await org.as.auditor.get(`sites/${site.id}/tag`)).status).toBe(403);
    expect((await org.as.worker.get(`sites/${site.id}/tag`)).status).toBe(404);

    const territory = app.api.get(TerritoryService);
    const find = (orgId: string, tag: string) => app.uow.run(orgId, (tx) => territory.siteByTag(tx, tag));
    const tag = await app.uow.run(org.id, async (tx) => territory.siteTag(await territory.site(tx, site.id)));
    expect((await find(org.id, tag))?.id).toBe(site.id);
    const other = await app.organization();
    for (const [orgId, text] of [
      [other.id, tag],
      [org.id, `${tag.slice(0, -2)}AA`],
      [org.id, tag.replace('DS1', 'DS2')],
      [org.id, ''],
    ] as const)
      expect(await find(orgId, text)).toBeNull();
    await org.as.dispatcher.post(`sites/${site.id}/replace-tag`);
    expect(await find(org.id, tag)).toBeNull();
  });

  it('keeps communities with their doors', async () => {
    const { body: community } = await org.as.dispatcher.post<{ id: string }>('communities', {
      name: 'Garden',
      lat: 31.2,
      lon: 121.4,
      households: 1_200,
      occupancy: 0.85,
    });
    const door = { name: 'B1-2', lat: 31.2, lon: 121.4, communityId: community.id };
    const { body: site } = await org.as.dispatcher.post<{ id: string }>('sites', door);
    const inUse = await org.as.dispatcher.delete(`communities/${community.id}`);
    expect([inUse.status, inUse.body]).toEqual([409, expect.objectContaining({ code: 'COMMUNITY_IN_USE' })]);
    const listed = await org.as.dispatcher.get<{ items: unknown[] }>(`sites?communityId=${community.id}`);
    expect(listed.body.items).toHaveLength(1);
    expect((await org.as.dispatcher.delete(`sites/${site.id}`)).status).toBe(204);
    expect((await org.as.dispatcher.delete(`communities/${community.id}`)).status).toBe(204);
    const unknown = await org.as.dispatcher.post('sites', { ...door, communityId: newId() });
    expect(unknown.status).toBe(404);
    expect((await org.as.dispatcher.post('communities', { ...door, occupancy: 1.5 })).status).toBe(422);
  });

  it('refuses a door whose latitude and longitude seem to have changed places', async () => {
    const city = { name: 'City', kind: 'circle', lat: 42.36, lon: -71.06, radiusMetres: 8_000 };
    expect((await org.as.admin.post('areas', city)).status).toBe(201);
    const fault = { field: 'lat', code: 'SEEM_SWAPPED', values: { area: 'City' } };
    const { dispatcher } = org.as;
    for (const kind of ['sites', 'communities']) {
      const swapped = await dispatcher.post(kind, { name: 'Gate', lat: -71.06, lon: 42.36 });
      expect([swapped.status, swapped.body]).toEqual([
        422,
        expect.objectContaining({ errors: [expect.objectContaining(fault)] }),
      ]);
      const far = { name: 'Gate', lat: 10, lon: 20 };
      const { body: place } = await dispatcher.post<{ id: string }>(kind, far);
      const moved = await dispatcher.patch(`${kind}/${place.id}`, { lat: -71.06, lon: 42.36 });
      expect([moved.status, moved.body]).toEqual([
        422,
        expect.objectContaining({ errors: [expect.objectContaining(fault)] }),
      ]);
      expect((await dispatcher.get(`${kind}/${place.id}`)).body).toMatchObject({ ...far, version: 1 });
    }
  });

  it('shows the auditor which door it is, not where somebody lives', async () => {
    const { auditor, dispatcher } = org.as;
    const door = { name: 'B3-7', address: '7 Willow Lane', lat: 31.23456, lon: 121.45678 };
    const { body: site } = await dispatcher.post<{ id: string }>('sites', door);
    const outline = { name: 'B3-7', address: '', lat: 31.23, lon: 121.46 };
    expect((await auditor.get(`sites/${site.id}`)).body).toMatchObject(outline);
    const find = async (by: typeof auditor, search: string) =>
      (await by.get<{ items: object[] }>(`sites?search=${search}`)).body.items;
    expect(await find(dispatcher, 'Willow')).toHaveLength(1);
    expect(await find(auditor, 'Willow')).toEqual([]);
    expect(await find(auditor, 'B3-7')).toEqual([expect.objectContaining(outline)]);
  });
});
