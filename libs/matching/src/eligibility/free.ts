import type { Interval } from '#kernel';
import { overlaps } from '#kernel';
import { type Leg, shiftsWithOvertime } from './leg.js';
import { atLeast, atMost, type HardRule, type Measure, passes } from './verdict.js';

export const status: HardRule = {
  rule: 'status',
  code: 'NOT_AVAILABLE',
  unit: 'name',
  breach: 'not in',
  why: 'Work is offered to those who said they take it.',
  check: ({ worker, policy, leg }) => {
    if (!leg.live) return passes;
    const forward = worker.status === 'busy' && leg.origin === 'next_free';
    return {
      ok: forward || policy.statuses.includes(worker.status),
      actual: worker.status,
      limit: policy.statuses,
    };
  },
};

export const forwardReach: HardRule = {
  rule: 'forward_reach',
  code: 'FREE_TOO_LATE',
  unit: 's',
  breach: '>',
  why: 'The end of a present job is only a guess when it is far away.',
  check: ({ worker, policy, leg, now }) =>
    leg.origin !== 'next_free' || !leg.live
      ? passes
      : atMost((worker.nextFree!.at - now) / 1000, policy.maxForwardSeconds),
};

export const shift: HardRule = {
  rule: 'shift',
  code: 'SHIFT_TOO_SHORT',
  unit: 's',
  breach: '>',
  why: 'Travel and work must both end before the shift does.',
  check: ({ worker, policy, leg }) => {
    if (leg.from === null) return passes;
    const on = shiftsWithOvertime(worker, policy).find(
      (s) => s.start <= leg.departAt && leg.departAt < s.end,
    );
    const left = on ? on.end - leg.departAt : 0;
    return atMost((leg.endAt - leg.departAt) / 1000, left / 1000);
  },
};

export const timeOff: HardRule = {
  rule: 'time_off',
  code: 'TIME_OFF',
  unit: 'instant',
  breach: 'overlaps',
  why: 'Leave that was granted is kept.',
  check: ({ worker, leg }) => clearOf(worker.timeOff, leg),
};

export const busy: HardRule = {
  rule: 'busy',
  code: 'ALREADY_PROMISED',
  unit: 'instant',
  breach: 'overlaps',
  why: 'Nobody is in two places at once.',
  check: ({ worker, leg }) => clearOf(worker.busy, leg),
};

function clearOf(taken: readonly Interval[], leg: Leg): Measure {
  if (leg.from === null || taken.length === 0) return passes;
  const hit = taken.find((t) => overlaps(t, { start: leg.departAt, end: leg.endAt }));
  return hit
    ? { ok: false, actual: leg.endAt, limit: hit.start }
    : { ok: true, actual: leg.endAt, limit: null };
}

export const reachable: HardRule = {
  rule: 'arrival_window',
  code: 'ARRIVES_LATE',
  unit: 's',
  breach: '>',
  why: 'The customer was promised an arrival.',
  check: ({ leg, policy }) =>
    leg.from === null ? passes : atMost(leg.lateSeconds, policy.lateToleranceSeconds),
};

export const capacity: HardRule = {
  rule: 'capacity',
  code: 'DAY_FULL',
  unit: 'tasks',
  breach: '>',
  why: 'A day holds only so many jobs.',
  check: ({ worker }) =>
    worker.maxTasksToday === null ? passes : atMost(worker.tasksToday + 1, worker.maxTasksToday),
};

export const suspension: HardRule = {
  rule: 'suspension',
  code: 'SUSPENDED',
  unit: 'instant',
  breach: '<',
  why: 'A penalty in force means no work until it ends.',
  check: ({ worker, leg, now }) =>
    worker.suspendedUntil === null
      ? passes
      : atLeast(leg.from === null ? now : leg.departAt, worker.suspendedUntil),
};
