import { Invalid } from '#kernel';

/**
 * Rows (jobs) may each take one column (worker); a pair that is not listed is impossible. A row may stay unassigned at
 * its price, a column at no price: every problem has an answer and none needs a "big M".
 *
 * Compressed rows: the arcs of row i are at `rowStart[i] .. rowStart[i + 1]` of `column` and `cost`. Costs may be
 * negative. Whole numbers below 2^53 / (rows + columns) are added and subtracted without rounding.
 */
export interface SparseAssignmentProblem {
  rows: number;
  columns: number;
  rowStart: Int32Array;
  column: Int32Array;
  cost: Float64Array;
  /** Price of leaving each row unassigned. */
  unassignedPrice: Float64Array;
}

/**
 * The optimum and its proof. For prices u (rows) and v (columns): u_i + v_j <= c_ij on every arc, u_i <= the row's
 * price of staying unassigned, v_j <= 0, with equality wherever the assignment uses them (see `certify`).
 */
export interface SparseAssignment {
  /** The column of each row, -1 = unassigned. */
  columnOf: Int32Array;
  /** The row of each column, -1 = idle. */
  rowOf: Int32Array;
  rowPrice: Float64Array;
  columnPrice: Float64Array;
  /** Costs of the arcs used plus the prices of rows unassigned. */
  totalCost: number;
  assigned: number;
}

export interface Arc {
  row: number;
  column: number;
  cost: number;
}

/** Builds the compressed form from arcs in any order. */
export function sparseProblem(
  rows: number,
  columns: number,
  arcs: readonly Arc[],
  unassignedPrice: readonly number[] | Float64Array,
): SparseAssignmentProblem {
  const rowStart = new Int32Array(rows + 1);
  arcs.forEach(({ row }, i) => {
    if (!(Number.isInteger(row) && row >= 0 && row < rows))
      throw Invalid.field(`arcs[${i}].row`, `must be a row number, got ${row}`, rows - 1);
    rowStart[row + 1]!++;
  });
  for (let i = 0; i < rows; i++) rowStart[i + 1]! += rowStart[i]!;
  const at = rowStart.slice();
  const column = new Int32Array(arcs.length);
  const cost = new Float64Array(arcs.length);
  for (const arc of arcs) {
    const k = at[arc.row]!++;
    // -1 keeps a fraction or a missing number from being cut down to some column.
    column[k] = Number.isInteger(arc.column) ? arc.column : -1;
    cost[k] = arc.cost;
  }
  const problem = {
    rows,
    columns,
    rowStart,
    column,
    cost,
    unassignedPrice: Float64Array.from(unassignedPrice),
  };
  validateSparse(problem);
  return problem;
}

/** Throws Invalid naming the field that is wrong and its place. */
export function validateSparse(problem: SparseAssignmentProblem): void {
  const { rows, columns, rowStart, column, cost, unassignedPrice } = problem;
  for (const [field, value] of Object.entries({ rows, columns }))
    if (!Number.isInteger(value) || value < 0)
      throw Invalid.field(field, `must be a whole number, not negative, got ${value}`, 0);
  if (rowStart.length !== rows + 1)
    throw Invalid.field('rowStart', `has ${rowStart.length} entries`, rows + 1);
  if (unassignedPrice.length !== rows)
    throw Invalid.field('unassignedPrice', `has ${unassignedPrice.length} entries`, rows);
  if (rowStart[0] !== 0) throw Invalid.field('rowStart[0]', 'must be 0', 0);
  for (let i = 0; i < rows; i++) {
    if (rowStart[i + 1]! < rowStart[i]!)
      throw Invalid.field(`rowStart[${i + 1}]`, 'must not go down', rowStart[i]!);
    if (!Number.isFinite(unassignedPrice[i]!))
      throw Invalid.field(`unassignedPrice[${i}]`, `must be a finite number, got ${unassignedPrice[i]}`);
  }
  if (column.length !== rowStart[rows]!)
    throw Invalid.field('column', `has ${column.length} entries`, rowStart[rows]!);
  if (cost.length !== column.length) throw Invalid.field('cost', `has ${cost.length} entries`, column.length);
  for (let k = 0; k < column.length; k++) {
    if (column[k]! < 0 || column[k]! >= columns)
      throw Invalid.field(`column[${k}]`, `must be a column number, got ${column[k]}`, columns - 1);
    if (!Number.isFinite(cost[k]!))
      throw Invalid.field(
        `cost[${k}]`,
        `must be a finite number, got ${cost[k]}; leave an impossible pair out`,
      );
  }
}
