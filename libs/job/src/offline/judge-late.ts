import { edgeOf, JOB_EVENTS, type JobEvent, type JobState, nextState } from '../lifecycle/job-states.js';

/** A job as the judgement of a late operation needs it. */
export interface JobNow {
  state: JobState;
  pausedFrom: JobState | null;
  workerId: string | null;
  assignedAt: Date | null;
}

export interface LateOperation {
  kind: string;
  workerId: string;
  /** Corrected for the phone's clock. */
  occurredAt: Date;
}

export interface Circumstances {
  job: JobNow;
  now: Date;
  /** An earlier operation of this phone on this job waits for a person. */
  behind: boolean;
  /** The worker is suspended now; when they did it is only their word. */
  suspended: boolean;
  /** Fields that others changed since the version the worker saw. */
  changedByOthers: readonly string[];
}

export type ParkCode =
  | 'BEHIND_CONFLICT'
  | 'TOO_OLD'
  | 'OTHER_WORKER'
  | 'EARLIER_VISIT'
  | 'ILLEGAL_TRANSITION'
  | 'UNDO_WINDOW_OVER'
  | 'CHANGED_UNDER_WAY'
  | 'SUSPENDED';

export type LateVerdict =
  | { do: 'apply' }
  /** Somebody else did the same already; there is nothing left to do and nothing to quarrel about. */
  | { do: 'nothing' }
  | { do: 'park'; code: ParkCode; detail: string };

/** Commands are remembered this long; what is older could be a repetition nobody recognises, days. */
const OLDEST_DAYS = 30;
/** How far the clocks of phone and server may differ before it matters, milliseconds. */
const CLOCK_TOLERANCE_MS = 120_000;
/** A worker who acted without knowing these may have been at another door, or doing another thing. */
const DECISIVE: readonly string[] = ['siteId', 'lat', 'lon', 'address', 'serviceTypeId', 'requiredWorkerId'];

const park = (code: ParkCode, detail: string): LateVerdict => ({ do: 'park', code, detail });

export const isJobEvent = (kind: string): kind is JobEvent => (JOB_EVENTS as string[]).includes(kind);

/** Whether what a phone recorded some time ago can still be done as it was meant. */
export function judgeLate(
  operation: LateOperation,
  { job, now, behind, suspended, changedByOthers }: Circumstances,
): LateVerdict {
  const { kind, workerId, occurredAt } = operation;
  if (behind) return park('BEHIND_CONFLICT', 'An earlier operation on this job waits to be resolved.');
  if (suspended) return park('SUSPENDED', 'The worker is suspended.');
  if (now.getTime() - occurredAt.getTime() > OLDEST_DAYS * 86_400_000)
    return park('TOO_OLD', `It was recorded more than ${OLDEST_DAYS} days ago.`);
  if (job.workerId !== workerId)
    return park(
      'OTHER_WORKER',
      job.workerId ? 'Another worker holds the job now.' : 'The job was taken back.',
    );
  if (job.assignedAt && occurredAt.getTime() < job.assignedAt.getTime() - CLOCK_TOLERANCE_MS)
    return park('EARLIER_VISIT', 'It was recorded before the job was assigned as it is now.');
  if (!isJobEvent(kind)) return { do: 'apply' };
  if (nextState(job, kind) === null)
    return job.state === edgeOf(kind).to
      ? { do: 'nothing' }
      : park('ILLEGAL_TRANSITION', `The job is ${job.state}, so "${kind}" is not possible.`);
  const decisive = changedByOthers.filter((field) => DECISIVE.includes(field));
  if (decisive.length > 0)
    return park('CHANGED_UNDER_WAY', `Meanwhile somebody changed: ${decisive.join(', ')}.`);
  return { do: 'apply' };
}

/** When an operation happened by the server's clock: shifted by what the phone's clock was off when it sent the batch. */
export function correctedTime(times: { occurredAt: Date; sentAt?: Date | null; now: Date }): Date {
  const { occurredAt, sentAt, now } = times;
  const offMs = sentAt ? now.getTime() - sentAt.getTime() : 0;
  return Math.abs(offMs) > CLOCK_TOLERANCE_MS ? new Date(occurredAt.getTime() + offMs) : occurredAt;
}
