import { DEFAULT_POLICY, type MatchPolicy } from '#matching';
import type { DispatchBase } from '../dispatch.policy.js';

/** The organisation's dispatch numbers in the words of the matching engine. */
export function matchPolicy(policy: DispatchBase): MatchPolicy {
  return {
    ...DEFAULT_POLICY,
    mode: policy.method,
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
