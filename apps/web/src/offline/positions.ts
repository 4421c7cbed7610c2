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

/** Whether the receiver knows where it is: 0, 0 and a negative accuracy (iOS) say that it does not. */
export const isPosition = (fix: { lat: number; lon: number; accuracyMetres: number | null }): boolean =>
  !(fix.lat === 0 && fix.lon === 0) && (fix.accuracyMetres ?? 0) >= 0;

/** A speed or heading as the receiver gives it; -1 (iOS) and NaN say that it is not known. */
export const knownOrNull = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) && value >= 0 ? value : null;

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
      const settled = reply.ok ? settledBy(reply.body, fixes) : { gone: fixes, stored: [] };
      // What the server will never take is not kept either.
      await this.db.fixes.bulkDelete(settled.gone.map((fix) => fix.seq));
      newest = settled.stored.at(-1)?.fixAt ?? newest;
      // It named none of them: asking again at once would be answered the same.
      if (settled.gone.length === 0) return newest;
    }
  }
}

/** What the server is done with, by `seq`, and what of it was stored as a position of this worker. */
function settledBy(body: unknown, fixes: StoredFix[]): { gone: StoredFix[]; stored: StoredFix[] } {
  const { acked, quarantined } = (body ?? {}) as Receipt;
  const apart = new Set((quarantined ?? []).map(({ seq }) => seq));
  const known = new Set([...(acked ?? []), ...apart]);
  const gone = fixes.filter(({ seq }) => known.has(seq));
  return { gone, stored: gone.filter(({ seq }) => !apart.has(seq)) };
}

interface Receipt {
  acked?: number[];
  quarantined?: { seq: number | null }[];
}
