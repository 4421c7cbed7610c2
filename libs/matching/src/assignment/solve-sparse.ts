import { ArcLists } from './arc-lists.js';
import { solveAssignment } from './assignment-core.js';
import { type SparseAssignment, type SparseAssignmentProblem, validateSparse } from './sparse-problem.js';

/**
 * The cheapest assignment, exactly: no other choice of arcs and unassigned rows costs less. The prices returned prove
 * it; `certify` checks them without trusting this code.
 */
export function solveSparse(problem: SparseAssignmentProblem): SparseAssignment {
  validateSparse(problem);
  const { rows, columns, rowStart, column, cost, unassignedPrice } = problem;
  const byRow = ArcLists.over(rowStart, column, cost);
  const solved = solveAssignment({
    rows,
    columns,
    byRow,
    byColumn: byRow.turned(columns),
    bound: new Float64Array(rows).fill(Number.POSITIVE_INFINITY),
    expand: () => undefined,
    unassignedPrice,
  });

  let totalCost = 0;
  let assigned = 0;
  for (let row = 0; row < rows; row++) {
    if (solved.columnOf[row]! < 0) {
      totalCost += unassignedPrice[row]!;
      continue;
    }
    assigned++;
    let used = Number.POSITIVE_INFINITY;
    for (let arc = rowStart[row]!; arc < rowStart[row + 1]!; arc++)
      if (column[arc] === solved.columnOf[row]) used = Math.min(used, cost[arc]!);
    totalCost += used;
  }
  return { ...solved, totalCost, assigned };
}
