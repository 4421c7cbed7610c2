import type { GeoPoint } from '#kernel';

/** [from, to], seconds from one origin that the whole problem shares (midnight, the epoch, …). */
export type Span = [number, number];

/** One day of one team: who can go, what is to be done, how long the way takes, what is a good plan. */
export interface RoutingProblem {
  /** Places by index; needed when travel is not a matrix. */
  locations?: GeoPoint[];
  travel: Travel;
  workers: RoutingWorker[];
  jobs: RoutingJob[];
  objective?: Partial<Objective>;
  /** The plan of record: what stability is measured against, and where a search may start. */
  current?: CurrentRoute[];
}

export type Travel = MatrixTravel | StraightLineTravel;

/** Row = from, column = to; metres only where distance is limited or shown. */
export interface MatrixTravel {
  kind: 'matrix';
  durations: number[][];
  distances?: number[][];
  profile?: DayProfile;
  /** Set when some legs are a straight-line stand-in because the provider did not answer. */
  approximate?: boolean;
}

/** Haversine x detour factor at a constant speed. */
export interface StraightLineTravel {
  kind: 'straight_line';
  metresPerSecond: number;
  detourFactor: number;
  profile?: DayProfile;
}

/** Speed by time of day: from `from` seconds on, speed is `factor` times that of the matrix. First slot covers all before. */
export type DayProfile = { from: number; factor: number }[];

export interface RoutingWorker {
  id: string;
  /** Index of the place where the day begins. */
  start: number;
  /** Where it ends; absent or null: wherever the last stop is (open end). */
  end?: number | null;
  shift: Span;
  /** Seconds past the shift's end that may be worked, at a price. */
  overtimeSeconds?: number;
  breaks?: Break[];
  skills?: string[];
  capacity?: number[];
  maxTasks?: number;
  maxTravelSeconds?: number;
  maxTravelMetres?: number;
  /** Multiplies every job's service time; 1 = as stated. */
  serviceFactor?: number;
  /** How many people go: 2 or more is a crew. */
  people?: number;
  payPerHour?: number;
  /** Stops of a route under way that stay first, in this order, whatever else happens. */
  frozen?: FrozenStop[];
  /** Nothing new begins before this (now, for a day under way). */
  readyAt?: number;
}

/** A break begins inside its window and is taken between stops. It is owed if work goes on past the window's end. */
export interface Break {
  window: Span;
  seconds: number;
}

/** A stop that is done, being done, or promised: with its true or expected times if they are known. */
export interface FrozenStop {
  job: string;
  start?: number;
  end?: number;
}

export interface RoutingJob {
  id: string;
  location: number;
  /** Arrival windows: service starts in one of them. Absent: any time. */
  windows?: Span[];
  /** A window may be missed by starting up to this much after its end, at a price. */
  lateSeconds?: number;
  serviceSeconds: number;
  /** Parking and unloading on arrival, before service; not needed when the last stop was at the same place. */
  setupSeconds?: number;
  skills?: string[];
  /** 0 … 100, higher matters more. */
  priority?: number;
  /** Taken from the worker's start, handed over here. */
  delivery?: number[];
  /** Taken here, brought to the worker's end. */
  pickup?: number[];
  /** This job delivers what that job picks up: same worker, that one first. */
  pickupJob?: string;
  /** 2: two people at once, either one crew or two workers who start together. */
  people?: number;
  pairing?: 'crew' | 'synchronised';
  /** Jobs that have to be finished before this one starts, by whomever. */
  after?: string[];
  lock?: Lock;
  preferredWorkers?: string[];
  blockedWorkers?: string[];
}

/** The four kinds: { at }, { worker }, { worker, between }, { worker, at }. A locked time replaces the windows. */
export interface Lock {
  worker?: string;
  at?: number;
  between?: Span;
}

export interface CurrentRoute {
  worker: string;
  jobs: string[];
}

/** Prices. Unassigned jobs come first whatever the rest costs; lateness is priced to come second. */
export interface Objective {
  /** Which unassigned jobs are worse: the fewest (then priority), or the most urgent (then the number). */
  unassigned: 'count_first' | 'priority_first';
  latePerSecond: number;
  travelPerSecond: number;
  travelPerMetre: number;
  waitingPerSecond: number;
  overtimePerSecond: number;
  /** Price of unequal working hours: per hour² of each worker, halved. */
  balanceHours: number;
  /** The same over pay: per pay unit², halved. */
  balancePay: number;
  /** Price of each stop that changes worker or order against `current` (synchronised jobs aside). */
  movedStop: number;
  notPreferred: number;
}

export const defaultObjective: Objective = {
  unassigned: 'priority_first',
  latePerSecond: 1000,
  travelPerSecond: 1,
  travelPerMetre: 0,
  waitingPerSecond: 0,
  overtimePerSecond: 2,
  balanceHours: 0,
  balancePay: 0,
  movedStop: 0,
  notPreferred: 300,
};
