import { Invalid } from '#kernel';

/** Every row with every column: `cost[row * columns + column]`. Costs may be negative. */
export interface DenseAssignmentProblem {
  rows: number;
  columns: number;
  cost: Float64Array;
}

/**
 * The optimum over complete assignments: the smaller side is assigned whole. For prices u (rows) and v (columns):
 * u_i + v_j <= c_ij everywhere, with equality on the pairs used; on the larger side prices are <= 0, and 0 where idle.
 */
export interface DenseAssignment {
  /** The column of each row, -1 = idle. */
  columnOf: Int32Array;
  /** The row of each column, -1 = idle. */
  rowOf: Int32Array;
  rowPrice: Float64Array;
  columnPrice: Float64Array;
  totalCost: number;
}

/** Builds the flat form from an array of rows. Throws Invalid naming the row or the cell that is wrong. */
export function denseProblem(matrix: readonly ArrayLike<number>[]): DenseAssignmentProblem {
  const rows = matrix.length;
  const columns = matrix[0]?.length ?? 0;
  const cost = new Float64Array(rows * columns);
  matrix.forEach((row, i) => {
    if (row.length !== columns) throw Invalid.field(`cost[${i}]`, `has ${row.length} entries`, columns);
    cost.set(row, i * columns);
  });
  const problem = { rows, columns, cost };
  validateDense(problem);
  return problem;
}

export function validateDense({ rows, columns, cost }: DenseAssignmentProblem): void {
  for (const [field, value] of Object.entries({ rows, columns }))
    if (!Number.isInteger(value) || value < 0)
      throw Invalid.field(field, `must be a whole number, not negative, got ${value}`, 0);
  if (cost.length !== rows * columns)
    throw Invalid.field('cost', `has ${cost.length} entries`, rows * columns);
  // Any infinity or NaN turns the sum of zeros into NaN: one pass without a branch.
  let zero = 0;
  for (let k = 0; k < cost.length; k++) zero += cost[k]! * 0;
  if (zero === 0) return;
  const bad = cost.findIndex((c) => !Number.isFinite(c));
  throw Invalid.field(
    `cost[${Math.floor(bad / columns)}][${bad % columns}]`,
    `must be a finite number, got ${cost[bad]}; use the sparse solver where pairs are impossible`,
  );
}
