import { compile } from '../instance/instance.js';
import { buildPlan, type RoutingPlan } from '../plan/plan.js';
import type { RoutingProblem } from '../problem/types.js';
import { validateProblem } from '../problem/validate.js';
import { type Budget, meterOf } from './budget.js';
import { noExchange } from './exchange.js';
import { search } from './search.js';

export interface SolveOptions {
  budget: Budget;
  seed?: number;
  /** Milliseconds from any origin; needed for a budget in milliseconds. */
  now?: () => number;
  cancelled?: () => boolean;
}

/** Solves on the calling thread. Throws `Invalid` for a bad problem; never returns an infeasible plan. */
export function solve(problem: RoutingProblem, options: SolveOptions): RoutingPlan {
  const now = options.now ?? (() => 0);
  const began = now();
  const instance = compile(validateProblem(problem));
  const { budget, cancelled } = options;
  const meter = meterOf(budget, instance.taskCount, { now, began, cancelled });
  const { tours, bounds } = search(instance, { seed: options.seed ?? 1, meter, exchange: noExchange });
  return buildPlan(instance, tours, bounds);
}
