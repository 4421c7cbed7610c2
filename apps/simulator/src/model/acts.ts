import type { GeoPoint, ProofKind } from '#kernel';
import type { StreetPath } from './street-grid.js';
import type { Visit } from './temperament.js';

export type FieldVerb = 'depart' | 'arrive' | 'start' | 'complete' | 'fail';

/** What a phone measured. */
export interface Fix extends GeoPoint {
  accuracyMetres: number;
  heading: number | null;
  /** Metres a second. */
  speed: number;
  /** Epoch milliseconds of the business clock. */
  at: number;
}

/** What a simulated worker does with the phone next; the driver carries it out. */
export type Act =
  | { do: 'status'; status: 'available' | 'off_duty' }
  | { do: 'accept'; offerId: string; jobId: string }
  | { do: 'decline'; offerId: string; reason: string }
  | { do: 'verb'; verb: FieldVerb; jobId: string; at: number; reason?: string }
  | { do: 'prove'; kind: ProofKind; jobId: string; at: number }
  | { do: 'fix'; fix: Fix }
  | { do: 'offline' }
  | { do: 'online' };

export interface OfferSeen {
  offerId: string;
  jobId: string;
  distanceMetres: number | null;
}

/** A job as the phone shows it. */
export interface JobToDo extends GeoPoint {
  id: string;
  state: string;
  siteId: string | null;
  durationSeconds: number;
  proofRequired: readonly ProofKind[];
  /** Nobody wants to be there before, ISO 8601. */
  windowStart?: string | null;
}

export interface Trip {
  path: StreetPath;
  startedAt: number;
  speedMetresPerSecond: number;
}

export interface Task {
  job: JobToDo;
  visit: Visit;
}

/** Where a worker is in the day. Times are epoch milliseconds. */
export type Phase =
  | { kind: 'off_duty' }
  | { kind: 'idle'; since: number; trip: Trip | null }
  | { kind: 'travelling'; task: Task; trip: Trip }
  | { kind: 'at_door'; task: Task; declareAt: number }
  | { kind: 'arrived'; task: Task; startAt: number }
  | { kind: 'working'; task: Task; endAt: number };

/** Work that is promised but not begun. */
export interface Commitment {
  task: Task;
  departAt: number;
}

export const tripEndsAt = (trip: Trip): number =>
  trip.startedAt + (trip.path.lengthMetres / trip.speedMetresPerSecond) * 1_000;
