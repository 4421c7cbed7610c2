import type { Verdict } from '#matching';

/**
 * When a dispatcher assigns by hand, some rules still bind and others only warn: a person may know that the worker is
 * nearer than their phone says, but cannot give them a certificate or put them in two places.
 */
const ONLY_WARNS = new Set([
  'status',
  'service_area',
  'language',
  'capacity',
  'known_position',
  'position_age',
  'position_accuracy',
  'radius',
  'forward_reach',
  'arrival_window',
  'shift',
  'required_worker',
]);

export interface DeskVerdict {
  /** Broken rules that bind: the assignment is refused. */
  refusals: Verdict[];
  /** Broken rules the dispatcher may overrule. */
  warnings: Verdict[];
}

export function splitByAuthority(verdicts: readonly Verdict[]): DeskVerdict {
  const broken = verdicts.filter((verdict) => !verdict.ok);
  return {
    refusals: broken.filter((verdict) => !ONLY_WARNS.has(verdict.rule)),
    warnings: broken.filter((verdict) => ONLY_WARNS.has(verdict.rule)),
  };
}
