import type { BoardAssignment, Job } from '../../api/types';

/** Whose row, and setting off, epoch milliseconds. */
export interface Target {
  workerId: string;
  startsAt: number;
}

/** Work that can be put on a row. */
export interface Movable {
  jobId: string;
  /** Empty for those who may not know it. */
  address: string;
  /** What it takes of a row, milliseconds. */
  length: number;
  /** Where it is now; null for open work, which nobody has. */
  held: (Target & { assignmentId: string }) | null;
}

export const visitOf = ({ id, jobId, workerId, startsAt, endsAt, job }: BoardAssignment): Movable => ({
  jobId,
  address: job.address ?? '',
  length: Date.parse(endsAt) - Date.parse(startsAt),
  held: { assignmentId: id, workerId, startsAt: Date.parse(startsAt) },
});

export const openWork = ({ id, address, durationSeconds }: Job): Movable => ({
  jobId: id,
  address,
  length: durationSeconds * 1_000,
  held: null,
});
