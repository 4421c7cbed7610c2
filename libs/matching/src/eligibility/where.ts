import { atMost, type HardRule, passes } from './verdict.js';

export const serviceArea: HardRule = {
  rule: 'service_area',
  code: 'OUT_OF_AREA',
  unit: 'id',
  breach: 'not in',
  why: 'A worker serves the areas they signed up for, and no others.',
  check: ({ job, worker }) =>
    job.areaIds.length === 0
      ? passes
      : {
          ok: job.areaIds.some((id) => worker.areaIds.includes(id)),
          actual: job.areaIds,
          limit: worker.areaIds,
        },
};

export const knownPosition: HardRule = {
  rule: 'known_position',
  code: 'NO_POSITION',
  unit: 'name',
  breach: 'lacks',
  why: 'Somebody whose whereabouts are unknown cannot be sent anywhere.',
  check: ({ leg }) => ({ ok: leg.from !== null, actual: leg.origin, limit: null }),
};

export const radius: HardRule = {
  rule: 'radius',
  code: 'OUT_OF_RADIUS',
  unit: 'm',
  breach: '>',
  why: 'Further away than this is not worth the travel.',
  check: ({ leg, worker, policy }) => {
    const limit = Math.min(
      policy.radiusMetres ?? Number.POSITIVE_INFINITY,
      worker.maxRadiusMetres ?? Number.POSITIVE_INFINITY,
    );
    return limit === Number.POSITIVE_INFINITY || leg.from === null
      ? passes
      : atMost(leg.distanceMetres, limit);
  },
};

export const positionAge: HardRule = {
  rule: 'position_age',
  code: 'POSITION_STALE',
  unit: 's',
  breach: '>',
  why: 'An old fix says where the worker was, not where the worker is.',
  check: ({ leg, worker, policy, now }) =>
    leg.origin !== 'position' || policy.maxPositionAgeSeconds === null
      ? passes
      : atMost((now - worker.position!.fixedAt) / 1000, policy.maxPositionAgeSeconds),
};

export const positionAccuracy: HardRule = {
  rule: 'position_accuracy',
  code: 'POSITION_INACCURATE',
  unit: 'm',
  breach: '>',
  why: 'A fix from a cell tower can be a district away.',
  check: ({ leg, worker, policy }) => {
    const accuracy = worker.position?.accuracyMetres ?? null;
    return leg.origin !== 'position' || policy.maxAccuracyMetres === null || accuracy === null
      ? passes
      : atMost(accuracy, policy.maxAccuracyMetres);
  },
};
