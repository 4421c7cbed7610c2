import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { workerWithPhone } from './city.js';

describe('workers’ hours', () => {
  let app: TestApp;
  let org: TestOrganization;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    org = await app.organization();
  });

  it('have weekly hours, exceptions and time off from which working hours follow', async () => {
    const { worker, phone } = await workerWithPhone(app, org);
    const weekly = [1, 2, 3].map((weekday) => ({ weekday, startMinute: 480, endMinute: 960 }));
    const put = (path: string, body: object) => org.as.dispatcher.put(`workers/${worker.id}/${path}`, body);
    expect((await put('shifts', { timeZone: 'Europe/Berlin', weekly })).status).toBe(204);
    expect((await put('shift-exceptions/2026-03-03', { timeZone: 'Europe/Berlin', hours: [] })).status).toBe(
      204,
    );
    const off = await org.as.dispatcher.post<{ id: string }>(`workers/${worker.id}/time-off`, {
      from: '2026-03-04T08:00:00Z',
      to: '2026-03-04T09:00:00Z',
      reason: 'dentist',
    });
    const working = async () => {
      const path = `workers/${worker.id}/schedule?from=2026-03-02T00:00:00Z&to=2026-03-06T00:00:00Z`;
      return (await phone.get<{ working: { from: string; to: string }[] }>(path)).body.working.map(
        ({ from, to }) => [from.slice(5, 16), to.slice(5, 16)],
      );
    };
    expect(await working()).toEqual([
      ['03-02T07:00', '03-02T15:00'],
      ['03-04T07:00', '03-04T08:00'],
      ['03-04T09:00', '03-04T15:00'],
    ]);
    await org.as.dispatcher.delete(`workers/${worker.id}/time-off/${off.body.id}`);
    await org.as.dispatcher.delete(`workers/${worker.id}/shift-exceptions/2026-03-03`);
    expect(await working()).toHaveLength(3);
    for (const [path, body] of [
      ['shifts', { timeZone: 'Mars', weekly }],
      ['shifts', { timeZone: 'UTC', weekly: [{ weekday: 8, startMinute: 0, endMinute: 10 }] }],
      ['shifts', { timeZone: 'UTC', weekly: [{ weekday: 1, startMinute: 10, endMinute: 10 }] }],
      ['shift-exceptions/2026-02-30', { timeZone: 'UTC', hours: [] }],
      ['shift-exceptions/tomorrow', { timeZone: 'UTC', hours: [] }],
    ] as const)
      expect([path, (await put(path, body)).status]).toEqual([path, 422]);
    const facts = await app.uow.run(org.id, (tx) =>
      tx.sql<{ data: { what: string } }>(
        `SELECT data FROM facts WHERE type = 'shift.changed' ORDER BY position`,
      ),
    );
    expect(facts.map(({ data }) => data.what)).toEqual([
      'weekly',
      'exception',
      'time_off',
      'time_off',
      'exception',
    ]);
  });

  it('show the exceptions of the days that their zone has then, not those of Greenwich', async () => {
    const { worker } = await workerWithPhone(app, org);
    const { dispatcher } = org.as;
    const zone = 'Pacific/Auckland';
    for (const day of ['2026-03-03', '2026-03-04', '2026-03-05'])
      await dispatcher.put(`workers/${worker.id}/shift-exceptions/${day}`, { timeZone: zone, hours: [] });
    const within = async (from: string, to: string) =>
      (
        await dispatcher.get<{ exceptions: { date: string }[] }>(
          `workers/${worker.id}/schedule?from=${from}&to=${to}`,
        )
      ).body.exceptions.map(({ date }) => date);
    // The whole of 4 March there: 13 hours ahead.
    expect(await within('2026-03-03T11:00:00Z', '2026-03-04T11:00:00Z')).toEqual(['2026-03-04']);
    expect(await within('2026-03-03T10:00:00Z', '2026-03-03T12:00:00Z')).toEqual([
      '2026-03-03',
      '2026-03-04',
    ]);
  });

  it('are asked for between times that have a zone', async () => {
    const { worker } = await workerWithPhone(app, org);
    const { dispatcher } = org.as;
    const [from, to] = ['2026-03-04T08:00:00', '2026-03-04T09:00:00Z'];
    for (const send of [
      () => dispatcher.post(`workers/${worker.id}/time-off`, { from, to }),
      () => dispatcher.get(`workers/${worker.id}/schedule?from=${from}&to=${to}`),
      () => dispatcher.get(`workers/${worker.id}/track?from=${from}&to=${to}`),
      () => dispatcher.post('dispatch-policies/dry-run', { policy: {}, from, to }),
    ]) {
      const { status, body } = await send();
      expect([status, body]).toEqual([
        422,
        expect.objectContaining({
          errors: [
            {
              field: 'from',
              message: 'from must be a time with its zone, such as 2026-03-02T08:00:00Z',
              code: 'IS_INSTANT',
            },
          ],
        }),
      ]);
    }
    const local = { from: '2026-03-04T09:00:00+01:00', to };
    const off = await dispatcher.post(`workers/${worker.id}/time-off`, local);
    expect([off.status, off.body]).toEqual([
      201,
      expect.objectContaining({ from: '2026-03-04T08:00:00.000Z' }),
    ]);
  });
});
