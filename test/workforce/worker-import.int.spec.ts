import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import type { WorkerBody } from './city.js';

describe('workers from a file', () => {
  let app: TestApp;
  let org: TestOrganization;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    org = await app.organization();
  });

  it('come from it: wrong cells are named, and then nobody is imported', async () => {
    await org.as.admin.post('areas', {
      name: 'Back Bay',
      kind: 'circle',
      lat: 42.35,
      lon: -71.08,
      radiusMetres: 2_000,
    });
    const header = 'name,external_ref,phone,skills,home_areas,weekdays,start,end\n';
    const send = <T>(csv: string, query = '') =>
      org.as.dispatcher.post<T>(`workers/import${query}`, csv, { headers: { 'content-type': 'text/csv' } });
    const good = `${header}Ann,E-1,(617) 555-0123,gas:3;lock,Back Bay,mon-fri,08:00,16:30\n"Bo, the second",E-2,,,,6;7,22:00,06:00\n`;
    const bad = `${header}Ann,E-1,617.555.0123,gas:9,Nowhere,mon-fri,08:00,16:30\n,E-1,,,,6,25:00,\n`;

    const refused = await send<{ errors: { line: number; column: string }[] }>(bad);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ line, column }) => `${line} ${column}`).sort()).toEqual([
      '2 home_areas',
      '2 skills',
      '3 external_ref',
      '3 name',
      '3 start',
    ]);
    expect(refused.body.errors.find(({ column }) => column === 'skills')).toMatchObject({
      code: 'NOT_A_LEVEL',
      values: { skill: 'gas', value: '9' },
      message: 'the level of gas must be 1 to 5, not "9"',
    });
    const dry = await send<{ preview: { line: number; cells: { error: string | null; code?: string }[] }[] }>(
      bad,
      '?dryRun=true',
    );
    expect(dry.status).toBe(200);
    expect(dry.body.preview[0]!.cells.map(({ error }) => error !== null)).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(dry.body.preview[0]!.cells[4]!.code).toBe('UNKNOWN_AREA');
    const list = () => org.as.dispatcher.get<{ items: WorkerBody[] }>('workers');
    expect((await list()).body.items).toEqual([]);

    expect((await send(good, '?dryRun=true')).body).toMatchObject({ created: 2, updated: 0, errors: [] });
    expect((await list()).body.items).toEqual([]);
    expect((await send(good)).body).toMatchObject({ created: 2, updated: 0 });
    expect((await send(`name,external_ref,vehicle\nAnna,E-1,bike\n`)).body).toMatchObject({
      created: 0,
      updated: 1,
    });
    const { items } = (await list()).body;
    expect(items).toMatchObject([
      {
        name: 'Anna',
        vehicle: 'bike',
        phone: '+16175550123',
        skills: [{ skill: 'gas', level: 3 }, { skill: 'lock' }],
      },
      { name: 'Bo, the second' },
    ]);
    const night = await org.as.dispatcher.get<{ weekly: unknown[] }>(
      `workers/${items[1]!.id}/schedule?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z`,
    );
    expect(night.body.weekly).toEqual([
      { weekday: 6, startMinute: 1_320, endMinute: 1_800, timeZone: 'America/New_York' },
      { weekday: 7, startMinute: 1_320, endMinute: 1_800, timeZone: 'America/New_York' },
    ]);
    for (const csv of ['', 'phone\n1\n', 'name,colour\na,b\n', 'name\n"a\n', 'name,phone\na,b,c\n'])
      expect((await send(csv)).status).toBe(422);
  });
});
