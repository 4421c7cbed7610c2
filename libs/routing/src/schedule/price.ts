import type { Instance } from '../instance/instance.js';

/** What one route takes, in units of the day. */
export interface RouteFacts {
  travelSeconds: number;
  travelMetres: number;
  waitingSeconds: number;
  lateSeconds: number;
  overtimeSeconds: number;
  /** From leaving the start to the end of the day. */
  workSeconds: number;
  movedStops: number;
  notPreferred: number;
}

/** The same in the currency of the objective, term by term. */
export interface CostTerms {
  late: number;
  travel: number;
  waiting: number;
  overtime: number;
  balance: number;
  stability: number;
  preference: number;
}

export const noCost = (): CostTerms => ({
  late: 0,
  travel: 0,
  waiting: 0,
  overtime: 0,
  balance: 0,
  stability: 0,
  preference: 0,
});

export const sumTerms = (t: CostTerms): number =>
  t.late + t.travel + t.waiting + t.overtime + t.balance + t.stability + t.preference;

/** The price of one route. Balance is a convex function of each day, so that evening out hours or pay always pays. */
export function priceRoute({ objective: o, workers }: Instance, w: number, f: RouteFacts): CostTerms {
  const hours = f.workSeconds / 3600;
  const pay = hours * (workers[w].payPerHour ?? 0);
  return {
    late: f.lateSeconds * o.latePerSecond,
    travel: f.travelSeconds * o.travelPerSecond + f.travelMetres * o.travelPerMetre,
    waiting: f.waitingSeconds * o.waitingPerSecond,
    overtime: f.overtimeSeconds * o.overtimePerSecond,
    balance: (o.balanceHours * hours ** 2 + o.balancePay * pay ** 2) / 2,
    stability: f.movedStops * o.movedStop,
    preference: f.notPreferred * o.notPreferred,
  };
}

/** Stops of this route that another worker had, or that come in another order than in the plan of record. */
export function movedStops(
  { currentWorker, currentRank }: Instance,
  w: number,
  tasks: ArrayLike<number>,
): number {
  let moved = 0;
  let last = -1;
  for (let i = 0; i < tasks.length; i++) {
    const task = tasks[i];
    const was = currentWorker[task];
    if (was < 0) continue;
    if (was !== w) moved++;
    else if (currentRank[task] < last) moved++;
    else last = currentRank[task];
  }
  return moved;
}
