import { isUniform } from '../genetic/eligible.js';
import type { Instance } from '../instance/instance.js';
import { needsRich, plainModel } from '../instance/plain-model.js';
import type { Tours } from '../plain/model.js';
import type { ClockBounds } from '../schedule/clock.js';
import type { Meter } from './budget.js';
import type { Exchange } from './exchange.js';
import { searchByAnnealing } from './search-annealing.js';
import { searchByGenetics } from './search-genetic.js';
import { searchRich } from './search-rich.js';

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

/** One island: searches an instance from scratch until the meter is full. */
export function search(instance: Instance, spec: SearchSpec): SearchResult {
  if (needsRich(instance) !== undefined) return searchRich(instance, spec);
  const model = plainModel(instance);
  return isUniform(model) ? searchByGenetics(model, spec) : searchByAnnealing(model, spec);
}
