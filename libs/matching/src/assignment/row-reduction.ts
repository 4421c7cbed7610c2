import type { ArcSource, PricedAssignment } from './assignment-core.js';

/**
 * Augmenting row reduction (Jonker and Volgenant 1987): each row bids for its best column as far as its second best, or
 * its own price of staying unassigned, lets it; the outbid row bids next. Column prices only fall from zero, and only
 * on columns that are taken, so the partial assignment stays optimal throughout. Returns the rows left without either.
 */
export function reduceRows(arcs: ArcSource, state: PricedAssignment): number[] {
  const { rows, byRow, bound, unassignedPrice } = arcs;
  const { columnOf, rowOf, rowPrice, columnPrice } = state;
  const waiting: number[] = [];
  for (let row = rows - 1; row >= 0; row--) waiting.push(row);
  const left: number[] = [];
  // Bidding wars over few columns may be long; the search for augmenting paths ends them sooner.
  let bids = 20 * rows;
  while (waiting.length > 0) {
    const row = waiting.pop()!;
    let best = 0;
    let second = 0;
    let bestColumn = -1;
    for (;;) {
      const { to, cost } = byRow;
      best = unassignedPrice[row]!;
      second = Number.POSITIVE_INFINITY;
      bestColumn = -1;
      const end = byRow.start[row]! + byRow.length[row]!;
      for (let arc = byRow.start[row]!; arc < end; arc++) {
        const reduced = cost[arc]! - columnPrice[to[arc]!]!;
        if (reduced >= second) continue;
        if (reduced < best) {
          second = best;
          best = reduced;
          bestColumn = to[arc]!;
        } else second = reduced;
      }
      if (second <= bound[row]!) break;
      arcs.expand(row, columnPrice);
    }
    rowPrice[row] = best;
    if (bestColumn < 0) continue; // staying unassigned is cheapest, and can only become more so
    if (second === Number.POSITIVE_INFINITY) second = best; // there is but one column
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
