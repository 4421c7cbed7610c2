import { FullAnneal } from '../full/full-anneal.js';
import type { Instance } from '../instance/instance.js';
import { ROUNDS, type SearchResult, type SearchSpec } from './search-contract.js';

/** One annealing over the full set of rules. Islands differ by seed; the best of them is taken at the end. */
export function searchFull(instance: Instance, { seed, meter, onBetter }: SearchSpec): SearchResult {
  const anneal = new FullAnneal(instance, seed);
  anneal.start();
  let round = 0;
  anneal.run((i) => {
    const done = meter.cancelled() ? 1 : meter.used(i);
    if (done * ROUNDS >= round + 1) {
      round++;
      onBetter?.(anneal.bestCost);
    }
    return done;
  });
  return {
    tours: anneal.best,
    cost: anneal.bestCost,
    iterations: anneal.iterations,
    bounds: anneal.bestBounds,
  };
}
