import { type FieldError, type Interval, Invalid, isGeoPoint, WORKER_STATUSES } from '#kernel';
import type { MatchJob } from './match-job.js';
import { type MatchPolicy, SCORE_TERMS, SELECTION_MODES } from './match-policy.js';
import { type MatchWorker } from './match-worker.js';

/** Collects every fault of an object before it throws them together. */
class Faults {
  private readonly errors: FieldError[] = [];

  check(ok: boolean, field: string, message: string, limit?: string | number): void {
    if (!ok) this.errors.push(limit === undefined ? { field, message } : { field, message, limit });
  }

  atLeast(value: number | null, least: number, field: string): void {
    this.check(
      value === null || (Number.isFinite(value) && value >= least),
      field,
      `must be a number, ${least} or more`,
      least,
    );
  }

  instant(value: number | null, field: string): void {
    this.check(value === null || Number.isFinite(value), field, 'must be an instant in milliseconds');
  }

  intervals(list: readonly Interval[], field: string): void {
    list.forEach((i, at) => {
      this.check(i.start <= i.end, `${field}[${at}].end`, 'must not be before the start', i.start);
    });
  }

  unique(names: readonly string[], field: string): void {
    const seen = new Set<string>();
    names.forEach((name, at) => {
      this.check(!seen.has(name), `${field}[${at}]`, `"${name}" is there twice`);
      seen.add(name);
    });
  }

  done(): void {
    if (this.errors.length > 0) throw new Invalid(this.errors);
  }
}

/** Throws Invalid naming every field that makes no sense. */
export function validateJob(job: MatchJob): void {
  const faults = new Faults();
  faults.check(isGeoPoint(job.point), 'point', 'is not a place');
  faults.check(
    job.arrivalWindow.start <= job.arrivalWindow.end,
    'arrivalWindow.end',
    'must not be before the start',
    job.arrivalWindow.start,
  );
  faults.instant(job.createdAt, 'createdAt');
  faults.atLeast(job.durationSeconds, 0, 'durationSeconds');
  faults.atLeast(job.priority, 0, 'priority');
  job.skills.forEach((s, i) => {
    faults.atLeast(s.level, 1, `skills[${i}].level`);
  });
  faults.unique(
    job.skills.map((s) => s.skill),
    'skills',
  );
  const unwanted = new Set(job.blockedWorkerIds);
  job.requiredWorkerIds.forEach((id, i) => {
    faults.check(!unwanted.has(id), `requiredWorkerIds[${i}]`, `"${id}" is blocked as well`);
  });
  faults.done();
}

/** Throws Invalid naming every field that makes no sense. */
export function validateWorker(worker: MatchWorker): void {
  const faults = new Faults();
  faults.check(
    WORKER_STATUSES.includes(worker.status),
    'status',
    `"${worker.status}" is not one`,
    WORKER_STATUSES.join(', '),
  );
  for (const field of ['position', 'base', 'nextStop'] as const)
    faults.check(worker[field] === null || isGeoPoint(worker[field]), field, 'is not a place');
  if (worker.nextFree) {
    faults.check(isGeoPoint(worker.nextFree.point), 'nextFree.point', 'is not a place');
    faults.instant(worker.nextFree.at, 'nextFree.at');
  }
  if (worker.position) {
    faults.instant(worker.position.fixedAt, 'position.fixedAt');
    faults.atLeast(worker.position.accuracyMetres, 0, 'position.accuracyMetres');
  }
  for (const field of ['shifts', 'timeOff', 'busy'] as const) faults.intervals(worker[field], field);
  for (const field of ['maxRadiusMetres', 'tasksToday', 'maxTasksToday', 'rating', 'qualityScore'] as const)
    faults.atLeast(worker[field], 0, field);
  for (const field of ['lastAssignedAt', 'suspendedUntil'] as const) faults.instant(worker[field], field);
  worker.skills.forEach((s, i) => {
    faults.atLeast(s.level, 1, `skills[${i}].level`);
    faults.instant(s.expiresAt, `skills[${i}].expiresAt`);
  });
  faults.unique(
    worker.skills.map((s) => s.skill),
    'skills',
  );
  faults.done();
}

/** Throws Invalid naming every field that makes no sense. */
export function validatePolicy(policy: MatchPolicy): void {
  const faults = new Faults();
  faults.check(
    SELECTION_MODES.includes(policy.mode),
    'mode',
    `"${policy.mode}" is not one`,
    SELECTION_MODES.join(', '),
  );
  faults.atLeast(policy.travel.detourFactor, 1, 'travel.detourFactor');
  faults.check(
    policy.travel.speedMetresPerSecond > 0,
    'travel.speedMetresPerSecond',
    'must be more than 0',
    0,
  );
  faults.atLeast(policy.travel.overheadSeconds, 0, 'travel.overheadSeconds');
  for (const field of [
    'radiusMetres',
    'maxPositionAgeSeconds',
    'maxAccuracyMetres',
    'maxForwardSeconds',
    'liveHorizonSeconds',
    'lateToleranceSeconds',
    'overtimeToleranceSeconds',
  ] as const)
    faults.atLeast(policy[field], 0, field);
  for (const field of ['broadcastCount', 'candidatesPerJob'] as const)
    faults.check(
      Number.isInteger(policy[field]) && policy[field] >= 1,
      field,
      'must be a whole number, 1 or more',
      1,
    );
  for (const term of SCORE_TERMS)
    faults.check(Number.isFinite(policy.weights[term]), `weights.${term}`, 'must be a number');
  policy.waves.forEach((wave, i) => {
    faults.atLeast(wave.radiusMetres, 0, `waves[${i}].radiusMetres`);
    faults.atLeast(wave.bestCount, 1, `waves[${i}].bestCount`);
    faults.atLeast(wave.waitSeconds, 0, `waves[${i}].waitSeconds`);
  });
  for (const [field, value] of Object.entries(policy.unassignedPrice))
    faults.check(Number.isFinite(value), `unassignedPrice.${field}`, 'must be a number');
  faults.done();
}
