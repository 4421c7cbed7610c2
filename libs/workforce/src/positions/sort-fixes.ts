import { isNullIsland } from '#kernel';
import type { FixBatch, FixReceipt, Quarantined, SentFix } from './fix-batch.server.js';
import { type Judged, slotOf } from './judge-batch.js';
import type { Arrived } from './tracks.service.js';

export interface Limits {
  nowMs: number;
  futureSeconds: number;
  keepDays: number;
  impossibleMetresPerSecond: number;
}

/** How many fixes of a worker are stored on one day (UTC, of receipt): one a second for the longest working day. */
export const MAX_FIXES_A_DAY = 50_000;

const DAY_MS = 86_400_000;

export interface Sorted {
  /** To be judged and kept, by worker. */
  inTime: Map<string, Arrived[]>;
  /** Kept apart. */
  refused: (Arrived & { why: Quarantined })[];
}

/** Parts what may be stored from what may not, before anything is asked of the database. */
export function sortFixes(group: readonly { workerId: string; batch: FixBatch }[], limits: Limits): Sorted {
  const sorted: Sorted = { inTime: new Map(), refused: [] };
  for (const { workerId, batch } of group)
    for (const sent of batch.fixes) {
      const fix = { ...sent, workerId, deviceId: batch.deviceId };
      const why = faultOf(fix, limits);
      if (why) sorted.refused.push({ ...fix, why });
      else if (sorted.inTime.has(workerId)) sorted.inTime.get(workerId)!.push(fix);
      else sorted.inTime.set(workerId, [fix]);
    }
  return sorted;
}

const nameOf = ({ workerId, deviceId, seq }: Pick<Arrived, 'workerId' | 'deviceId' | 'seq'>): string =>
  `${workerId}/${deviceId}/${seq}`;

/** Leaves out what a worker has no room for today. */
export function withinRoom(
  { inTime, refused }: Sorted,
  room: ReadonlyMap<string, number>,
): Sorted & { surplus: ReadonlySet<string> } {
  const left = new Map(room);
  const surplus = new Set<string>();
  const fits = (fix: Arrived): boolean => {
    const free = left.get(fix.workerId) ?? 0;
    left.set(fix.workerId, free - 1);
    if (free > 0) return true;
    surplus.add(nameOf(fix));
    return false;
  };
  const kept = new Map<string, Arrived[]>();
  for (const [workerId, fixes] of inTime) {
    const fitting = fixes.filter(fits);
    if (fitting.length > 0) kept.set(workerId, fitting);
  }
  return { inTime: kept, refused: refused.filter(fits), surplus };
}

/** How many rows each worker's fixes made. */
export function storedOf(
  judged: ReadonlyMap<string, Judged<Arrived>>,
  refused: readonly Arrived[],
): Map<string, number> {
  const stored = new Map<string, number>();
  const add = (workerId: string, count: number) =>
    count > 0 && stored.set(workerId, (stored.get(workerId) ?? 0) + count);
  for (const [workerId, { fresh }] of judged) add(workerId, fresh.length);
  for (const { workerId } of refused) add(workerId, 1);
  return stored;
}

export interface Outcome {
  verdicts: ReadonlyMap<number, number | null> | undefined;
  surplus: ReadonlySet<string>;
  limits: Limits;
}

/** What becomes of each fix of a batch, by `seq`. */
export function receiptOf(
  { workerId, batch: { deviceId, fixes, unreadable = [] } }: { workerId: string; batch: FixBatch },
  { verdicts, surplus, limits }: Outcome,
): FixReceipt {
  const quarantined = fixes.flatMap((fix): Quarantined[] => {
    const { seq } = fix;
    if (surplus.has(nameOf({ workerId, deviceId, seq })))
      return [{ seq, code: 'TOO_MANY', actual: null, limit: MAX_FIXES_A_DAY, unit: 'fixes' }];
    const why = faultOf(fix, limits);
    if (why) return [why];
    const speed = verdicts?.get(slotOf(fix)) ?? null;
    if (speed === null) return [];
    const actual = Math.round(speed * 10) / 10;
    return [{ seq, code: 'IMPOSSIBLE_JUMP', actual, limit: limits.impossibleMetresPerSecond, unit: 'm/s' }];
  });
  const all = [...quarantined, ...unreadable];
  const seqs = [...fixes.map((fix) => fix.seq), ...unreadable.flatMap(({ seq }) => seq ?? [])];
  return { acked: seqs, quarantined: all };
}

function faultOf(fix: SentFix, limits: Limits): Quarantined | null {
  const { seq, fixAt } = fix;
  if (isNoPosition(fix)) return { seq, code: 'NO_POSITION', actual: null, limit: null, unit: null };
  const aheadSeconds = (fixAt - limits.nowMs) / 1000;
  if (aheadSeconds > limits.futureSeconds)
    return { seq, code: 'FUTURE_FIX', actual: aheadSeconds, limit: limits.futureSeconds, unit: 's' };
  const ageDays = (limits.nowMs - fixAt) / DAY_MS;
  if (ageDays > limits.keepDays)
    return { seq, code: 'TOO_OLD', actual: ageDays, limit: limits.keepDays, unit: 'days' };
  return null;
}

/** Reception that says nothing: iOS marks an invalid place by a negative accuracy, other receivers by 0, 0. */
const isNoPosition = ({ lat, lon, accuracyMetres }: SentFix): boolean =>
  isNullIsland({ lat, lon }) || (accuracyMetres ?? 0) < 0;
