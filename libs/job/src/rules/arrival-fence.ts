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
  /** When the present stay inside began; null: outside. */
  insideSinceMs: number | null;
  /** The last good fix. */
  lastMs: number;
  lastDistanceMetres: number;
  lastAccuracyMetres: number;
  /** Somebody took an arrival back: nothing counts until the worker has been outside the wider circle. */
  mustLeave: boolean;
}

/** What an arrival rests on. Only `fence` and `scan` are trusted. */
export interface ArrivalEvidence {
  evidence: 'fence' | 'scan' | 'declared';
  trusted: boolean;
  /** Of the last good fix, if there was one. */
  distanceMetres?: number;
  accuracyMetres?: number;
  fixAt?: string;
  dwellSeconds?: number;
}

export interface FenceReading {
  memory: FenceMemory | null;
  arrival: ArrivalEvidence | null;
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
    const outside = distanceMetres > policy.fenceExitMetres;
    const inside = distanceMetres <= policy.fenceEnterMetres;
    const mustLeave: boolean = (memory?.mustLeave ?? false) && !outside;
    let insideSinceMs: number | null = outside || mustLeave ? null : (memory?.insideSinceMs ?? null);
    if (inside && !mustLeave) insideSinceMs ??= fix.atMs;
    memory = {
      insideSinceMs,
      lastMs: fix.atMs,
      lastDistanceMetres: Math.round(distanceMetres),
      lastAccuracyMetres: Math.round(fix.accuracyMetres),
      mustLeave,
    };
    const dwellSeconds = insideSinceMs === null ? 0 : (fix.atMs - insideSinceMs) / 1_000;
    if (inside && insideSinceMs !== null && dwellSeconds >= policy.fenceDwellSeconds)
      return { memory, arrival: { ...describe(memory, 'fence'), dwellSeconds: Math.round(dwellSeconds) } };
  }
  return { memory, arrival: null };
}

/** After an arrival was taken back. */
export const forgetArrival = (memory: FenceMemory | null): FenceMemory | null =>
  memory && { ...memory, insideSinceMs: null, mustLeave: true };

/** A good fix this recent supports what the worker says, seconds. */
const SUPPORT_SECONDS = 60;

/**
 * What a declared arrival is worth: trusted when a recent good fix stands within the inner circle, and otherwise
 * accepted as the worker's word, with the distance of the last fix beside it.
 */
export function judgeDeclared(
  memory: FenceMemory | null,
  policy: FencePolicy,
  nowMs: number,
): ArrivalEvidence {
  if (!memory) return { evidence: 'declared', trusted: false };
  const fresh = Math.abs(nowMs - memory.lastMs) <= SUPPORT_SECONDS * 1_000;
  const near = memory.lastDistanceMetres <= policy.fenceEnterMetres;
  return describe(memory, fresh && near ? 'fence' : 'declared');
}

function describe(memory: FenceMemory, evidence: 'fence' | 'declared'): ArrivalEvidence {
  return {
    evidence,
    trusted: evidence === 'fence',
    distanceMetres: memory.lastDistanceMetres,
    accuracyMetres: memory.lastAccuracyMetres,
    fixAt: new Date(memory.lastMs).toISOString(),
  };
}
