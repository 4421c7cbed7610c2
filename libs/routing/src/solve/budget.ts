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

/** Task moves that even a search without time makes: some ten milliseconds, so that a small day is never planned badly. */
const LEAST_MOVES = 20_000;
const ALMOST = 1 - 1e-9;

export interface Wall {
  /** Milliseconds from any origin. */
  now: () => number;
  /** The reading at which the budget began to run. */
  began: number;
  cancelled?: () => boolean;
}

/** A meter over a budget for a problem of so many tasks. */
export function meterOf(budget: Budget, tasks: number, { now, began, cancelled = () => false }: Wall): Meter {
  if ('iterations' in budget) return { used: (i) => i / Math.max(1, budget.iterations), cancelled };
  const { milliseconds } = budget;
  const least = LEAST_MOVES / Math.max(1, tasks);
  return {
    used: (i) => {
      const share = milliseconds > 0 ? (now() - began) / milliseconds : 1;
      return i < least ? Math.min(share, ALMOST) : share;
    },
    cancelled,
  };
}
