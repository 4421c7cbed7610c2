import { answering } from '#kernel';
import type { EffectivePolicy } from '../../rules/effective-policy.js';
import { assumptionsOf } from '../dry-run-assumptions.js';
import { recordedSheet } from '../recorded-sheet.js';
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
    recorded: recordedSheet(day, from(present)(null)),
    present: replay(day, { policyOf: from(present), seed }),
    proposed: replay(day, { policyOf: from(proposed), seed }),
    assumptions: assumptionsOf(day),
  };
});
