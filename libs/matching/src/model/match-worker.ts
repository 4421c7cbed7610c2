import { type GeoPoint, type Interval, type WorkerStatus } from '#kernel';

/** The last fix of a phone. */
export interface WorkerPosition extends GeoPoint {
  /** When the fix was taken, epoch milliseconds. */
  fixedAt: number;
  /** Radius of the 68 % circle as phones report it, metres; null = not reported. */
  accuracyMetres: number | null;
}

export interface HeldSkill {
  skill: string;
  level: number;
  /** Certificate valid until, epoch milliseconds; null = does not expire. */
  expiresAt: number | null;
}

/** Where and when a worker who is on a job will be free again. */
export interface NextFree {
  point: GeoPoint;
  at: number;
}

/** Somebody who might go. Times are epoch milliseconds; `null` means "not known" or "no limit", as each field says. */
export interface MatchWorker {
  id: string;
  status: WorkerStatus;
  /** null = the phone has never reported. */
  position: WorkerPosition | null;
  /** Where the shift starts; the start of travel for jobs beyond the policy's live horizon. null = use the position. */
  base: GeoPoint | null;
  areaIds: string[];
  /** The worker's own reach; null = the policy's radius alone. */
  maxRadiusMetres: number | null;
  skills: HeldSkill[];
  equipment: string[];
  languages: string[];
  /** What is left of the shifts, in any order. */
  shifts: Interval[];
  timeOff: Interval[];
  /** Work already promised: the assignments held, travel included where it is known. */
  busy: Interval[];
  /** Forward dispatch: set while the worker is on a job. null = free where `position` says. */
  nextFree: NextFree | null;
  /** Where the worker must be after the next gap (the stop that follows), for the detour term. null = nowhere. */
  nextStop: GeoPoint | null;
  /** Done plus assigned today. */
  tasksToday: number;
  /** null = no limit. */
  maxTasksToday: number | null;
  /** null = never: counts as idle since the start of the shift. */
  lastAssignedAt: number | null;
  /** Mean of customers' stars, 0..5; null = not rated yet. */
  rating: number | null;
  /** From inspections, 0..100; null = not inspected yet. */
  qualityScore: number | null;
  /** People, firms or communities this worker is tied to. */
  conflictIds: string[];
  /** A penalty keeps the worker off work until then; null = not suspended. */
  suspendedUntil: number | null;
}
