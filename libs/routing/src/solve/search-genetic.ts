import { BasicAnneal } from '../basic/basic-anneal.js';
import type { BasicModel, Tours } from '../basic/basic-model.js';
import { Genetic } from '../genetic/genetic.js';
import { ROUNDS, type SearchResult, type SearchSpec } from './search-contract.js';

/**
 * Where steps bound a search, a child counts as so many steps of annealing per job: what it took at 100 and 200 jobs. It has
 * become a quarter cheaper since; the figure stays, so that a search bounded by steps finds what it found before.
 */
const STEPS_PER_CHILD = 1.6;
/** Share of the budget for the first population, and how many there are. */
const NURSERY = 0.15;
const FOUNDERS = 8;

/** A population founded by short annealings, then bred; the other island's best is taken in at every round. */
export function searchByGenetics(model: BasicModel, spec: SearchSpec): SearchResult {
  const { seed, meter, exchange, onBetter } = spec;
  const genetic = new Genetic(model, seed);
  let steps = 0;
  let best: Tours = [];
  let bestCost = Number.POSITIVE_INFINITY;
  const keep = (tours: Tours, cost: number) => {
    if (cost >= bestCost - 1e-9) return;
    best = tours;
    bestCost = cost;
  };
  const used = (more = 0) => (meter.cancelled() ? 1 : meter.used(steps + more));
  // The first founder is made even when time is up already: there is always a plan.
  for (let f = 0; f === 0 || (f < FOUNDERS && used() < 1); f++) {
    const anneal = new BasicAnneal(model, seed * 1009 + f);
    anneal.start();
    const from = used();
    const until = NURSERY * ((f + 1) / FOUNDERS);
    anneal.run((i) => (used(i) - from) / Math.max(1e-9, until - from));
    steps += anneal.iterations;
    keep(anneal.best, anneal.bestCost);
    genetic.adopt(anneal.best);
  }
  let round = 0;
  for (let done = used(); done < 1; done = used()) {
    genetic.step();
    steps += Math.round(STEPS_PER_CHILD * model.jobCount);
    keep(genetic.best, genetic.bestCost);
    if (done * ROUNDS < round + 1) continue;
    const other = exchange.swap(round++, best, bestCost);
    if (other && other.cost < bestCost - 1e-9) {
      keep(other.tours, other.cost);
      genetic.adopt(other.tours);
    }
    onBetter?.(bestCost);
  }
  return { tours: best, cost: bestCost, iterations: steps };
}
