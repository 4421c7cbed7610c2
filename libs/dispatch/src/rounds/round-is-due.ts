import { EMERGENCY_PRIORITY } from '#kernel';
import type { EffectivePolicy } from '../policies/effective-policy.js';

interface AreaNow {
  openJobs: number;
  /** The highest priority among them. */
  topPriority: number;
  /** Workers who take offers now and serve the area. */
  freeWorkers: number;
  /** Since the last round; null = there was none. */
  sinceLastRoundSeconds: number | null;
}

/**
 * Should a round run now, or wait for company? Deciding several jobs together pays only when they want the same workers;
 * a lone job, an emergency and jobs with workers to spare go out at once.
 */
export function roundIsDue(
  area: AreaNow,
  policy: Pick<EffectivePolicy, 'batchWindowSeconds' | 'batchScarcity'>,
): boolean {
  const { openJobs, topPriority, freeWorkers, sinceLastRoundSeconds } = area;
  if (sinceLastRoundSeconds === null || sinceLastRoundSeconds >= policy.batchWindowSeconds) return true;
  if (openJobs < 2 || topPriority >= EMERGENCY_PRIORITY) return true;
  return freeWorkers >= policy.batchScarcity * openJobs;
}
