import type { RoutingPlan } from '../plan/plan.js';
import type { RoutingProblem } from '../problem/types.js';
import { checkCost } from './check-cost.js';
import { checkLinks } from './check-links.js';
import { checkLoad } from './check-load.js';
import { RouteCheck } from './check-route.js';
import { checkSlack } from './check-slack.js';
import type { Fault } from './faults.js';

/**
 * Verifies a plan against its problem from the published numbers alone: every hard rule, every time, every total.
 * Shares no code with the solver. No fault: the plan can be driven as it stands and costs what it says.
 */
export function checkPlan(problem: RoutingProblem, plan: RoutingPlan): Fault[] {
  const jobs = new Map(problem.jobs.map((j) => [j.id, j]));
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const route of plan.routes) {
    const worker = problem.workers.find((w) => w.id === route.worker);
    if (!worker || seen.has(route.worker)) {
      faults.push({
        rule: 'WORKER',
        route: route.worker,
        actual: seen.has(route.worker) ? 'twice' : 'unknown',
        expected: 'one',
      });
      continue;
    }
    seen.add(route.worker);
    faults.push(...new RouteCheck(problem, worker, route, jobs).run());
    faults.push(...checkLoad(worker, route, jobs), ...checkSlack(problem, worker, route, jobs));
  }
  for (const worker of problem.workers) {
    if (worker.frozen?.length && !seen.has(worker.id)) {
      faults.push({
        rule: 'FROZEN_ROUTE',
        route: worker.id,
        actual: 'missing',
        expected: 'its frozen stops',
      });
    }
  }
  return [...faults, ...checkLinks(problem, plan), ...checkCost(problem, plan)];
}
