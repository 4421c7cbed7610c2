import { newId } from '#kernel';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, TestCity } from '../support/city.js';
import { type Desk, deskOf, door, type Items, type Job, type Problem } from './desk.js';

describe('jobs that are asked for', () => {
  let app: TestApp;
  let city: TestCity;
  let desk: Desk['client'];
  let make: Desk['make'];
  let errorsOf: Desk['errorsOf'];

  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    city = await TestCity.build(app);
    ({ client: desk, make, errorsOf } = deskOf(city));
  });

  it('are made from a service type and a site, which fill in what is not said', async () => {
    const { admin } = city.org.as;
    await admin.post('service-types', {
      code: 'Gas-Check',
      name: 'Gas check',
      durationSeconds: 2_700,
      priority: 7,
      skills: [{ skill: 'gas', level: 2 }],
      proofRequired: ['photo'],
    });
    const site = await admin.post<{ id: string }>('sites', {
      name: 'Door 4',
      ...CENTRE,
      address: '4 Elm St',
    });
    const job = await make({ siteId: site.body.id, serviceTypeCode: 'gas-check', priority: 9 });
    expect(job).toMatchObject({
      state: 'unassigned',
      version: 1,
      areaId: city.areaId,
      address: '4 Elm St',
      durationSeconds: 2_700,
      priority: 9,
      skills: [{ skill: 'gas', level: 2 }],
      proofRequired: ['photo'],
      can: ['offer', 'assign', 'cancel'],
    });
    const read = await desk.get<Job>(`jobs/${job.id}`);
    expect(read.headers.get('etag')).toBe('"1"');
    const far = await make({ lat: 10, lon: 10, address: 'far away' });
    expect(far.areaId).toBeNull();
  });

  it('name what is wrong with a request', async () => {
    expect(await errorsOf({})).toEqual(['siteId']);
    expect(await errorsOf({ lat: 1, address: 'x' })).toEqual(['lon']);
    expect(await errorsOf({ lat: 1, lon: 2 })).toEqual(['address']);
    expect(await errorsOf({ ...door, equipment: ['van', ' '] })).toEqual(['equipment']);
    expect(await errorsOf({ ...door, skills: [{ skill: ' ' }] })).toEqual(['skills[0].skill']);
    expect(await errorsOf({ ...door, lat: 142 })).toEqual(['lat']);
    expect(await errorsOf({ ...door, siteId: newId() })).toEqual(['siteId']);
    expect(await errorsOf({ ...door, serviceTypeCode: 'nothing' })).toEqual(['serviceTypeCode']);
    expect(await errorsOf({ ...door, requiredWorkerId: newId() })).toEqual(['requiredWorkerId']);
    expect(await errorsOf({ ...door, windowStart: '2026-03-02T08:00:00' })).toEqual(['windowStart']);
    expect(
      await errorsOf({ ...door, windowStart: '2026-03-02T10:00:00Z', windowEnd: '2026-03-02T09:00:00Z' }),
    ).toEqual(['windowEnd']);
    expect(await errorsOf({ ...door, colour: 'red' })).toEqual(['colour']);
    expect(await errorsOf({ ...door, state: 'completed' })).toEqual(['state']);
    expect((await desk.post('jobs', { ...door, address: 'a\u0000b' })).status).toBe(422);
  });

  it('are made once for one key, and once for one external reference', async () => {
    const body = { ...door, externalRef: 'A-1' };
    const first = await desk.post<Job>('jobs', body, { key: 'k1' });
    const again = await desk.post<Job>('jobs', body, { key: 'k1' });
    expect(again.body.id).toBe(first.body.id);
    const taken = await desk.post<Problem>('jobs', body);
    expect([taken.status, taken.body.code]).toEqual([409, 'EXTERNAL_REF_TAKEN']);
    const elsewhere = await TestCity.build(app);
    expect((await elsewhere.job({ externalRef: 'A-1' })).state).toBe('unassigned');
    expect((await elsewhere.org.as.admin.get(`jobs/${first.body.id}`)).status).toBe(404);
  });

  it('are made in bulk, all or none', async () => {
    const jobs = Array.from({ length: 1_000 }, (_, i) => ({
      ...door,
      externalRef: `B-${i}`,
      priority: i % 100,
    }));
    const made = await desk.post<{ created: number; ids: string[] }>('jobs/bulk', { jobs });
    expect([made.status, made.body.created, new Set(made.body.ids).size]).toEqual([201, 1_000, 1_000]);
    const bad = await desk.post<Problem>('jobs/bulk', {
      jobs: [
        { ...door, externalRef: 'C-1' },
        { ...door, externalRef: 'B-7' },
        { ...door, externalRef: 'C-1' },
      ],
    });
    expect(bad.status).toBe(422);
    expect(bad.body.errors!.map((error) => error.field)).toEqual([
      'jobs[1].externalRef',
      'jobs[2].externalRef',
    ]);
    const many = await desk.post('jobs/bulk', { jobs: Array.from({ length: 1_001 }, () => door) });
    expect(many.status).toBe(422);
    const all = await desk.get<Items<Job>>('jobs?externalRef=C-1');
    expect(all.body.items).toEqual([]);
  });

  it('are imported from CSV, or nothing is and the lines are named', async () => {
    const csv =
      'external_ref,lat,lon,address,priority\nI-1,42.36,-71.06,1 Main,5\nI-2,42.36,-71.06,2 Main,\n';
    const send = (content: string, query = '', key: string | null = null) =>
      desk.post<Problem & { created: number }>(`jobs/import${query}`, content, {
        headers: { 'content-type': 'text/csv' },
        key,
      });
    const trial = await send(csv, '?dryRun=true');
    expect(trial.body).toMatchObject({ dryRun: true, rows: 2, created: 0, outsideAreas: 0, errors: [] });
    const bad = await send(`${csv}I-3,942,-71.06,3 Main,5\nI-4,42.36,-71.06,4 Main,high\n`);
    expect(bad.status).toBe(422);
    expect(bad.body.errors).toMatchObject([
      { line: 4, column: 'lat' },
      { line: 5, column: 'priority' },
    ]);
    expect((await desk.get<Items<Job>>('jobs')).body.items).toEqual([]);
    const real = await send(csv, '', 'import-1');
    expect([real.status, real.body.created]).toEqual([200, 2]);
    expect((await send(csv, '', 'import-1')).body.created).toBe(2);
    expect((await send(`${csv}\n`, '', 'import-1')).status).toBe(422);
    const twice = await send(csv);
    expect(twice.body.errors!.map((error) => [error.line, error.column])).toEqual([
      [2, 'external_ref'],
      [3, 'external_ref'],
    ]);
    const form = new FormData();
    form.set('file', new Blob([csv.replaceAll('I-', 'J-')], { type: 'text/csv' }), 'jobs.csv');
    const upload = await desk.post<{ created: number }>('jobs/import', form);
    expect([upload.status, upload.body.created]).toEqual([200, 2]);
    expect((await desk.post('jobs/import', { not: 'csv' })).status).toBe(415);
  });

  it('are imported from what spreadsheets write; a dry run shows each wrong cell', async () => {
    const send = (content: string, query = '') =>
      desk.post<
        Problem & { created: number; preview: { line: number; cells: { error: string | null }[] }[] }
      >(`jobs/import${query}`, content, { headers: { 'content-type': 'text/csv' } });
    const header = 'sep=;\r\nexternal_ref;lat;lon;address;contact phone;\r\n';
    const bad = `${header};;;;;\r\n"S-1";42,36;-71.06;"1 Main\nrear";n/a;\r\n\u200B;42.36;-71.06;2 Main;617-555-0100;\r\n`;
    const trial = await send(bad, '?dryRun=true');
    expect([trial.status, trial.body.errors!.map(({ line, column, code }) => [line, column, code])]).toEqual([
      200,
      [[4, 'lat', 'IS_NUMBER']],
    ]);
    expect(trial.body.preview.map(({ line }) => line)).toEqual([4, 6]);
    expect(trial.body.preview[0]!.cells.map(({ error }) => error !== null)).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
    const phone = await send(bad.replace('42,36', '42.36'), '?dryRun=true');
    expect(phone.body.errors).toMatchObject([{ line: 4, column: 'contact phone', code: 'NOT_A_PHONE' }]);
    expect((await desk.get<Items<Job>>('jobs')).body.items).toEqual([]);
    const good = await send(bad.replace('42,36', '42.36').replace('n/a', '(617) 555-0101 ext. 4'));
    expect([good.status, good.body.created]).toEqual([200, 2]);
    const { items } = (await desk.get<Items<Job>>('jobs?sort=createdAt')).body;
    expect(items.map(({ externalRef, contactPhone }) => [externalRef, contactPhone]).sort()).toEqual([
      [null, '+16175550100'],
      ['S-1', '+16175550101;ext=4'],
    ]);
    const long = `lat,lon,address\n${'1,2,x\n'.repeat(10_001)}"never closed`;
    expect((await send(long)).body.errors).toMatchObject([
      { code: 'TOO_MANY_ROWS', message: 'has more than 10000 rows' },
    ]);
  });

  it('are found by telephone and by text, whichever way they are typed', async () => {
    const decomposed = 'E\u0301cole \u0130NCE';
    const job = await make({ ...door, contactName: decomposed, contactPhone: '\uFF08617\uFF09 555-0123' });
    expect(job).toMatchObject({ contactName: decomposed.normalize('NFC'), contactPhone: '+16175550123' });
    const found = async (text: string) =>
      (await desk.get<Items<Job>>(`jobs?text=${encodeURIComponent(text)}`)).body.items.map(({ id }) => id);
    for (const typed of [
      '617-555-0123',
      '+1 (617) 555 01',
      '001 617 5550123',
      'ecole',
      '\u00E9cole',
      'ince',
      'INCE',
    ])
      expect([typed, await found(typed)]).toEqual([typed, [job.id]]);
    expect(await found('617-555-9999')).toEqual([]);
    expect(await errorsOf({ ...door, contactPhone: 'call me' })).toEqual(['contactPhone']);
    expect(await errorsOf({ ...door, equipment: ['\u200B\u3164'] })).toEqual(['equipment']);
    const changed = await desk.patch<Job>(`jobs/${job.id}`, { contactPhone: 'tel:+442079460018' });
    expect(changed.body.contactPhone).toBe('+442079460018');
    const { admin } = city.org.as;
    const policy = await admin.patch('organization/policy', { contact: { country: 'GB' } });
    expect(policy.status).toBe(200);
    expect((await make({ ...door, contactPhone: '020 7946 0018' })).contactPhone).toBe('+442079460018');
  });

  it('are refused when latitude and longitude seem to have changed places', async () => {
    const swapped = { lat: CENTRE.lon, lon: CENTRE.lat };
    const place = { field: 'lat', code: 'SEEM_SWAPPED', values: { area: 'Centre' } };
    const single = await desk.post<Problem>('jobs', { ...door, ...swapped });
    expect([single.status, single.body.errors]).toEqual([422, [expect.objectContaining(place)]]);
    const bulk = await desk.post<Problem>('jobs/bulk', { jobs: [door, { ...door, ...swapped }] });
    expect(bulk.body.errors).toMatchObject([{ ...place, field: 'jobs[1].lat' }]);
    const csv = `lat,lon,address\n${CENTRE.lat},${CENTRE.lon},1 Main\n${swapped.lat},${swapped.lon},2 Main\n`;
    const file = await desk.post<Problem>('jobs/import', csv, { headers: { 'content-type': 'text/csv' } });
    expect(file.body.errors).toMatchObject([
      { ...place, field: 'line 3, column lat', line: 3, column: 'lat' },
    ]);

    const job = await make(door);
    const changed = await desk.patch<Problem>(`jobs/${job.id}`, swapped);
    expect([changed.status, changed.body.errors]).toEqual([422, [expect.objectContaining(place)]]);
    // Far from every area, either way round.
    expect((await make({ ...door, lat: 10, lon: 20 })).areaId).toBeNull();
    // Inside an area as it is written, whatever the other way round would be.
    const { admin } = city.org.as;
    const round = { name: 'Far', kind: 'circle', ...swapped, radiusMetres: 1_000 };
    const far = await admin.post<{ id: string }>('areas', round);
    expect((await make({ ...door, ...swapped })).areaId).toBe(far.body.id);
  });

  it('are taken in from UTF-8 only, or from what the file says it is', async () => {
    const csv = `lat,lon,address\n${CENTRE.lat},${CENTRE.lon},Caf\u00e9 1\n`;
    const send = (type: string, path = 'jobs/import', body = csv) =>
      fetch(`${app.url}/api/v1/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${desk.token}`, 'content-type': type },
        body: Buffer.from(body, 'latin1'),
      });
    const json = await send('application/json', 'sites', JSON.stringify({ ...CENTRE, name: 'Caf\u00e9' }));
    expect(((await json.json()) as Problem).errors).toMatchObject([{ field: 'body', code: 'NOT_UTF8' }]);
    const damaged = await send('text/csv');
    expect(damaged.status).toBe(422);
    expect(((await damaged.json()) as Problem).errors).toMatchObject([{ field: 'file', code: 'NOT_UTF8' }]);
    const form = new FormData();
    form.set('file', new Blob([Buffer.from(csv, 'latin1')]), 'jobs.csv');
    const upload = await desk.post<Problem>('jobs/import', form);
    expect(upload.body.errors).toMatchObject([{ field: 'file', code: 'NOT_UTF8' }]);
    expect((await send('text/csv; charset=iso-8859-1')).status).toBe(200);
    const { items } = (await desk.get<Items<Job>>('jobs')).body;
    expect(items.map(({ address }) => address)).toEqual(['Caf\u00e9 1']);
  });
});
