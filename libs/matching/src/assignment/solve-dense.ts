import { assignRest, nothingAssigned, type PricedAssignment, solveAssignment } from './assignment-core.js';
import { Auction } from './auction.js';
import { DenseArcs } from './dense-arcs.js';
import { type DenseAssignment, type DenseAssignmentProblem, validateDense } from './dense-problem.js';

/** The cheapest complete assignment of a dense cost matrix, exactly; the prices returned prove it. */
export function solveDense(problem: DenseAssignmentProblem): DenseAssignment {
  validateDense(problem);
  if (problem.rows <= problem.columns) return solveWide(problem);
  const turned = solveWide({ rows: problem.columns, columns: problem.rows, cost: transposed(problem) });
  return {
    columnOf: turned.rowOf,
    rowOf: turned.columnOf,
    rowPrice: turned.columnPrice,
    columnPrice: turned.rowPrice,
    totalCost: turned.totalCost,
  };
}

/** At most as many rows as columns: every row gets one. */
function solveWide(problem: DenseAssignmentProblem): DenseAssignment {
  const arcs = new DenseArcs(problem);
  const solved = problem.rows === problem.columns ? solveSquare(arcs) : solveAssignment(arcs);
  const totalCost = solved.columnOf.reduce(
    (sum, column, row) => sum + problem.cost[row * problem.columns + column]!,
    0,
  );
  return { ...solved, totalCost };
}

/** No column stays idle, so that their prices may start anywhere: where an auction leaves them. */
function solveSquare(arcs: DenseArcs): PricedAssignment {
  const state = nothingAssigned(arcs.rows, arcs.columns);
  return assignRest(arcs, state, new Auction(arcs, state).run());
}

function transposed({ rows, columns, cost }: DenseAssignmentProblem): Float64Array {
  const turned = new Float64Array(cost.length);
  for (let row = 0, k = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, k++) turned[column * rows + row] = cost[k]!;
  return turned;
}
