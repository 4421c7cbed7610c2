import { defineFact, type Fact } from '../facts/fact.js';

/** About a job, unless `subjectType` says otherwise. */
interface OfConflict {
  conflictId: string;
  jobId: string | null;
  workerId: string | null;
  areaId: string | null;
  /** Where it is about anything but a job. */
  subjectType?: string;
  subjectId?: string;
  /** Whose phone recorded it, where that is no worker's. */
  userId?: string;
}

export interface ConflictParked extends OfConflict {
  verb: string;
  code: string;
  /** Of the subject. */
  state: string;
}

export interface ConflictResolved extends OfConflict {
  choice: string;
  reason: string | null;
}

/** The worker or user concerned sees it whole. */
const recorder = {
  workers: ({ data }: Fact<OfConflict>) => (data.workerId ? { [data.workerId]: data } : {}),
  users: ({ data }: Fact<OfConflict>) => (data.userId ? { [data.userId]: data } : {}),
};

export const conflictParked = defineFact<ConflictParked>('conflict.parked', { office: 'whole', ...recorder });
export const conflictResolved = defineFact<ConflictResolved>('conflict.resolved', {
  office: 'whole',
  ...recorder,
});
