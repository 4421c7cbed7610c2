import type { MatchPolicy } from '../model/match-policy.js';
import type { Candidate } from './candidates.js';

/** What to do next with a job that goes out in waves. */
export type WaveStep =
  | {
      kind: 'offer';
      /** Which wave of the policy this is. */
      wave: number;
      radiusMetres: number | null;
      workerIds: string[];
      waitSeconds: number;
    }
  /** Every wave has been tried: a human decides. */
  | { kind: 'desk' };

/**
 * The first wave from number `from` on that reaches somebody new. Candidates are best first (`rankCandidates`); who
 * was asked already, whatever the answer, is not asked again by a later wave.
 */
export function nextWave(
  candidates: readonly Candidate[],
  policy: MatchPolicy,
  from: number,
  asked: readonly string[] = [],
): WaveStep {
  const already = new Set(asked);
  for (let wave = from; wave < policy.waves.length; wave++) {
    const { radiusMetres, bestCount, waitSeconds } = policy.waves[wave]!;
    const workerIds = candidates
      .filter(
        (c) => !already.has(c.workerId) && c.leg.distanceMetres <= (radiusMetres ?? Number.POSITIVE_INFINITY),
      )
      .slice(0, bestCount ?? candidates.length)
      .map((c) => c.workerId);
    if (workerIds.length > 0) return { kind: 'offer', wave, radiusMetres, workerIds, waitSeconds };
  }
  return { kind: 'desk' };
}
