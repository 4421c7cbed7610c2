import type { Tours } from '../basic/basic-model.js';
import type { RoutingProblem } from '../problem/types.js';
import type { ClockBounds } from '../schedule/clock.js';
import type { Budget } from '../solve/budget.js';

/** What a thread is asked. Epoch milliseconds are the only clock that threads share. */
export interface IslandTask {
  id: number;
  problem: RoutingProblem;
  seed: number;
  budget: Budget;
  beganAtMs: number;
  /** One Int32 of shared memory: not zero means stop. */
  stop: SharedArrayBuffer;
  /** Memory of the board on which islands show their best. */
  board: SharedArrayBuffer;
  island: number;
  islands: number;
}

/** What it answers; `better` messages come while it runs. */
export type IslandReply =
  | { id: number; kind: 'better'; cost: number }
  | { id: number; kind: 'done'; cost: number; tours: Tours; iterations: number; bounds?: ClockBounds }
  | { id: number; kind: 'failed'; message: string };
