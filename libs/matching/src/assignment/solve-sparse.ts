import { AugmentingForest } from './augmenting-forest.js';
import { reduceRows } from './row-reduction.js';
import { type SparseAssignment, type SparseAssignmentProblem, validateSparse } from './sparse-problem.js';

/**
 * The cheapest assignment, exactly: no other choice of arcs and unassigned rows costs less. The prices returned prove
 * it; `certify` checks them without trusting this code.
 */
export function solveSparse(problem: SparseAssignmentProblem): SparseAssignment {
  validateSparse(problem);
  const { rows, columns, rowStart, column, cost, unassignedPrice } = problem;
  const state = {
    columnOf: new Int32Array(rows).fill(-1),
    rowOf: new Int32Array(columns).fill(-1),
    rowPrice: new Float64Array(rows),
    columnPrice: new Float64Array(columns),
  };
  const left = reduceRows(problem, state);
  if (left.length > 0) new AugmentingForest(problem, state, left).run();

  let totalCost = 0;
  let assigned = 0;
  for (let row = 0; row < rows; row++) {
    if (state.columnOf[row]! < 0) {
      totalCost += unassignedPrice[row]!;
      continue;
    }
    assigned++;
    let used = Number.POSITIVE_INFINITY;
    for (let arc = rowStart[row]!; arc < rowStart[row + 1]!; arc++)
      if (column[arc] === state.columnOf[row]) used = Math.min(used, cost[arc]!);
    totalCost += used;
  }
  return { ...state, totalCost, assigned };
}
