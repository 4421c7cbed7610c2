import { compile } from '../instance/instance.js';
import type { RoutingPlan } from '../plan/plan.js';
import type { RoutingProblem } from '../problem/types.js';
import { noCost, sumTerms } from '../schedule/price.js';
import type { Effect } from './effect.js';

/** The plan after an effect has been accepted. `problem` is the one the effect was worked out for. */
export function applyEffect(problem: RoutingProblem, plan: RoutingPlan, effect: Effect): RoutingPlan {
  const instance = compile(problem, []);
  const changed = new Map(effect.routes.map((r) => [r.worker, r.after]));
  const kept = plan.routes.filter((r) => !changed.has(r.worker));
  const fresh = effect.routes.flatMap((r) => (r.after ? [r.after] : []));
  const rank = (id: string) => instance.workerIndex.get(id) ?? 0;
  const routes = [...kept, ...fresh].sort((a, b) => rank(a.worker) - rank(b.worker));
  const planned = new Set(routes.flatMap((r) => r.stops.map((s) => s.job)));
  const unassigned = plan.unassigned.filter((u) => !planned.has(u.job));
  const cost = { ...noCost(), unassigned: 0, total: 0 };
  for (const route of routes) {
    for (const key of Object.keys(route.cost) as (keyof typeof route.cost)[]) cost[key] += route.cost[key];
  }
  for (const u of unassigned) cost.unassigned += instance.unassigned[instance.jobIndex.get(u.job)!];
  cost.total = cost.unassigned + sumTerms(cost);
  return { ...plan, routes, unassigned, cost };
}
