import type { Policy } from '#config/policy/index';
import { DEFAULT_POLICY, type MatchPolicy, type SelectionMode } from '#matching';

/** The organisation's dispatch numbers in the words of the matching engine. */
export function matchPolicy(policy: Policy['dispatch']): MatchPolicy {
  return {
    ...DEFAULT_POLICY,
    mode: policy.method as SelectionMode,
    travel: {
      ...DEFAULT_POLICY.travel,
      detourFactor: policy.detourFactor,
      speedMetresPerSecond: policy.speedMetresPerSecond,
    },
    radiusMetres: policy.radiusMetres,
    maxPositionAgeSeconds: policy.positionStaleSeconds,
    maxAccuracyMetres: policy.positionAccuracyMetres,
    forwardDispatch: policy.maxOpenAssignments > 1,
    statuses: policy.maxOpenAssignments > 1 ? ['available', 'busy'] : ['available'],
  };
}
