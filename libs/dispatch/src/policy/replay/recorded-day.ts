import type { GeoPoint, Interval } from '#kernel';
import type { MatchJob, MatchWorker } from '#matching';

/** All times are epoch milliseconds. What the log knows of a stretch of time, as plain objects. */
export interface RecordedDay {
  from: number;
  to: number;
  jobs: RecordedJob[];
  workers: RecordedWorker[];
  answers: RecordedAnswers;
}

export interface RecordedJob {
  id: string;
  serviceTypeId: string | null;
  createdAt: number;
  /** Nobody was looked for after this: cancelled, or the search was over; null = to the end. */
  searchEndsAt: number | null;
  /** The end of the promised window, or the deadline; null = nothing was promised. */
  promisedBy: number | null;
  /** As measured from start to completion; null = not known, the planned duration stands in. */
  workedSeconds: number | null;
  /** The job as the engine sees it at `now`. */
  at(now: number): MatchJob;
  /** What really came of it. */
  outcome: RecordedOutcome | null;
}

export interface RecordedOutcome {
  workerId: string;
  assignedAt: number;
  /** As estimated when it was given. */
  travelSeconds: number;
  /** null = never got there. */
  arrivedAt: number | null;
}

export interface RecordedWorker {
  id: string;
  /** Skills, shifts, areas and the like; status, position and work are the replay's own. */
  base: MatchWorker;
  /** When he took offers. */
  onDuty: Interval[];
  /** Trusted fixes, oldest first. */
  fixes: (GeoPoint & { at: number; accuracyMetres: number | null })[];
  maxOpenAssignments: number | null;
}

/** How offers were answered. */
export interface RecordedAnswers {
  /** Of those answered or let pass, how many were accepted, 0..1. */
  acceptedShare: number;
  /** From offer to acceptance, the median. */
  answerSeconds: number;
  /** On how many offers this rests. */
  offers: number;
}
