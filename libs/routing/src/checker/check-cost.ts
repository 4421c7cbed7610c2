import type { RoutingPlan } from '../plan/plan.js';
import { defaultObjective, type RoutingProblem } from '../problem/types.js';
import { differs, type Fault } from './faults.js';

/** The bill again from the stops alone. */
export function checkCost(problem: RoutingProblem, plan: RoutingPlan): Fault[] {
  const price = { ...defaultObjective, ...problem.objective };
  const bill = { late: 0, travel: 0, waiting: 0, overtime: 0, balance: 0, stability: 0, preference: 0 };
  for (const route of plan.routes) {
    const worker = problem.workers.find((w) => w.id === route.worker);
    if (!worker) continue;
    const f = route.facts;
    const hours = f.workSeconds / 3600;
    const ids = route.stops.flatMap((s) => (s.job === undefined ? [] : [s.job]));
    bill.late += f.lateSeconds * price.latePerSecond;
    bill.travel += f.travelSeconds * price.travelPerSecond + f.travelMetres * price.travelPerMetre;
    bill.waiting += f.waitingSeconds * price.waitingPerSecond;
    bill.overtime += f.overtimeSeconds * price.overtimePerSecond;
    bill.balance += 0.5 * price.balanceHours * hours * hours;
    bill.balance += 0.5 * price.balancePay * (hours * (worker.payPerHour ?? 0)) ** 2;
    bill.stability += moved(problem, route.worker, ids) * price.movedStop;
    for (const id of ids) {
      const preferred = problem.jobs.find((j) => j.id === id)?.preferredWorkers ?? [];
      if (preferred.length > 0 && !preferred.includes(worker.id)) bill.preference += price.notPreferred;
    }
  }
  const faults: Fault[] = [];
  let total = plan.cost.unassigned;
  for (const key of Object.keys(bill) as (keyof typeof bill)[]) {
    total += bill[key];
    if (differs(plan.cost[key], bill[key]))
      faults.push({ rule: `COST_${key}`, actual: plan.cost[key], expected: bill[key] });
  }
  if (differs(plan.cost.total, total))
    faults.push({ rule: 'COST_total', actual: plan.cost.total, expected: total });
  if (plan.unassigned.length > 0 !== plan.cost.unassigned > 0) {
    faults.push({
      rule: 'COST_unassigned',
      actual: plan.cost.unassigned,
      expected: plan.unassigned.length > 0 ? '> 0' : 0,
    });
  }
  return faults;
}

/** Stops that had another worker, or that come before one they used to follow. */
function moved(problem: RoutingProblem, worker: string, ids: string[]): number {
  let count = 0;
  let reached = -1;
  for (const id of ids) {
    const route = problem.current?.find((r) => r.jobs.includes(id));
    const job = problem.jobs.find((j) => j.id === id);
    // Two who start together may change places: that is no move.
    if (!route || (job?.people === 2 && job.pairing === 'synchronised')) continue;
    const rank = route.jobs.indexOf(id);
    if (route.worker !== worker || rank < reached) count++;
    else reached = rank;
  }
  return count;
}
