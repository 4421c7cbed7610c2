import { serverTime } from './phone-clock';
import { isPosition, knownOrNull, PositionQueue, worthKeeping } from './positions';
import type { Reply } from './queue';
import { freshDb } from './testing';

const fix = (n: number) => ({
  lat: 42 + n / 10_000,
  lon: -71,
  accuracyMetres: 8,
  heading: null,
  speed: null,
  fixAt: new Date(Date.UTC(2026, 2, 2, 8, 0, n)).toISOString(),
});
const here = (metres: number, seconds: number) => ({ lat: metres / 111_195, lon: 0, atMs: seconds * 1_000 });

describe('positions', () => {
  it('are kept when they say something new', () => {
    const last = here(0, 0);
    expect(worthKeeping(null, last)).toBe(true);
    expect(worthKeeping(last, here(3, 4))).toBe(false);
    expect(worthKeeping(last, here(3, 10))).toBe(true);
    expect(worthKeeping(last, here(30, 3))).toBe(true);
    expect(worthKeeping(last, here(30, 1))).toBe(false);
    expect(worthKeeping(last, here(30, -5))).toBe(false);
  });

  it('go out in order under their own numbers and are forgotten once they are there', async () => {
    const db = freshDb();
    const queue = new PositionQueue(db, 'phone');
    for (let n = 0; n < 3; n++) await queue.add(fix(n));
    const replies: Reply[] = [{ ok: false, status: 0, code: 'OFFLINE', detail: '' }];
    const seen: number[][] = [];
    const report = async ({ fixes }: { fixes: { seq: number }[] }): Promise<Reply> => {
      seen.push(fixes.map((one) => one.seq));
      return replies.shift() ?? { ok: true, body: { acked: fixes.map((one) => one.seq), quarantined: [] } };
    };
    expect(await queue.flush(report)).toBeNull();
    await queue.add(fix(3));
    expect(await queue.flush(report)).toBe(fix(3).fixAt);
    expect(seen).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4],
    ]);
    expect(await db.fixes.count()).toBe(0);
    await queue.add(fix(4));
    expect((await db.fixes.toArray())[0]?.seq).toBe(5);
  });

  it('leave the phone as the server names them: what it does not name is sent again later', async () => {
    const db = freshDb();
    const queue = new PositionQueue(db, 'phone');
    for (let n = 0; n < 4; n++) await queue.add(fix(n));
    const bodies = [
      { acked: [1, 2, 3], quarantined: [{ seq: 3 }] },
      { acked: [], quarantined: [] },
    ];
    const report = async (): Promise<Reply> => ({ ok: true, body: bodies.shift() });
    expect(await queue.flush(report)).toBe(fix(1).fixAt);
    expect((await db.fixes.toArray()).map(({ seq }) => seq)).toEqual([4]);
    expect(bodies).toEqual([]);
  });

  it('are none where the receiver says that it does not know', () => {
    const at = { lat: 42, lon: -71, accuracyMetres: 8 };
    expect([at, { ...at, accuracyMetres: null }].map(isPosition)).toEqual([true, true]);
    expect(
      [
        { ...at, lat: 0, lon: 0 },
        { ...at, accuracyMetres: -1 },
      ].map(isPosition),
    ).toEqual([false, false]);
    expect([-1, Number.NaN, null, 0, 12].map(knownOrNull)).toEqual([null, null, null, 0, 12]);
  });

  it('carry the server’s time when the phone’s clock is far from it', () => {
    const at = Date.UTC(2026, 10, 23);
    expect(serverTime(at, 30_000)).toBe('2026-11-23T00:00:00.000Z');
    expect(serverTime(at, -86_400_000)).toBe('2026-11-22T00:00:00.000Z');
  });
});
