import type { TourGraph } from '../tour-graph.js';

/**
 * One neighbourhood. `attempt` looks at the move around job `u` and node `v` (a job, or the start of a route), makes it
 * if the priced cost falls, and answers whether it did. `gain` of the last success is kept for tests.
 */
export interface Move {
  readonly name: string;
  attempt(g: TourGraph, u: number, v: number): boolean;
}

/** Smaller gains are noise. */
export const LEAST_GAIN = 1e-6;
