import type { GeoPoint } from '#kernel';
import type { Fix } from '../../api/types';

/** Between fixes further apart nobody knows the way. */
const TRUSTED_GAP_MS = 120_000;

/**
 * Where the worker was at `at` (epoch ms): on the line between two fixes that are close in time, else at the last one.
 * `silentSince` (epoch ms) when that is older than can be trusted. Null before the first fix.
 */
export function placeAt(
  fixes: readonly Fix[],
  at: number,
): { point: GeoPoint; silentSince: number | null } | null {
  const next = fixes.findIndex(({ fixAt }) => Date.parse(fixAt) > at);
  const before = fixes.at(next === -1 ? -1 : next - 1);
  if (!before || next === 0) return null;
  const since = Date.parse(before.fixAt);
  const after = next === -1 ? undefined : fixes[next];
  const gap = after ? Date.parse(after.fixAt) - since : Number.POSITIVE_INFINITY;
  if (!after || gap > TRUSTED_GAP_MS) {
    const { lat, lon } = before;
    return { point: { lat, lon }, silentSince: at - since > TRUSTED_GAP_MS ? since : null };
  }
  const share = (at - since) / gap;
  const between = (a: number, b: number) => a + (b - a) * share;
  return {
    point: { lat: between(before.lat, after.lat), lon: between(before.lon, after.lon) },
    silentSince: null,
  };
}
