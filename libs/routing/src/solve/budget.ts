/**
 * How long to search. By iterations (of each thread) the answer depends on seed and thread count alone; by
 * milliseconds it is as good as the time allows.
 */
export type Budget = { iterations: number } | { milliseconds: number };

/** Share of the budget used, 0 … 1. The engine has no clock: whoever runs it brings one. */
export interface Meter {
  used(iterations: number): number;
  cancelled(): boolean;
}

/** A meter over a budget; `now` in milliseconds, `began` the reading at which the budget began to run. */
export function meterOf(
  budget: Budget,
  now: () => number,
  began: number,
  cancelled: () => boolean = () => false,
): Meter {
  if ('iterations' in budget) return { used: (i) => i / Math.max(1, budget.iterations), cancelled };
  const { milliseconds } = budget;
  return { used: () => (milliseconds > 0 ? (now() - began) / milliseconds : 1), cancelled };
}
