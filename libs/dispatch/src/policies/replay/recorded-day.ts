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
  /** The job as the engine sees it for as long as its promise can be kept; see `jobAt`. */
  seen: MatchJob;
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
  /** When the worker accepted offers. */
  onDuty: Interval[];
  /** Trusted fixes, oldest first, as `packFixes` lays them down. */
  fixes: Float64Array;
  maxOpenAssignments: number | null;
}

const DAY_MS = 86_400_000;

/** The job as the engine sees it at `now`. Without a promise, or with a broken one, it should simply be soon. */
export function jobAt({ seen, promisedBy }: RecordedJob, now: number): MatchJob {
  const end = promisedBy !== null && promisedBy > now ? promisedBy : now + DAY_MS;
  return { ...seen, arrivalWindow: { start: seen.arrivalWindow.start, end } };
}

export interface RecordedFix extends GeoPoint {
  at: number;
  accuracyMetres: number | null;
}

const NUMBERS = 4;

/** A week of a hundred workers is a million fixes: as numbers they are handed from thread to thread at once. */
export function packFixes(fixes: readonly RecordedFix[]): Float64Array {
  const packed = new Float64Array(NUMBERS * fixes.length);
  fixes.forEach(({ at, lat, lon, accuracyMetres }, i) => {
    packed.set([at, lat, lon, accuracyMetres ?? Number.NaN], NUMBERS * i);
  });
  return packed;
}

export const fixCount = (packed: Float64Array): number => packed.length / NUMBERS;

export function fixAt(packed: Float64Array, i: number): RecordedFix {
  const [at, lat, lon, accuracy] = packed.subarray(NUMBERS * i, NUMBERS * (i + 1));
  return { at: at!, lat: lat!, lon: lon!, accuracyMetres: Number.isNaN(accuracy!) ? null : accuracy! };
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
