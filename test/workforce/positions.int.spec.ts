import { destination, newId, seededRandom } from '#kernel';
import { Deadlines, requestContext, SharedClock, SYSTEM, type Tx } from '#platform';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Client, eventually } from '../support/client.js';
import { workerWithPhone } from './city.js';

interface Receipt {
  acked: number[];
  quarantined: { seq: number; code: string; actual: number; limit: number }[];
}

interface Fix {
  seq: number;
  lat: number;
  lon: number;
  accuracyMetres: number;
  fixAt: string;
}

const NOON = Date.parse('2026-03-02T12:00:00Z');
const START = { lat: 42.36, lon: -71.06 };

const fixAt = (seq: number, ms: number, place = START): Fix => ({
  seq,
  ...place,
  accuracyMetres: 8,
  fixAt: new Date(ms).toISOString(),
});

describe('positions', () => {
  let app: TestApp;
  let org: TestOrganization;
  let phone: Client;
  let workerId: string;

  beforeAll(async () => {
    app = await startTestApp({ apis: 2, at: '2026-03-02T12:00:00Z' });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    org = await app.organization();
    const made = await workerWithPhone(app, org);
    phone = made.phone;
    workerId = made.worker.id;
  });

  const send = async (fixes: Fix[], by = phone): Promise<Receipt> => {
    const answer = await by.post<Receipt>('me/positions', { deviceId: 'p1', fixes });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const latest = async () =>
    (await org.as.dispatcher.get<{ items: (Fix & { workerId: string })[] }>('positions')).body.items;
  const track = async () => {
    const path = `workers/${workerId}/track?from=2026-03-01T00:00:00Z&to=2026-03-03T00:00:00Z&limit=20000`;
    return (await org.as.dispatcher.get<{ points: Fix[] }>(path)).body.points;
  };

  it('find the table of a new day, whoever else is making it at that moment', async () => {
    // A context of its own: else the inner transaction would join the outer.
    const aside = <T>(work: (tx: Tx) => Promise<T>) =>
      requestContext.run({ actor: SYSTEM }, () => app.uow.run(org.id, work));
    const make = (day: string, then: () => Promise<unknown>) =>
      aside(async (tx) => {
        await tx.sql('SELECT ensure_position_partition($1)', [day]);
        await then();
      });
    for (let day = 1; day <= 9; day++) {
      let second: Promise<unknown> = Promise.resolve();
      await make(`2031-01-0${day}`, async () => {
        second = make(`2031-01-0${day}`, async () => undefined);
        await eventually(() =>
          app.uow.run(org.id, async (tx) => {
            const waiting = await tx.sql(
              `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
            );
            return waiting.length > 0;
          }),
        );
      });
      await second;
    }
  });

  it('end as the same set however shuffled, repeated and unacknowledged; the latest never goes back', async () => {
    const random = seededRandom(7);
    const all = Array.from({ length: 10_000 }, (_, i) => {
      const wrong = i % 500 === 250;
      const place = destination(START, (i / 20) % 360, wrong ? 60_000 : 800);
      return fixAt(i, NOON - (10_000 - i) * 2_000, place);
    });
    const isWrong = (fix: Fix) => fix.seq % 500 === 250;
    const unsent = new Map(all.map((fix) => [fix.seq, fix]));
    const clients = app.urls.map((url) => new (phone.constructor as typeof Client)(url, phone.token));
    let shown = 0;
    while (unsent.size > 0) {
      const batches = [0, 1].map(() => {
        const waiting = [...unsent.values()];
        const picked = Array.from({ length: 700 }, () => waiting[Math.floor(random() * waiting.length)]!);
        return waiting.length < 1_000 ? waiting : picked;
      });
      const receipts = await Promise.all(batches.map((batch, i) => send(batch, clients[i])));
      // Every third acknowledgement is lost on the way: the phone sends it all again.
      for (const { acked } of receipts) if (random() > 1 / 3) for (const seq of acked) unsent.delete(seq);
      const at = Date.parse((await latest())[0]?.fixAt ?? '1970-01-01');
      if (at > 0) expect(at).toBeGreaterThanOrEqual(shown);
      shown = Math.max(shown, at);
    }
    const points = await track();
    expect(points.map((point) => point.fixAt)).toEqual(
      all.filter((fix) => !isWrong(fix)).map((fix) => fix.fixAt),
    );
    expect(points[77]).toMatchObject({ lat: all[77]!.lat, lon: all[77]!.lon, accuracyMetres: 8 });
    const [{ stored }] = (await app.uow.run(org.id, (tx) =>
      tx.sql(`SELECT count(*)::int AS stored FROM position_fixes`),
    )) as [{ stored: number }];
    expect(stored).toBe(10_000);
    expect(await latest()).toMatchObject([{ workerId, fixAt: all.at(-1)!.fixAt }]);
  });

  it('from the future, from long ago or out of a jump are kept apart and never shown', async () => {
    const receipt = await send([
      fixAt(1, NOON - 60_000),
      fixAt(2, NOON - 50_000, destination(START, 0, 90)),
      fixAt(3, NOON - 40_000, destination(START, 0, 50_000)),
      fixAt(4, NOON + 119_000, destination(START, 0, 200)),
      fixAt(5, NOON + 121_000),
      fixAt(6, NOON - 31 * 86_400_000),
    ]);
    expect(receipt.acked).toEqual([1, 2, 3, 4, 5, 6]);
    expect(receipt.quarantined.map(({ seq, code, limit }) => [seq, code, limit])).toEqual([
      [3, 'IMPOSSIBLE_JUMP', 55.6],
      [5, 'FUTURE_FIX', 120],
      [6, 'TOO_OLD', 30],
    ]);
    expect(receipt.quarantined[0]!.actual).toBeGreaterThan(4_000);
    expect(receipt.quarantined[1]!.actual).toBe(121);
    expect((await track()).map((point) => point.fixAt)).toEqual(
      [NOON - 60_000, NOON - 50_000, NOON + 119_000].map((ms) => new Date(ms).toISOString()),
    );
    expect(await latest()).toMatchObject([{ fixAt: new Date(NOON + 119_000).toISOString() }]);
  });

  it('recover from a wrong first fix', async () => {
    await send([fixAt(1, NOON - 30_000, destination(START, 0, 80_000))]);
    expect((await send([fixAt(2, NOON - 20_000)])).quarantined).toHaveLength(1);
    expect((await send([fixAt(3, NOON - 10_000)])).quarantined).toEqual([]);
    expect(await latest()).toMatchObject([{ lat: START.lat, fixAt: new Date(NOON - 10_000).toISOString() }]);
    expect(await track()).toHaveLength(2);
  });

  it('are kept although others beside them are no positions; each is answered by its number', async () => {
    const bad = { ...fixAt(3, NOON - 30_000), lat: 'north' } as unknown as Fix;
    const receipt = await send([
      { ...fixAt(1, NOON - 50_000), speed: -1, heading: -1 } as Fix,
      fixAt(2, NOON - 40_000, { lat: 0, lon: 0 }),
      bad,
      { ...fixAt(4, NOON - 20_000), accuracyMetres: -1 },
      { ...fixAt(5, NOON - 10_000), seq: null } as unknown as Fix,
      fixAt(6, NOON),
    ]);
    expect(receipt.acked).toEqual([1, 2, 4, 6, 3]);
    expect(receipt.quarantined.map(({ seq, code }) => [seq, code])).toEqual([
      [2, 'NO_POSITION'],
      [4, 'NO_POSITION'],
      [3, 'UNREADABLE'],
      [null, 'UNREADABLE'],
    ]);
    expect(receipt.quarantined[2]).toMatchObject({ errors: [{ field: 'fixes[2].lat' }] });
    expect(await track()).toMatchObject([
      { fixAt: new Date(NOON - 50_000).toISOString(), speed: null, heading: null },
      { fixAt: new Date(NOON).toISOString() },
    ]);
  });

  it('of many days make no table; each second counts once, and a day has room for so many', async () => {
    const days = () =>
      app.uow.run(org.id, (tx) =>
        tx.sql(`SELECT 1 FROM pg_inherits WHERE inhparent = 'position_fixes'::regclass`),
      );
    const before = (await days()).length;
    const receipt = await send(Array.from({ length: 398 }, (_, i) => fixAt(i, NOON - i * 86_400_000)));
    expect((await days()).length).toBe(before);
    expect(receipt.quarantined.map(({ code }) => code)).toEqual(Array(398 - 31).fill('TOO_OLD'));
    const dense = await send(Array.from({ length: 900 }, (_, i) => fixAt(1_000 + i, NOON - 600_000 + i)));
    expect(dense.acked).toHaveLength(900);
    const counted = () =>
      app.uow.run(org.id, (tx) => tx.sql<{ fixes: number }>(`SELECT fixes FROM position_counts`));
    expect(await counted()).toEqual([{ fixes: 399 }]);
    await app.uow.run(org.id, (tx) => tx.sql(`UPDATE position_counts SET fixes = 49999`));
    const last = await send([fixAt(2_000, NOON - 300_000), fixAt(2_001, NOON - 200_000)]);
    expect(last).toMatchObject({ acked: [2_000, 2_001], quarantined: [{ seq: 2_001, code: 'TOO_MANY' }] });
    expect(await counted()).toEqual([{ fixes: 50_000 }]);
  });

  it('refuse what is no batch, naming the field, and store nothing', async () => {
    const good = fixAt(1, NOON);
    for (const [body, field] of [
      [{}, 'fixes'],
      [{ fixes: [] }, 'fixes'],
      [{ fixes: Array.from({ length: 1_001 }, (_, i) => fixAt(i, NOON)) }, 'fixes'],
      [{ fixes: [{ ...good, lat: 91 }] }, 'fixes[0].lat'],
      [{ fixes: [{ ...good, lat: null }] }, 'fixes[0].lat'],
      [{ fixes: [{ ...good, seq: -1 }] }, 'fixes[0].seq'],
      [{ fixes: [{ ...good, fixAt: 'noon' }] }, 'fixes[0].fixAt'],
      [{ fixes: [{ ...good, fixAt: '2026-03-02T11:59:00' }] }, 'fixes[0].fixAt'],
      [{ fixes: [{ ...good, fixAt: '2026-03-02' }] }, 'fixes[0].fixAt'],
      [{ fixes: [{ ...good, accuracy: 5 }] }, 'fixes[0].accuracy'],
      [{ fixes: [{ ...good, speed: 'fast' }] }, 'fixes[0].speed'],
      [{ fixes: [null] }, 'fixes[0].seq'],
      [{ deviceId: 'a\u0000', fixes: [good] }, 'deviceId'],
      [{ fixes: [good], workerId: newId() }, 'workerId'],
    ] as const) {
      const answer = await phone.post<{ errors: { field: string }[] }>('me/positions', body);
      expect([answer.status, answer.body.errors[0]!.field]).toEqual([422, field]);
    }
    expect(await track()).toEqual([]);
    expect((await org.as.dispatcher.post('me/positions', { fixes: [good] })).status).toBe(409);
    expect((await org.as.customer.post('me/positions', { fixes: [good] })).status).toBe(404);
  });

  it('reach the map of whoever watches the area, and of nobody else', async () => {
    const circle = { kind: 'circle', ...START, radiusMetres: 5_000 };
    const { id: areaId } = (await org.as.admin.post<{ id: string }>('areas', { name: 'City', ...circle }))
      .body;
    const stranger = await app.organization();
    const sockets = [org.as.dispatcher, org.as.quality_manager, stranger.as.dispatcher, phone].map((c) =>
      c.live(),
    );
    const [desk, quality, foreign, own] = sockets as [
      (typeof sockets)[0],
      (typeof sockets)[0],
      (typeof sockets)[0],
      (typeof sockets)[0],
    ];
    const frames = sockets.map((socket) => {
      const seen: { areaId: string; moved: unknown[][]; left: string[] }[] = [];
      socket.on('positions', (frame) => seen.push(frame));
      return seen;
    });
    try {
      await Promise.all(sockets.map((socket) => new Promise((ready) => socket.once('ready', ready))));
      expect(await desk.emitWithAck('watch', { areaIds: [areaId] })).toEqual({ ok: true, areaIds: [areaId] });
      expect(await quality.emitWithAck('watch', { areaIds: 'all' })).toMatchObject({ ok: true });
      expect(await foreign.emitWithAck('watch', { areaIds: [areaId] })).toMatchObject({
        ok: false,
        problem: { status: 422 },
      });
      expect(await foreign.emitWithAck('watch', { areaIds: 'all' })).toMatchObject({ ok: true });
      expect(await own.emitWithAck('watch', { areaIds: 'all' })).toMatchObject({
        ok: false,
        problem: { status: 404 },
      });

      const sent = await own.emitWithAck('positions', { deviceId: 'p1', fixes: [fixAt(1, NOON - 60_000)] });
      expect(sent).toEqual({ ok: true, acked: [1], quarantined: [] });
      const row = [workerId, START.lat, START.lon, null, null, NOON - 60_000, areaId];
      await eventually(async () => frames[0]!.length > 0 && frames[1]!.length > 0);
      expect(frames[0]).toEqual([{ areaId, moved: [row], left: [] }]);
      expect(frames[1]).toEqual([{ areaId: 'all', moved: [row], left: [] }]);

      const outside = destination(START, 0, 8_000);
      await send([fixAt(2, NOON + 100_000, outside)]);
      await eventually(async () => frames[0]!.length > 1);
      expect(frames[0]![1]).toEqual({ areaId, moved: [], left: [workerId] });
      expect([frames[2], frames[3]]).toEqual([[], []]);
      for (const wrong of [undefined, null, 7, { areaIds: 'some' }, { areaIds: [7] }, { areaIds: [newId()] }])
        expect(await desk.emitWithAck('watch', wrong)).toMatchObject({ ok: false });
    } finally {
      for (const socket of sockets) socket.disconnect();
    }
  });

  it('stay in the right area when the areas change', async () => {
    await send([fixAt(1, NOON)]);
    const areaOf = async () => (await latest())[0] as unknown as { areaId: string | null };
    expect((await areaOf()).areaId).toBeNull();
    const circle = { name: 'City', kind: 'circle', ...START, radiusMetres: 5_000 };
    const { id } = (await org.as.admin.post<{ id: string }>('areas', circle)).body;
    await eventually(async () => (await areaOf()).areaId === id);
    await org.as.admin.delete(`areas/${id}`);
    await eventually(async () => (await areaOf()).areaId === null);
  });

  it('live in daily tables that the runtime role can only make and drop through their functions', async () => {
    await send([fixAt(1, NOON), fixAt(2, NOON - 3 * 86_400_000)]);
    const points = (await track()).length;
    // As the sweep does; what came before the table moves into it.
    await app.uow.run(org.id, (tx) =>
      tx.sql(
        `SELECT make_position_days('2026-02-27', '2026-02-27'), make_position_days('2026-03-02', '2026-03-04')`,
      ),
    );
    expect(await track()).toHaveLength(points);
    const tables = () =>
      app.uow.run(org.id, (tx) =>
        tx.sql<{ name: string; forced: boolean; policies: number }>(
          `SELECT c.relname AS name, c.relforcerowsecurity AS forced,
                  (SELECT count(*)::int FROM pg_policy WHERE polrelid = c.oid) AS policies
           FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = 'position_fixes'::regclass ORDER BY 1`,
        ),
      );
    const before = await tables();
    expect(before.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['position_fixes_20260227', 'position_fixes_20260302']),
    );
    const inRest = await app.uow.run(org.id, (tx) =>
      tx.sql(
        `SELECT 1 FROM position_fixes WHERE tableoid = 'position_fixes_rest'::regclass AND fix_at >= $1`,
        [new Date(NOON - 3_600_000)],
      ),
    );
    expect(inRest).toEqual([]);
    expect(before.every(({ forced, policies }) => forced && policies === 2)).toBe(true);
    for (const statement of ['SELECT 1 FROM position_fixes_20260302', 'DROP TABLE position_fixes_20260302'])
      await expect(app.uow.run(org.id, (tx) => tx.sql(statement))).rejects.toThrow(
        /permission denied|must be owner/,
      );

    const later = new Date(NOON + 40 * 86_400_000);
    await app.clock.set({ at: later });
    const worker = app.workers[0]!;
    await eventually(async () => worker.get(SharedClock).now() >= later);
    await worker.get(Deadlines).runDue();
    await eventually(async () => {
      const names = (await tables()).map(({ name }) => name);
      return !names.includes('position_fixes_20260302') && names.includes('position_fixes_20260413');
    });
    expect(await track()).toEqual([]);
  });
});
