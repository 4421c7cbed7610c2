import type { BasicModel, Tours } from '../basic/basic-model.js';

/** One solution of the population, with what its distance to others is measured by. */
export interface Individual {
  tours: Tours;
  /** Travel plus priced violations at the time it was made. */
  cost: number;
  feasible: boolean;
  next: number[];
  prev: number[];
}

export function individual(model: BasicModel, tours: Tours, cost: number, feasible: boolean): Individual {
  // Plain arrays: short-lived typed ones cost a buffer outside the heap each.
  const next = new Array<number>(model.jobCount).fill(-1);
  const prev = new Array<number>(model.jobCount).fill(-1);
  for (const tour of tours) {
    for (let k = 1; k < tour.length; k++) {
      next[tour[k - 1]] = tour[k];
      prev[tour[k]] = tour[k - 1];
    }
  }
  return { tours, cost, feasible, next, prev };
}

/** Broken-pairs distance (Prins 2009): share of jobs that follow, or are followed by, another one. */
export function distance(a: Individual, b: Individual): number {
  let broken = 0;
  const n = a.next.length;
  for (let j = 0; j < n; j++) {
    if (a.next[j] !== b.next[j] && a.next[j] !== b.prev[j]) broken++;
    if (a.prev[j] === -1 && b.prev[j] !== -1 && b.next[j] !== -1) broken++;
  }
  return broken / n;
}
