import { type GeoPoint, haversineMetres } from '#kernel';

/** A position of the worker, as far as arrival cares. Times are epoch milliseconds. */
export interface FenceFix extends GeoPoint {
  accuracyMetres: number;
  atMs: number;
}

export interface FencePolicy {
  fenceEnterMetres: number;
  fenceExitMetres: number;
  fenceAccuracyMetres: number;
  fenceDwellSeconds: number;
}

/** What is remembered from one batch of fixes to the next. */
export interface FenceMemory {
  /** When the present stay inside began; null: not inside. */
  insideSinceMs: number | null;
  /** The newest good fix that was counted. */
  lastMs: number;
  /** Somebody took an arrival back: nothing counts until the worker has been outside the wider circle. */
  mustLeave: boolean;
}

/** What an arrival rests on. A `fence` is trusted, and a `scan` that the phone's position does not contradict. */
export interface ArrivalEvidence {
  evidence: 'fence' | 'scan' | 'declared';
  trusted: boolean;
  /** Of a scan: what speaks against it, or that no position speaks for it. */
  doubt?: 'POSITION_FAR' | 'NO_RECENT_POSITION';
  /** Of `POSITION_FAR`: how far the last fix may have been. */
  limitMetres?: number;
  /** Of the last fix, if there was one. */
  distanceMetres?: number;
  accuracyMetres?: number;
  fixAt?: string;
  dwellSeconds?: number;
}

export interface FenceReading {
  memory: FenceMemory | null;
  arrival: { evidence: ArrivalEvidence; atMs: number } | null;
}

/**
 * Feeds fixes, oldest first, to the fence around one job. Arrival needs good fixes that stay within the inner circle
 * for the dwell time; between the two circles nothing changes (so that jitter at the edge does not restart the count);
 * outside the wider circle the stay is over. A fix less accurate than the gate, or older than what was seen, says nothing.
 */
export function readFence(
  door: GeoPoint,
  fixes: readonly FenceFix[],
  before: FenceMemory | null,
  policy: FencePolicy,
): FenceReading {
  let memory = before;
  for (const fix of fixes) {
    if (fix.accuracyMetres > policy.fenceAccuracyMetres) continue;
    if (memory && fix.atMs <= memory.lastMs) continue;
    const distanceMetres = haversineMetres(door, fix);
    memory = step(memory, fix.atMs, distanceMetres, policy);
    const { insideSinceMs } = memory;
    if (insideSinceMs === null || distanceMetres > policy.fenceEnterMetres) continue;
    const dwellSeconds = (fix.atMs - insideSinceMs) / 1_000;
    if (dwellSeconds < policy.fenceDwellSeconds) continue;
    const evidence = { ...describe(fix, distanceMetres, 'fence'), dwellSeconds: Math.round(dwellSeconds) };
    return { memory, arrival: { evidence, atMs: fix.atMs } };
  }
  return { memory, arrival: null };
}

function step(
  before: FenceMemory | null,
  atMs: number,
  distanceMetres: number,
  policy: FencePolicy,
): FenceMemory {
  const outside = distanceMetres > policy.fenceExitMetres;
  const inside = distanceMetres <= policy.fenceEnterMetres;
  const mustLeave = (before?.mustLeave ?? false) && !outside;
  const stay = outside || mustLeave ? null : (before?.insideSinceMs ?? null);
  return { insideSinceMs: stay ?? (inside && !mustLeave ? atMs : null), lastMs: atMs, mustLeave };
}

/** How often a stay that goes on is written down again, milliseconds. */
const REMEMBER_EVERY_MS = 30_000;

/** Whether `after` says anything that is worth a write. */
export const worthKeeping = (before: FenceMemory | null, after: FenceMemory | null): boolean =>
  after !== null &&
  (before === null ||
    before.insideSinceMs !== after.insideSinceMs ||
    before.mustLeave !== after.mustLeave ||
    after.lastMs - before.lastMs >= REMEMBER_EVERY_MS);

/** After an arrival was taken back. */
export const forgetArrival = (memory: FenceMemory | null, atMs: number): FenceMemory => ({
  insideSinceMs: null,
  lastMs: Math.max(memory?.lastMs ?? 0, atMs),
  mustLeave: true,
});

/** A good fix this recent supports what the worker says, seconds. */
const SUPPORT_SECONDS = 60;

/**
 * What a declared arrival is worth: trusted when a recent good fix stands within the inner circle, and otherwise
 * accepted as the worker's word, with the distance of the last fix beside it.
 */
export function judgeDeclared(
  door: GeoPoint,
  fix: FenceFix | null,
  policy: FencePolicy,
  atMs: number,
): ArrivalEvidence {
  if (!fix) return { evidence: 'declared', trusted: false };
  const distanceMetres = haversineMetres(door, fix);
  const supported =
    Math.abs(atMs - fix.atMs) <= SUPPORT_SECONDS * 1_000 &&
    fix.accuracyMetres <= policy.fenceAccuracyMetres &&
    distanceMetres <= policy.fenceEnterMetres;
  return describe(fix, distanceMetres, supported ? 'fence' : 'declared');
}

/** A fix this old says nothing against a scan, seconds. */
const CONTRADICTS_SECONDS = 300;
/** As fast as a worker may have come to the door since, metres a second (54 km/h). */
const APPROACH_METRES_PER_SECOND = 15;

/**
 * What a scanned tag is worth. A tag can be photographed and scanned elsewhere: it is believed unless the phone was so
 * far from the door that nobody could have come there in between.
 */
export function judgeScan(
  door: GeoPoint,
  fix: FenceFix | null,
  policy: FencePolicy,
  atMs: number,
): ArrivalEvidence {
  const seconds = fix ? Math.abs(atMs - fix.atMs) / 1_000 : Number.POSITIVE_INFINITY;
  if (!fix || !Number.isFinite(fix.accuracyMetres) || seconds > CONTRADICTS_SECONDS)
    return { evidence: 'scan', trusted: true, doubt: 'NO_RECENT_POSITION' };
  const distanceMetres = haversineMetres(door, fix);
  const limitMetres = Math.round(
    policy.fenceExitMetres + fix.accuracyMetres + seconds * APPROACH_METRES_PER_SECOND,
  );
  const evidence = describe(fix, distanceMetres, 'scan');
  if (distanceMetres <= limitMetres) return evidence;
  return { ...evidence, trusted: false, doubt: 'POSITION_FAR', limitMetres };
}

function describe(
  fix: FenceFix,
  distanceMetres: number,
  evidence: ArrivalEvidence['evidence'],
): ArrivalEvidence {
  return {
    evidence,
    trusted: evidence !== 'declared',
    distanceMetres: Math.round(distanceMetres),
    ...(Number.isFinite(fix.accuracyMetres) ? { accuracyMetres: Math.round(fix.accuracyMetres) } : {}),
    fixAt: new Date(fix.atMs).toISOString(),
  };
}
