import type { Tours } from '../basic/basic-model.js';
import type { ClockBounds } from '../schedule/clock.js';
import type { Meter } from './budget.js';
import type { Exchange } from './exchange.js';

export interface SearchSpec {
  seed: number;
  meter: Meter;
  exchange: Exchange;
  onBetter?: (cost: number) => void;
}

export interface SearchResult {
  tours: Tours;
  cost: number;
  /** In steps of annealing; a child of the genetic search counts as many as it takes time. */
  iterations: number;
  /** Agreed moments between routes that the timetable has to keep; absent when routes do not depend on each other. */
  bounds?: ClockBounds;
}

/** Islands show each other their best this many times. */
export const ROUNDS = 20;
