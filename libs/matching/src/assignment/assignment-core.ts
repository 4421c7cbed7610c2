import type { ArcLists } from './arc-lists.js';
import { AugmentingForest } from './augmenting-forest.js';
import { reduceRows } from './row-reduction.js';

/** What the solvers share: arcs that may be listed bit by bit, cheapest first. */
export interface ArcSource {
  rows: number;
  columns: number;
  byRow: ArcLists;
  byColumn: ArcLists;
  /** No arc of the row that is not yet listed has a lower cost less column price; Infinity = all are listed. */
  bound: Float64Array;
  /** Lists more arcs of a row, in both directions, and raises its bound. Column prices never rise again. */
  expand(row: number, columnPrice: Float64Array): void;
  /** Price of leaving each row unassigned; Infinity = it must be assigned. */
  unassignedPrice: Float64Array;
}

/**
 * An assignment with prices that prove it optimal for the rows it covers: u_i + v_j <= c_ij, tight on what is used,
 * v_j <= 0, and v_j = 0 where the column is idle.
 */
export interface PricedAssignment {
  /** The column of each row, -1 = none. */
  columnOf: Int32Array;
  /** The row of each column, -1 = none. */
  rowOf: Int32Array;
  rowPrice: Float64Array;
  columnPrice: Float64Array;
}

export const nothingAssigned = (rows: number, columns: number): PricedAssignment => ({
  columnOf: new Int32Array(rows).fill(-1),
  rowOf: new Int32Array(columns).fill(-1),
  rowPrice: new Float64Array(rows),
  columnPrice: new Float64Array(columns),
});

/** Row reduction settles most rows, the forest the rest. */
export function solveAssignment(arcs: ArcSource): PricedAssignment {
  const state = nothingAssigned(arcs.rows, arcs.columns);
  return assignRest(arcs, state, reduceRows(arcs, state));
}

/** Assigns the rows that are left when prices are feasible and all pairs assigned so far are tight. */
export function assignRest(
  arcs: ArcSource,
  state: PricedAssignment,
  left: readonly number[],
): PricedAssignment {
  if (left.length > 0) new AugmentingForest(arcs, state, left).run();
  return state;
}
