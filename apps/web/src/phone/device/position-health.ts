import type { WatchStatus } from './position-watch';

/** The desk stops matching a worker whose position is older than two minutes: said well before. */
const LATE_AFTER_MS = 90_000;

export type PositionHealth = 'fresh' | 'waiting' | 'denied' | 'unavailable' | 'late';

/**
 * How well the desk knows where this worker is. `sentFixAt` and `onDutySince` (when this page began to look) are epoch
 * milliseconds of the same clock as `now`.
 */
export function positionHealth(seen: {
  watch: WatchStatus;
  sentFixAt: number | null;
  onDutySince: number;
  now: number;
}): PositionHealth {
  const { watch, sentFixAt, onDutySince, now } = seen;
  const late = now - (sentFixAt ?? onDutySince) >= LATE_AFTER_MS;
  if (watch === 'denied') return 'denied';
  if (!late) return sentFixAt === null ? 'waiting' : 'fresh';
  return watch === 'unavailable' ? 'unavailable' : 'late';
}
