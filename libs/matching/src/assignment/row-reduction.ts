import type { SparseAssignmentProblem } from './sparse-problem.js';

/** A partial assignment with prices that prove it optimal for the rows it covers. */
export interface PartialAssignment {
  columnOf: Int32Array;
  rowOf: Int32Array;
  rowPrice: Float64Array;
  columnPrice: Float64Array;
}

/**
 * Augmenting row reduction (Jonker and Volgenant 1987): each row bids for its best column as far as its second best, or
 * its own price of staying unassigned, lets it; the outbid row bids next. Column prices only fall from zero, and only
 * on columns that are taken, so the partial assignment stays optimal throughout. Returns the rows left without either.
 */
export function reduceRows(problem: SparseAssignmentProblem, state: PartialAssignment): number[] {
  const { rows, rowStart, column, cost, unassignedPrice } = problem;
  const { columnOf, rowOf, rowPrice, columnPrice } = state;
  const waiting: number[] = [];
  for (let row = rows - 1; row >= 0; row--) waiting.push(row);
  const left: number[] = [];
  // Bidding wars over few columns may be long; the search for augmenting paths ends them sooner.
  let bids = 20 * rows;
  while (waiting.length > 0) {
    const row = waiting.pop()!;
    let best = unassignedPrice[row]!;
    let second = Number.POSITIVE_INFINITY;
    let bestColumn = -1;
    for (let arc = rowStart[row]!; arc < rowStart[row + 1]!; arc++) {
      const reduced = cost[arc]! - columnPrice[column[arc]!]!;
      if (reduced >= second) continue;
      if (reduced < best) {
        second = best;
        best = reduced;
        bestColumn = column[arc]!;
      } else second = reduced;
    }
    rowPrice[row] = best;
    if (bestColumn < 0) continue; // staying unassigned is cheapest, and can only become more so
    const outbid = rowOf[bestColumn]!;
    const lowered = columnPrice[bestColumn]! - (second - best);
    if (bids-- <= 0 || (outbid >= 0 && !(lowered < columnPrice[bestColumn]!))) {
      left.push(row);
      continue;
    }
    columnPrice[bestColumn] = lowered;
    rowPrice[row] = second;
    rowOf[bestColumn] = row;
    columnOf[row] = bestColumn;
    if (outbid >= 0) {
      columnOf[outbid] = -1;
      waiting.push(outbid);
    }
  }
  return left;
}
