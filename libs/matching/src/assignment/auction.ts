import type { PricedAssignment } from './assignment-core.js';
import type { DenseArcs } from './dense-arcs.js';
import { reduceRows } from './row-reduction.js';

/** How many times finer the steps of a round are than those of the one before. */
const STEP_RATIO = 8;
/** The first and the last step, as a share of how far the short lists reach. */
const FIRST_STEP = 2 ** -2;
const LAST_STEP = 2 ** -12;
/** An arc that is not listed may be better than those that are by so many steps: prices are rough until the last round. */
const ROUGHNESS = 16;
/** Bids in one round, lists made anew in all rounds, for each row: after so many the search for paths is faster. */
const MAX_BIDS = 60;
const MAX_LISTS = 10;
/** How often the first step may be made coarser. */
const MAX_COARSER = 4;

/**
 * A near-optimal start for as many rows as columns: an auction in rounds of ever finer steps (epsilon scaling, Bertsekas
 * 1988). Each row bids for its best column until it is a step dearer than its second best; the outbid row bids next.
 *
 * Steps are powers of two, so that whole-number costs are still added and subtracted without rounding.
 */
export class Auction {
  /** How much dearer the dearest listed arc of each row is than its cheapest, to begin with. */
  private readonly reach: Float64Array;
  private readonly waiting: Int32Array;
  private listsLeft: number;

  constructor(
    private readonly arcs: DenseArcs,
    private readonly state: PricedAssignment,
  ) {
    this.waiting = new Int32Array(arcs.rows);
    this.listsLeft = MAX_LISTS * arcs.rows;
    const { cost, start, length } = arcs.byRow;
    this.reach = Float64Array.from(start, (first, row) => {
      const listed = cost.subarray(first, first + length[row]!);
      return Math.max(...listed) - Math.min(...listed);
    });
  }

  /**
   * Leaves column prices, row prices that suit them, and those pairs that are tight; returns the other rows. Where costs
   * do not differ there is nothing to bid for, and rows are reduced instead.
   */
  run(): number[] {
    const meanReach = this.reach.reduce((a, b) => a + b, 0) / this.arcs.rows;
    if (!(meanReach > 0)) return reduceRows(this.arcs, this.state);
    const unit = 2 ** Math.floor(Math.log2(meanReach));
    let step = unit * FIRST_STEP;
    // Where many rows must go further than their lists reach, steps this fine end in bidding wars.
    for (let i = 0; i < MAX_COARSER && !this.round(step); i++) step *= STEP_RATIO;
    for (step /= STEP_RATIO; step >= unit * LAST_STEP && this.listsLeft > 0; step /= STEP_RATIO)
      this.round(step);
    return this.keepTight();
  }

  /** Begins with nothing assigned; returns whether every row got a column. */
  private round(step: number): boolean {
    const { arcs, reach, waiting } = this;
    const { rows, bound } = arcs;
    const { to, cost, start, length } = arcs.byRow;
    const { columnOf, rowOf, columnPrice } = this.state;
    columnOf.fill(-1);
    rowOf.fill(-1);
    let count = rows;
    for (let i = 0; i < rows; i++) waiting[i] = rows - 1 - i;
    for (let bids = MAX_BIDS * rows; count > 0 && bids > 0 && this.listsLeft > 0; bids--) {
      const row = waiting[--count]!;
      const first = start[row]!;
      let best: number;
      let second: number;
      let bestColumn: number;
      for (;;) {
        best = second = Number.POSITIVE_INFINITY;
        bestColumn = -1;
        for (let arc = first, end = first + length[row]!; arc < end; arc++) {
          const reduced = cost[arc]! - columnPrice[to[arc]!]!;
          if (reduced >= second) continue;
          if (reduced < best) {
            second = best;
            best = reduced;
            bestColumn = to[arc]!;
          } else second = reduced;
        }
        if (second <= bound[row]! + ROUGHNESS * step) break;
        arcs.relist(row, columnPrice, second + reach[row]! / 2);
        this.listsLeft--;
      }
      columnPrice[bestColumn]! -= second - best + step;
      const outbid = rowOf[bestColumn]!;
      if (outbid >= 0) {
        columnOf[outbid] = -1;
        waiting[count++] = outbid;
      }
      rowOf[bestColumn] = row;
      columnOf[row] = bestColumn;
    }
    return count === 0;
  }

  /** Each row's price is its least reduced cost; it keeps its column only if that is the one that costs so little. */
  private keepTight(): number[] {
    const { arcs } = this;
    const { columnOf, rowOf, rowPrice, columnPrice } = this.state;
    const { to, cost, start, length } = arcs.byRow;
    const left: number[] = [];
    for (let row = 0; row < arcs.rows; row++) {
      let best: number;
      let own: number;
      for (;;) {
        best = own = Number.POSITIVE_INFINITY;
        for (let arc = start[row]!, end = arc + length[row]!; arc < end; arc++) {
          const reduced = cost[arc]! - columnPrice[to[arc]!]!;
          if (reduced < best) best = reduced;
          if (to[arc] === columnOf[row]) own = reduced;
        }
        if (best <= arcs.bound[row]!) break;
        arcs.relist(row, columnPrice, best);
      }
      rowPrice[row] = best;
      if (own === best) continue;
      if (columnOf[row]! >= 0) rowOf[columnOf[row]!] = -1;
      columnOf[row] = -1;
      left.push(row);
    }
    return left;
  }
}
