import { answering } from '#kernel';
import { assumptionsOf } from '../dry-runs/dry-run-assumptions.js';
import { recordedScores } from '../dry-runs/recorded-scores.js';
import type { EffectivePolicy } from '../effective-policy.js';
import { replay } from './replay.js';
import { type PackedDay, unpackDay } from './unpack-day.js';

/** Policies by service type; null is for jobs of none and for types without their own. */
export type PoliciesByType = ReadonlyMap<string | null, EffectivePolicy>;

export interface ReplayTask {
  day: PackedDay;
  present: PoliciesByType;
  proposed: PoliciesByType;
  seed: number;
}

const from = (policies: PoliciesByType) => (serviceTypeId: string | null) =>
  policies.get(serviceTypeId) ?? policies.get(null)!;

export default answering(({ day: packed, present, proposed, seed }: ReplayTask) => {
  const day = unpackDay(packed);
  return {
    recorded: recordedScores(day, from(present)(null)),
    present: replay(day, { policyOf: from(present), seed }),
    proposed: replay(day, { policyOf: from(proposed), seed }),
    assumptions: assumptionsOf(day),
  };
});
