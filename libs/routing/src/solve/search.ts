import type { Instance } from '../instance/instance.js';
import { needsRich, plainModel } from '../instance/plain-model.js';
import { Anneal } from '../plain/anneal.js';
import type { Tours } from '../plain/model.js';
import type { Meter } from './budget.js';

export interface SearchSpec {
  seed: number;
  meter: Meter;
  onBetter?: (cost: number) => void;
}

export interface SearchResult {
  tours: Tours;
  cost: number;
  iterations: number;
}

/** One island: searches an instance from scratch until the meter is full. */
export function search(instance: Instance, { seed, meter }: SearchSpec): SearchResult {
  if (needsRich(instance) !== undefined) throw new Error('not yet');
  const anneal = new Anneal(plainModel(instance), seed);
  anneal.start();
  anneal.run((i) => (meter.cancelled() ? 1 : meter.used(i)));
  return { tours: anneal.best, cost: anneal.bestCost, iterations: anneal.iterations };
}
