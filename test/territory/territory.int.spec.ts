import type { FeatureCollection } from 'geojson';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';

interface Area {
  id: string;
  version: number;
  name: string;
  timeZone: string;
  [key: string]: unknown;
}

const square = (west: number, south: number, side: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ],
  ],
});

describe('territory', () => {
  let app: TestApp;
  let org: TestOrganization;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    org = await app.organization();
  });

  const makeArea = async (body: object): Promise<Area> => {
    const answer = await org.as.admin.post<Area>('areas', body);
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body;
  };

  it('knows the zone of a place, and which of overlapping areas a door is in', async () => {
    const city = await makeArea({
      name: 'City',
      kind: 'circle',
      lat: 42.36,
      lon: -71.06,
      radiusMetres: 8_000,
    });
    const block = await makeArea({ name: 'Block', kind: 'polygon', polygon: square(-71.07, 42.35, 0.02) });
    const event = await makeArea({
      name: 'Event',
      kind: 'circle',
      lat: 42.36,
      lon: -71.06,
      radiusMetres: 9_000,
      priority: 5,
      active: false,
    });
    expect(city.timeZone).toBe('America/New_York');

    const at = async () => {
      const { body } = await org.as.dispatcher.get<{ area: Area | null; all: Area[] }>(
        'areas/at?lat=42.36&lon=-71.06',
      );
      return body.all.map((area) => area.name);
    };
    expect(await at()).toEqual(['Block', 'City']); // the smaller one
    await org.as.admin.patch(`areas/${event.id}`, { active: true });
    expect(await at()).toEqual(['Event', 'Block', 'City']); // the more important one
    await org.as.admin.delete(`areas/${block.id}`);
    expect(await at()).toEqual(['Event', 'City']);
    const nowhere = await org.as.dispatcher.get<{ area: null }>('areas/at?lat=0&lon=0');
    expect(nowhere.body.area).toBeNull();
  });

  it('takes three kilometres for a circle that says none, and no shape that is not its own', async () => {
    const circle = await makeArea({ name: 'Three', kind: 'circle', lat: 1, lon: 1 });
    expect(circle).toMatchObject({ radiusMetres: 3_000, polygon: null });
    const polygon = square(1, 1, 0.01);
    const { admin } = org.as;
    expect((await admin.patch(`areas/${circle.id}`, { polygon })).body).toMatchObject({
      errors: [{ field: 'polygon', message: 'does not belong to a circle' }],
    });
    const other = await admin.patch(`areas/${circle.id}`, { kind: 'polygon', polygon });
    expect(other).toMatchObject({ status: 200, body: { kind: 'polygon', radiusMetres: null } });
    expect((await admin.patch(`areas/${circle.id}`, { radiusMetres: 500 })).body).toMatchObject({
      errors: [{ field: 'radiusMetres' }],
    });
    const back = await admin.patch(`areas/${circle.id}`, { kind: 'circle', lat: 1, lon: 1 });
    expect(back).toMatchObject({ status: 200, body: { radiusMetres: 3_000, polygon: null } });
    await admin.delete(`areas/${circle.id}`);
  });

  it('wants a name that says something, of sites and communities too', async () => {
    const { admin } = org.as;
    const place = { address: '1 Main Street', lat: 42.36, lon: -71.06 };
    const empty = { status: 422, body: { errors: [{ field: 'name', code: 'EMPTY' }] } };
    for (const path of ['sites', 'communities']) {
      expect(await admin.post(path, { ...place, name: '  ' })).toMatchObject(empty);
      const { body } = await admin.post<{ id: string }>(path, { ...place, name: 'Door' });
      expect(await admin.patch(`${path}/${body.id}`, { name: ' \t' })).toMatchObject(empty);
      await admin.delete(`${path}/${body.id}`);
    }
  });

  it('moves doors from area to area when a shape changes', async () => {
    const west = await makeArea({ name: 'West', kind: 'polygon', polygon: square(8.6, 50.1, 0.1) });
    const { body: site } = await org.as.dispatcher.post<{ id: string; areaId: string }>('sites', {
      name: 'Door 1',
      lat: 50.15,
      lon: 8.75,
    });
    expect(site.areaId).toBeNull();
    await org.as.admin.patch(`areas/${west.id}`, { polygon: square(8.6, 50.1, 0.2) });
    const moved = await org.as.dispatcher.get<{ areaId: string; version: number }>(`sites/${site.id}`);
    expect(moved.body).toMatchObject({ areaId: west.id, version: 2 });
    expect(moved.headers.get('etag')).toBe('"2"');
  });

  it('refuses a change of an older version and shapes that are none, and changes nothing', async () => {
    const area = await makeArea({ name: 'A', kind: 'circle', lat: 1, lon: 1, radiusMetres: 500 });
    const late = await org.as.admin.patch(
      `areas/${area.id}`,
      { name: 'B' },
      { headers: { 'if-match': '"7"' } },
    );
    expect([late.status, late.body]).toEqual([
      409,
      expect.objectContaining({ code: 'VERSION_CONFLICT', actual: 1 }),
    ]);
    const bow = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    };
    const crossed = await org.as.admin.post('areas', { name: 'Bow', kind: 'polygon', polygon: bow });
    expect([crossed.status, JSON.stringify(crossed.body)]).toEqual([
      422,
      expect.stringContaining('crosses itself'),
    ]);
    for (const body of [
      { name: 'a', kind: 'circle', lat: 91, lon: 0, radiusMetres: 100 },
      { name: 'a', kind: 'circle', lon: 0 },
      { name: 'a', kind: 'circle', lat: 1, lon: 0, polygon: square(0, 0, 1) },
      { name: 'a', kind: 'polygon', polygon: square(0, 0, 1), radiusMetres: 500 },
      { name: ' ', kind: 'circle', lat: 1, lon: 0 },
      { name: 'a', kind: 'polygon', polygon: { type: 'Point', coordinates: [1, 2] } },
      { name: 'a', kind: 'polygon' },
      { name: null, kind: 'circle', lat: 1, lon: 0, radiusMetres: 100 },
      { name: 'nul \u0000', kind: 'circle', lat: 1, lon: 0, radiusMetres: 100 },
      { name: 'a', kind: 'circle', lat: 1, lon: 0, radiusMetres: 100, timeZone: 'Mars/Base' },
    ])
      expect((await org.as.admin.post('areas', body)).status).toBe(422);
    for (const change of [{ name: null }, { priority: null }, { active: null }, { kind: null }])
      expect((await org.as.admin.patch(`areas/${area.id}`, change)).status).toBe(422);
    const same = await org.as.admin.post('areas', {
      name: 'a',
      kind: 'circle',
      lat: 1,
      lon: 1,
      radiusMetres: 500,
    });
    expect([same.status, same.body]).toEqual([409, expect.objectContaining({ code: 'AREA_EXISTS' })]);
    const { body } = await org.as.admin.get<{ items: Area[] }>('areas?search=A');
    expect(body.items).toMatchObject([{ id: area.id, version: 1, name: 'A' }]);
  });

  it('gives back by export what import took, and imports nothing when one feature is wrong', async () => {
    const document: FeatureCollection = {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { name: 'Ring', priority: 3, timeZone: 'Europe/Berlin', active: true },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [13, 52],
                [14, 52],
                [14, 53],
                [13, 53],
                [13, 52],
              ],
              [
                [13.4, 52.4],
                [13.4, 52.6],
                [13.6, 52.6],
                [13.6, 52.4],
                [13.4, 52.4],
              ],
            ],
          },
        },
        {
          type: 'Feature',
          properties: { name: 'Spot', radiusMetres: 3_000 },
          geometry: { type: 'Point', coordinates: [121.47, 31.23] },
        },
      ],
    };
    const first = await org.as.admin.post<{ created: number; updated: number }>('areas/import', document);
    expect(first.body).toMatchObject({ created: 2, updated: 0 });
    const out = await org.as.admin.get<FeatureCollection>('areas/export');
    expect(out.headers.get('content-type')).toContain('application/geo+json');
    const again = await org.as.admin.post('areas/import', JSON.stringify(out.body), {
      headers: { 'content-type': 'application/geo+json' },
    });
    expect(again.body).toMatchObject({ created: 0, updated: 2 });
    expect((await org.as.admin.get<FeatureCollection>('areas/export')).body).toEqual(out.body);
    expect(out.body.features.map((f) => f.properties)).toMatchObject([
      { name: 'Ring', priority: 3, timeZone: 'Europe/Berlin' },
      { name: 'Spot', radiusMetres: 3_000, timeZone: 'Asia/Shanghai' },
    ]);

    const wrong = structuredClone(document);
    wrong.features[0]!.properties = { name: 'New one' };
    wrong.features.push({
      type: 'Feature',
      properties: { name: 'Open' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
      },
    });
    const refused = await org.as.admin.post<{ errors: { field: string }[] }>('areas/import', wrong);
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0]!.field).toBe('features[2].geometry.coordinates[0][3]');
    const swapped = structuredClone(document);
    swapped.features[1]!.geometry = { type: 'Point', coordinates: [31.23, 121.47] };
    const nowhere = await org.as.admin.post<{ errors: { field: string }[] }>('areas/import', swapped);
    expect(nowhere.body.errors[0]!.field).toBe('features[1].geometry.coordinates');
    expect((await org.as.admin.get<{ items: Area[] }>('areas')).body.items).toHaveLength(2);
  });

  it('shows by a dry run what is wrong with which feature, and takes a comb of 19,000 corners', async () => {
    const send = <T>(document: object, query = '') =>
      org.as.admin.post<T>(`areas/import${query}`, JSON.stringify(document), {
        headers: { 'content-type': 'application/geo+json' },
      });
    const feature = (name: string, ring: number[][]) => ({
      type: 'Feature',
      properties: { name },
      geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
    });
    const comb = (teeth: number) => [
      ...Array.from({ length: teeth }, (_, i) => [
        [i / teeth, 0],
        [i / teeth, 1],
        [(i + 0.5) / teeth, 1],
        [(i + 0.5) / teeth, 0],
      ]).flat(),
      [1, -1],
      [0, -1],
    ];
    const crossed = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ];
    const trial = await send<{
      created: number;
      errors: { line: number; column: string; field: string }[];
      preview: { line: number; cells: { error: string | null }[] }[];
    }>(
      {
        type: 'FeatureCollection',
        features: [feature('Comb', comb(4_750)), feature('Bow', crossed), feature('Too much', comb(5_001))],
      },
      '?dryRun=true',
    );
    expect([trial.status, trial.body.errors.map(({ line, column, field }) => [line, column, field])]).toEqual(
      [
        200,
        [
          [2, 'kind', 'features[1].geometry.coordinates[0][2]'],
          [3, 'kind', 'features[2].geometry.coordinates'],
        ],
      ],
    );
    expect(trial.body.preview.map(({ cells }) => cells.some(({ error }) => error !== null))).toEqual([
      false,
      true,
      true,
    ]);
    expect(trial.body.errors[1]).toMatchObject({ code: 'TOO_MANY_VERTICES', values: { limit: 20_000 } });
    expect((await org.as.admin.get<{ items: Area[] }>('areas')).body.items).toEqual([]);

    const one = await org.as.admin.post<Area>('areas', {
      name: 'Comb',
      kind: 'polygon',
      polygon: { type: 'Polygon', coordinates: [[...comb(4_750), [0, 0]]] },
    });
    expect(one.status).toBe(201);
    // All areas together have a budget too: every door is asked about all of them.
    const many = await send<{ errors: { code: string; values: object }[] }>({
      type: 'FeatureCollection',
      features: Array.from({ length: 5 }, (_, i) => feature(`Comb ${i}`, comb(4_750))),
    });
    expect(many.status).toBe(422);
    expect(many.body.errors).toMatchObject([
      { code: 'TOO_MANY_VERTICES_IN_ALL', values: { limit: 100_000 } },
    ]);
  });

  it('shows nothing of one organisation to another', async () => {
    const area = await makeArea({ name: 'Mine', kind: 'circle', lat: 1, lon: 1, radiusMetres: 500 });
    const other = await app.organization();
    expect((await other.as.admin.get(`areas/${area.id}`)).status).toBe(404);
    expect((await other.as.admin.patch(`areas/${area.id}`, { name: 'Yours' })).status).toBe(404);
    expect((await other.as.admin.delete(`areas/${area.id}`)).status).toBe(404);
    const at = await other.as.admin.get<{ all: unknown[] }>('areas/at?lat=1&lon=1');
    expect(at.body.all).toEqual([]);
  });
});
