import type { Tours } from '../basic/basic-model.js';

/**
 * Where islands show each other their best. `swap` publishes a solution and answers the best that another island has
 * shown, if it is better or `any` is asked for.
 */
export interface Exchange {
  swap(round: number, tours: Tours, cost: number): { tours: Tours; cost: number } | undefined;
}

/** An island alone. */
export const noExchange: Exchange = { swap: () => undefined };
