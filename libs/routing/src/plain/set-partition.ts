import type { PooledRoute } from './route-pool.js';

/**
 * Recombines pooled routes: each job in exactly one chosen route, no kind of worker more often than there are workers
 * of it, least total cost (the set-partitioning formulation of Balinski & Quandt 1964). Dual prices come from
 * subgradient ascent (Held, Wolfe & Crowder 1974); they give a lower bound, throw out every route whose reduced
 * cost exceeds the gap, and guide a depth-first search over what is left.
 */
export interface PartitionProblem {
  jobCount: number;
  /** How many workers there are of each kind. */
  kindCount: Int32Array;
  routes: PooledRoute[];
  /** Cost to beat. */
  incumbent: number;
  /** Price of leaving a job out; such a column always exists. */
  unassigned: Float64Array;
}

export interface PartitionLimits {
  ascentSteps: number;
  searchNodes: number;
}

export interface Partition {
  chosen: PooledRoute[];
  cost: number;
  lowerBound: number;
}

export function partition(problem: PartitionProblem, limits: PartitionLimits): Partition {
  const duals = ascend(problem, limits.ascentSteps);
  const kept = survivors(problem, duals);
  const found = kept.length > 0 ? depthFirst(problem, duals, kept, limits.searchNodes) : undefined;
  return {
    chosen: found?.chosen ?? [],
    cost: found?.cost ?? Number.POSITIVE_INFINITY,
    lowerBound: duals.bound,
  };
}

interface Duals {
  /** Price of each job, and (not above zero) of each kind of worker. */
  job: Float64Array;
  kind: Float64Array;
  bound: number;
}

/** Maximises the Lagrangian bound: sum of job prices, plus kinds, plus the negative reduced costs. */
function ascend(
  { jobCount, kindCount, routes, incumbent, unassigned }: PartitionProblem,
  steps: number,
): Duals {
  const job = new Float64Array(jobCount);
  const kind = new Float64Array(kindCount.length);
  // A first guess: each job pays its share of the cheapest route that serves it.
  job.fill(Number.POSITIVE_INFINITY);
  for (const route of routes) {
    const share = route.cost / route.jobs.length;
    for (const j of route.jobs) if (share < job[j]) job[j] = share;
  }
  for (let j = 0; j < jobCount; j++) if (!(job[j] < unassigned[j])) job[j] = unassigned[j];
  const best: Duals = { job: job.slice(), kind: kind.slice(), bound: Number.NEGATIVE_INFINITY };
  const slack = new Float64Array(jobCount);
  const idle = new Float64Array(kindCount.length);
  let agility = 1;
  let stale = 0;
  for (let step = 0; step < steps; step++) {
    let bound = 0;
    for (let j = 0; j < jobCount; j++) bound += job[j];
    for (let k = 0; k < kind.length; k++) bound += kind[k] * kindCount[k];
    slack.fill(1);
    for (let k = 0; k < kind.length; k++) idle[k] = kindCount[k];
    for (const route of routes) {
      let reduced = route.cost - kind[route.kind];
      for (const j of route.jobs) reduced -= job[j];
      if (reduced >= 0) continue;
      bound += reduced;
      for (const j of route.jobs) slack[j]--;
      idle[route.kind]--;
    }
    if (bound > best.bound + 1e-9) {
      best.bound = bound;
      best.job.set(job);
      best.kind.set(kind);
      stale = 0;
    } else if (++stale > 12) {
      agility *= 0.6;
      stale = 0;
      job.set(best.job);
      kind.set(best.kind);
      if (agility < 1e-3) break;
      continue;
    }
    let norm = 0;
    for (let j = 0; j < jobCount; j++) norm += slack[j] * slack[j];
    for (let k = 0; k < kind.length; k++) if (idle[k] < 0 || kind[k] < 0) norm += idle[k] * idle[k];
    if (norm === 0) break;
    const length = (agility * Math.max(incumbent * 1.002 - bound, incumbent * 1e-5)) / norm;
    for (let j = 0; j < jobCount; j++) job[j] = Math.min(unassigned[j], job[j] + length * slack[j]);
    for (let k = 0; k < kind.length; k++) kind[k] = Math.min(0, kind[k] + length * idle[k]);
  }
  return best;
}

