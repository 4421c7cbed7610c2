import type { SparseAssignment, SparseAssignmentProblem } from './sparse-problem.js';

export interface Certificate {
  /** True = the assignment is feasible and no assignment costs less (within the tolerance). */
  optimal: boolean;
  /** Cost of the assignment, added up anew. */
  primal: number;
  /** Sum of the prices: no assignment can cost less than this. */
  dual: number;
  gap: number;
  /** What is wrong, in words; empty when optimal. At most ten. */
  faults: string[];
}

/**
 * Proves or refutes an assignment by linear programming duality, sharing no code with the solver. Prices that satisfy
 * u_i + v_j <= c_ij, u_i <= unassignedPrice_i and v_j <= 0 bound the cost of every assignment from below by their
 * sum; an assignment that costs just that is optimal.
 *
 * `tolerance` is relative to the largest cost; 0 is right for whole-number costs.
 */
export function certify(
  problem: SparseAssignmentProblem,
  solution: SparseAssignment,
  tolerance = 1e-9,
): Certificate {
  const { rows, columns, rowStart, column, cost, unassignedPrice } = problem;
  const { columnOf, rowOf, rowPrice, columnPrice } = solution;
  const faults: string[] = [];
  const fault = (text: string) => faults.length < 10 && faults.push(text);
  let largest = 0;
  for (const c of cost) largest = Math.max(largest, Math.abs(c));
  for (const p of unassignedPrice) largest = Math.max(largest, Math.abs(p));
  const slack = tolerance * largest;

  let primal = 0;
  let dual = 0;
  const taken = new Uint8Array(columns);
  for (let i = 0; i < rows; i++) {
    const u = rowPrice[i]!;
    dual += u;
    if (!(u <= unassignedPrice[i]! + slack)) fault(`row ${i}: price ${u} > ${unassignedPrice[i]} unassigned`);
    let used = Number.POSITIVE_INFINITY;
    for (let k = rowStart[i]!; k < rowStart[i + 1]!; k++) {
      const j = column[k]!;
      if (!(u + columnPrice[j]! <= cost[k]! + slack))
        fault(`arc ${i}-${j}: prices ${u} + ${columnPrice[j]} > cost ${cost[k]}`);
      if (j === columnOf[i]) used = Math.min(used, cost[k]!);
    }
    const j = columnOf[i]!;
    if (j === -1) primal += unassignedPrice[i]!;
    else if (used === Number.POSITIVE_INFINITY) fault(`row ${i}: has column ${j} without an arc`);
    else {
      primal += used;
      if (taken[j]) fault(`column ${j}: taken twice`);
      taken[j] = 1;
      if (rowOf[j] !== i) fault(`column ${j}: says row ${rowOf[j]}, not ${i}`);
    }
  }
  for (let j = 0; j < columns; j++) {
    dual += columnPrice[j]!;
    if (!(columnPrice[j]! <= slack)) fault(`column ${j}: price ${columnPrice[j]} > 0`);
    if (!taken[j] && rowOf[j] !== -1) fault(`column ${j}: idle, says row ${rowOf[j]}`);
  }
  const gap = primal - dual;
  if (!(Math.abs(gap) <= slack * Math.max(1, rows + columns)))
    fault(`cost ${primal} is not the bound ${dual}`);
  return { optimal: faults.length === 0, primal, dual, gap, faults };
}
