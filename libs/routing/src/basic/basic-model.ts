/**
 * The plain problem: everything whose feasibility is a chain of "earliest departure" and "latest arrival".
 * Jobs are nodes 0 … jobCount-1; the start and end of each worker are nodes after them (an open end is a node that
 * costs nothing to reach). All times are seconds, all matrices row-major over nodes.
 */
export interface BasicModel {
  jobCount: number;
  nodeCount: number;
  workerCount: number;
  /** What is minimised: travel from row to column, and the same matrix transposed. */
  cost: Float64Array;
  costTo: Float64Array;
  /** Seconds from departure at the row to readiness at the column (travel and set-up), and its transpose. */
  time: Float64Array;
  timeTo: Float64Array;
  /** Service seconds at factor 1. */
  service: Float64Array;
  /** Windows of job j: opens/closes[windowFrom[j] … windowFrom[j + 1] - 1], in order, disjoint. */
  windowFrom: Int32Array;
  opens: Float64Array;
  closes: Float64Array;
  /** First opening and last closing of each job. */
  firstOpen: Float64Array;
  lastClose: Float64Array;
  dimensions: number;
  /** demand[j * dimensions + d]: what a route carries for the job, all day. */
  demand: Float64Array;
  startNode: Int32Array;
  endNode: Int32Array;
  shiftStart: Float64Array;
  shiftEnd: Float64Array;
  capacity: Float64Array;
  maxTasks: Int32Array;
  /** Limit on the route's cost (its travel); Infinity when there is none. */
  maxTravel: Float64Array;
  serviceFactor: Float64Array;
  /** Workers of one kind are interchangeable: only one idle worker of a kind needs to be looked at. */
  kind: Int32Array;
  /** allowed[j * workerCount + w] = 1 when worker w may do job j (skills, locks, reach). */
  allowed: Uint8Array;
  /** Price of giving job j to worker w (preferred worker, moved stop); null when all are zero. */
  bias: Float64Array | null;
  /** Price of leaving job j undone; any of them outweighs all travel. */
  unassigned: Float64Array;
}

/** A solution: for each worker the jobs in order. */
export type Tours = number[][];

/** The earliest start at or after `t` inside a window of job `j`, or Infinity. */
export function startAtOrAfter(m: BasicModel, j: number, t: number): number {
  for (let w = m.windowFrom[j]; w < m.windowFrom[j + 1]; w++) {
    if (t <= m.closes[w]) return Math.max(t, m.opens[w]);
  }
  return Number.POSITIVE_INFINITY;
}

/** The latest start at or before `t` inside a window of job `j`, or -Infinity. */
export function startAtOrBefore(m: BasicModel, j: number, t: number): number {
  for (let w = m.windowFrom[j + 1] - 1; w >= m.windowFrom[j]; w--) {
    if (t >= m.opens[w]) return Math.min(t, m.closes[w]);
  }
  return Number.NEGATIVE_INFINITY;
}