interface Survivor {
  route: PooledRoute;
  reduced: number;
}

/** Routes that may still be part of something better than the incumbent, cheapest reduced cost first. */
function survivors({ routes, incumbent }: PartitionProblem, duals: Duals): Survivor[] {
  const gap = incumbent - duals.bound;
  const kept: Survivor[] = [];
  for (const route of routes) {
    let reduced = route.cost - duals.kind[route.kind];
    for (const j of route.jobs) reduced -= duals.job[j];
    if (reduced < gap) kept.push({ route, reduced });
  }
  return kept.sort((a, b) => a.reduced - b.reduced);
}

function depthFirst(
  { jobCount, kindCount, incumbent, unassigned }: PartitionProblem,
  duals: Duals,
  kept: Survivor[],
  nodes: number,
): Partition | undefined {
  const byJob: number[][] = Array.from({ length: jobCount }, () => []);
  kept.forEach(({ route }, i) => {
    for (const j of route.jobs) byJob[j].push(i);
  });
  const covered = new Uint8Array(jobCount);
  const left = Int32Array.from(kindCount);
  const chosen: number[] = [];
  const skipped: number[] = [];
  let best: Partition | undefined;
  let bestCost = incumbent - 1e-7;
  // Bound of a node = what is paid so far + price of what is open + negative reduced costs that are still possible;
  // the last term is bounded by its total at the root.
  let negative = 0;
  for (const { reduced } of kept) if (reduced < 0) negative += reduced;
  let open = 0;
  for (let j = 0; j < jobCount; j++) open += duals.job[j];
  for (let k = 0; k < kindCount.length; k++) open += duals.kind[k] * kindCount[k];
  let budget = nodes;

  const fits = (route: PooledRoute) => {
    if (left[route.kind] === 0) return false;
    for (const j of route.jobs) if (covered[j]) return false;
    return true;
  };

  const visit = (paid: number, price: number, count: number): void => {
    if (budget-- <= 0) return;
    if (count === jobCount) {
      if (paid < bestCost) {
        bestCost = paid;
        best = { chosen: chosen.map((i) => kept[i].route), cost: paid, lowerBound: duals.bound };
      }
      return;
    }
    // The open job with the fewest routes that still fit.
    let pick = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < jobCount && fewest > 1; j++) {
      if (covered[j] || byJob[j].length < 1) {
        if (!covered[j] && byJob[j].length === 0) {
          pick = j;
          fewest = 0;
        }
        continue;
      }
      let options = 0;
      for (const i of byJob[j]) {
        if (fits(kept[i].route) && ++options >= fewest) break;
      }
      if (options < fewest) {
        fewest = options;
        pick = j;
      }
    }
    for (const i of byJob[pick]) {
      const { route, reduced } = kept[i];
      const lower = paid + price + Math.min(0, negative) + Math.max(0, reduced);
      if (lower >= bestCost) break;
      if (!fits(route)) continue;
      let gain = duals.kind[route.kind];
      for (const j of route.jobs) {
        covered[j] = 1;
        gain += duals.job[j];
      }
      left[route.kind]--;
      chosen.push(i);
      visit(paid + route.cost, price - gain, count + route.jobs.length);
      chosen.pop();
      left[route.kind]++;
      for (const j of route.jobs) covered[j] = 0;
      if (budget <= 0) return;
    }
    if (paid + unassigned[pick] + price - duals.job[pick] + negative < bestCost) {
      covered[pick] = 1;
      skipped.push(pick);
      visit(paid + unassigned[pick], price - duals.job[pick], count + 1);
      skipped.pop();
      covered[pick] = 0;
    }
  };
  visit(0, open, 0);
  return best;
}
