import { BasicAnneal, mixedFleetAnneal } from '../basic/basic-anneal.js';
import type { BasicModel } from '../basic/basic-model.js';
import { ROUNDS, type SearchResult, type SearchSpec } from './search-contract.js';

/** From here on (share of the budget) an island that has fallen behind goes on from the leader's best. */
const FOLLOW_FROM = 0.5;

/** One long annealing; in its second half it moves to the other island's best when that is better. */
export function searchByAnnealing(
  model: BasicModel,
  { seed, meter, exchange, onBetter }: SearchSpec,
): SearchResult {
  const anneal = new BasicAnneal(model, seed, mixedFleetAnneal);
  anneal.start();
  let round = 0;
  let told = Number.POSITIVE_INFINITY;
  anneal.run((i) => {
    const done = meter.cancelled() ? 1 : meter.used(i);
    if (done < 1 && done * ROUNDS >= round + 1) {
      const other = exchange.swap(round++, anneal.best, anneal.bestCost);
      if (other && done >= FOLLOW_FROM && other.cost < anneal.bestCost - 1e-7) anneal.adopt(other.tours);
      if (anneal.bestCost < told) {
        told = anneal.bestCost;
        onBetter?.(told);
      }
    }
    return done;
  });
  return { tours: anneal.best, cost: anneal.bestCost, iterations: anneal.iterations };
}
