import { type GeoPoint, type Interval, type WorkerStatus } from '#kernel';

/** The last trusted fix of a worker's phone. */
export interface LatestPosition extends GeoPoint {
  accuracyMetres: number | null;
  /** Degrees clockwise from north. */
  heading: number | null;
  /** Metres a second. */
  speed: number | null;
  fixAt: Date;
  receivedAt: Date;
  areaId: string | null;
}

export interface HeldSkill {
  skill: string;
  level: number;
  validUntil: Date | null;
}

/** A worker with everything that matching needs, read in a few statements. */
export interface Candidate {
  id: string;
  userId: string | null;
  name: string;
  status: WorkerStatus;
  homeAreaIds: string[];
  languages: string[];
  equipment: string[];
  vehicle: string | null;
  maxOpenAssignments: number | null;
  dayTaskLimit: number | null;
  rating: number | null;
  qualityScore: number | null;
  suspendedUntil: Date | null;
  /** null = the phone has never reported, or its last fix is not to be believed. */
  position: LatestPosition | null;
  /** From the asked point, as the crow flies; null = no position, or no point was asked. */
  distanceMetres: number | null;
  skills: HeldSkill[];
  /** Working hours within the asked range, time off taken out. */
  shifts: Interval[];
  timeOff: Interval[];
}

export interface CandidateQuery {
  /** Measure from here. With `radiusMetres` only workers whose position is within it are answered. */
  point?: GeoPoint;
  radiusMetres?: number;
  /** Only workers who serve this area (home areas contain it, or are empty). */
  areaId?: string;
  /** Only these. */
  workerIds?: readonly string[];
  /** Default: whoever is available, busy or on a break. */
  statuses?: readonly WorkerStatus[] | 'any';
  /** For which stretch of time shifts are worked out. Default: from 1 h ago to 36 h from now. */
  range?: Interval;
}
