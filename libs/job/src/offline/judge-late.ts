import type { LateVerdict } from '#platform';
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
  workerId: string | null;
  /** Corrected for the phone's clock. */
  occurredAt: Date;
}

export type ParkCode =
  | 'OTHER_WORKER'
  | 'EARLIER_VISIT'
  | 'ILLEGAL_TRANSITION'
  | 'UNDO_WINDOW_OVER'
  | 'CHANGED_UNDER_WAY';

/** How far the clocks of phone and server may differ before it matters, milliseconds. */
const CLOCK_TOLERANCE_MS = 120_000;
/** A worker who acted without knowing these may have been at another door, or doing another thing. */
const DECISIVE: readonly string[] = ['siteId', 'lat', 'lon', 'address', 'serviceTypeId', 'requiredWorkerId'];

const park = (code: ParkCode, detail: string): LateVerdict => ({ do: 'park', code, detail });

const isJobEvent = (kind: string): kind is JobEvent => (JOB_EVENTS as string[]).includes(kind);

/** Whether what a phone recorded about a job some time ago can still be done as it was meant. */
export function judgeLate(
  { kind, workerId, occurredAt }: LateOperation,
  job: JobNow,
  /** Fields that others changed since the version the worker saw. */
  changedByOthers: readonly string[],
): LateVerdict {
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
