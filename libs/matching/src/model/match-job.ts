import type { GeoPoint, Interval } from '#kernel';

/** A skill the job asks for. `level` 1 means "has it at all". */
export interface RequiredSkill {
  skill: string;
  level: number;
}

/**
 * One visit that needs somebody. All times are epoch milliseconds, all durations carry their unit.
 * Lists may be empty, which always means "no such restriction".
 */
export interface MatchJob {
  id: string;
  point: GeoPoint;
  /** Promised arrival: the work should start inside [start, end]. */
  arrivalWindow: Interval;
  /** Work on the site, without travel. */
  durationSeconds: number;
  skills: RequiredSkill[];
  /** Vehicle or tools the worker must bring. */
  equipment: string[];
  /** 0 = ordinary; each step up makes leaving it unassigned dearer. */
  priority: number;
  /** Service areas the site lies in; a worker must serve at least one. */
  areaIds: string[];
  blockedWorkerIds: string[];
  /** Not empty: only these may go. */
  requiredWorkerIds: string[];
  /** Wished for by the customer, not demanded. */
  preferredWorkerIds: string[];
  /** Who has been here before, most usual first (continuity). */
  usualWorkerIds: string[];
  /** BCP 47 primary tag ('en', 'zh') the customer speaks, null = any. */
  customerLanguage: string | null;
  /** People, firms or communities this job must stay independent of. */
  conflictIds: string[];
  createdAt: number;
}
