import type { PhoneDb, StoredFix } from './phone-db';
import { isPassing, type Reply } from './queue';

/** The newest are the most useful ones; a phone that is away for days keeps about a working day. */
const MOST_FIXES_KEPT = 5_000;
const MOST_FIXES_SENT = 500;

/** The least time and way between two fixes that are kept; whichever is reached first, when the other is reached by half. */
const EVERY_MS = 10_000;
const EVERY_METRES = 25;

interface Seen {
  lat: number;
  lon: number;
  atMs: number;
}

/** Whether a fix says enough more than the last one that was kept. */
export function worthKeeping(last: Seen | null, next: Seen): boolean {
  if (!last) return true;
  const ms = next.atMs - last.atMs;
  if (ms <= 0) return false;
  const moved = metresBetween(last, next);
  return ms >= EVERY_MS || (moved >= EVERY_METRES && ms >= EVERY_MS / 5);
}

/** Equirectangular, which is exact enough for a street. */
function metresBetween(a: Seen, b: Seen): number {
  const radians = Math.PI / 180;
  const x = (b.lon - a.lon) * radians * Math.cos(((a.lat + b.lat) / 2) * radians);
  return Math.hypot(x, (b.lat - a.lat) * radians) * 6_371_008;
}

/** Where the phone was, until the server has it. Losing the oldest is no loss of anybody's work. */
export class PositionQueue {
  constructor(
    private readonly db: PhoneDb,
    private readonly deviceId: string,
  ) {}

  async add(fix: Omit<StoredFix, 'seq'>): Promise<void> {
    await this.db.fixes.add(fix as StoredFix);
    const extra = (await this.db.fixes.count()) - MOST_FIXES_KEPT;
    if (extra <= 0) return;
    const oldest = await this.db.fixes.orderBy('seq').limit(extra).primaryKeys();
    await this.db.fixes.bulkDelete(oldest);
  }

  /** Sends what there is. @returns the time of the newest fix the server now has, or null when nothing went */
  async flush(
    report: (body: { deviceId: string; fixes: StoredFix[] }) => Promise<Reply>,
  ): Promise<string | null> {
    let newest: string | null = null;
    for (;;) {
      const fixes = await this.db.fixes.orderBy('seq').limit(MOST_FIXES_SENT).toArray();
      if (fixes.length === 0) return newest;
      const reply = await report({ deviceId: this.deviceId, fixes });
      if (!reply.ok && (reply.status === 401 || isPassing(reply))) return newest;
      // What the server will never take is not kept either.
      await this.db.fixes.bulkDelete(fixes.map((fix) => fix.seq));
      if (reply.ok) newest = fixes.at(-1)!.fixAt;
    }
  }
}
