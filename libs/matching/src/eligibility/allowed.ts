import { type HardRule, passes } from './verdict.js';

export const blockedWorker: HardRule = {
  rule: 'blocked_worker',
  code: 'BLOCKED_WORKER',
  unit: 'id',
  breach: 'in',
  why: 'The customer or the desk said: not this person again.',
  check: ({ job, worker }) =>
    job.blockedWorkerIds.length === 0
      ? passes
      : { ok: !job.blockedWorkerIds.includes(worker.id), actual: worker.id, limit: job.blockedWorkerIds },
};

export const requiredWorker: HardRule = {
  rule: 'required_worker',
  code: 'OTHER_WORKER_REQUIRED',
  unit: 'id',
  breach: 'not in',
  why: 'The job was promised to somebody by name.',
  check: ({ job, worker }) =>
    job.requiredWorkerIds.length === 0
      ? passes
      : { ok: job.requiredWorkerIds.includes(worker.id), actual: worker.id, limit: job.requiredWorkerIds },
};

export const conflictOfInterest: HardRule = {
  rule: 'conflict_of_interest',
  code: 'CONFLICT_OF_INTEREST',
  unit: 'name',
  breach: 'in',
  why: 'An inspector does not inspect friends, family or their own firm.',
  check: ({ job, worker }) => {
    if (job.conflictIds.length === 0 || worker.conflictIds.length === 0) return passes;
    const shared = worker.conflictIds.filter((id) => job.conflictIds.includes(id));
    return shared.length === 0
      ? { ok: true, actual: null, limit: job.conflictIds }
      : { ok: false, actual: shared, limit: job.conflictIds, subject: shared.join(', ') };
  },
};
