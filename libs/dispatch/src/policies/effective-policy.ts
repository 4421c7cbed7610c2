import { Invalid } from '#kernel';
import { type MatchPolicy, type SelectionMode, validatePolicy } from '#matching';
import type { DispatchBase } from '../dispatch.policy.js';
import { matchPolicy } from './match-policy.js';

/** What one version of a dispatch policy says; what it leaves out is decided by the layer below. */
export interface PolicyBody
  extends Partial<
    Pick<
      MatchPolicy,
      | 'radiusMetres'
      | 'maxPositionAgeSeconds'
      | 'maxAccuracyMetres'
      | 'maxForwardSeconds'
      | 'liveHorizonSeconds'
      | 'lateToleranceSeconds'
      | 'overtimeToleranceSeconds'
      | 'broadcastCount'
      | 'candidatesPerJob'
      | 'waves'
    >
  > {
  method?: SelectionMode;
  travel?: Partial<MatchPolicy['travel']>;
  weights?: Partial<MatchPolicy['weights']>;
  unassignedPrice?: Partial<MatchPolicy['unassignedPrice']>;
  offerSeconds?: number;
  askAgainSeconds?: number;
  maxOpenAssignments?: number;
  batchWindowSeconds?: number;
  batchScarcity?: number;
}

/** Which versions made a policy what it is; null = the layer is not there. */
export interface PolicyVersions {
  default: number | null;
  serviceType: { id: string; version: number } | null;
}

/** All that a round must know: the engine's policy, and the numbers around it. */
export interface EffectivePolicy {
  match: MatchPolicy;
  /** How long one worker has to answer, unless a wave says otherwise. */
  offerSeconds: number;
  /** Somebody who let an offer run out is asked again for the same job after this. */
  askAgainSeconds: number;
  /** Somebody whom the desk took a job from is asked for it again after this. */
  askAgainAfterReleaseSeconds: number;
  /** How many jobs a worker may hold at once, the one being worked on included. */
  maxOpenAssignments: number;
  /** Jobs that compete for workers wait for each other this long. */
  batchWindowSeconds: number;
  /** Jobs compete when there are fewer free workers than this for each. */
  batchScarcity: number;
  versions: PolicyVersions;
}

export interface PolicyLayers {
  /** The product's numbers with the organisation's own laid over them. */
  organization: DispatchBase;
  default?: { version: number; body: PolicyBody };
  serviceType?: { id: string; version: number; body: PolicyBody };
}

/** Organisation's numbers <- its default dispatch policy <- that of the service type. */
export function effectivePolicy(layers: PolicyLayers): EffectivePolicy {
  const bodies = [layers.default?.body, layers.serviceType?.body].filter((body) => body !== undefined);
  const { organization } = layers;
  const around = {
    offerSeconds: organization.offerSeconds,
    askAgainSeconds: organization.askAgainSeconds,
    maxOpenAssignments: organization.maxOpenAssignments,
    batchWindowSeconds: organization.batchWindowSeconds,
    batchScarcity: organization.batchScarcity,
  };
  let match = matchPolicy(organization);
  for (const body of bodies) {
    for (const key of Object.keys(around) as (keyof typeof around)[]) around[key] = body[key] ?? around[key];
    match = layer(match, body);
  }
  const forwardDispatch = around.maxOpenAssignments > 1;
  return {
    ...around,
    askAgainAfterReleaseSeconds: organization.askAgainAfterReleaseSeconds,
    match: {
      ...match,
      forwardDispatch,
      statuses: forwardDispatch ? ['available', 'busy'] : ['available'],
    },
    versions: {
      default: layers.default?.version ?? null,
      serviceType: layers.serviceType
        ? { id: layers.serviceType.id, version: layers.serviceType.version }
        : null,
    },
  };
}

function layer(below: MatchPolicy, body: PolicyBody): MatchPolicy {
  const {
    method,
    travel,
    weights,
    unassignedPrice,
    offerSeconds: _offer,
    askAgainSeconds: _ask,
    maxOpenAssignments: _open,
    batchWindowSeconds: _window,
    batchScarcity: _scarcity,
    ...same
  } = body;
  const said = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined));
  return {
    ...below,
    ...said,
    mode: method ?? below.mode,
    travel: { ...below.travel, ...travel },
    weights: { ...below.weights, ...weights },
    unassignedPrice: { ...below.unassignedPrice, ...unassignedPrice },
  };
}

/** @throws Invalid naming every field of the body that the engine would not take, under `prefix`. */
export function checkEffective(policy: EffectivePolicy, prefix = 'body'): void {
  try {
    validatePolicy(policy.match);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid(
      error.errors.map((fault) => ({
        ...fault,
        field: `${prefix}.${fault.field === 'mode' ? 'method' : fault.field}`,
      })),
    );
  }
  if (policy.match.mode === 'waves' && policy.match.waves.length === 0)
    throw Invalid.field(`${prefix}.waves`, 'must hold a wave when the method is "waves"', 1);
}

/** Policies that decide alike have the same key: their jobs go into one batch. */
export const policyKey = ({ versions }: EffectivePolicy): string => versions.serviceType?.id ?? '';
