import { ArcLists } from './arc-lists.js';
import type { ArcSource } from './assignment-core.js';
import type { DenseAssignmentProblem } from './dense-problem.js';
import { keepSmallest } from './keep-smallest.js';

/** Arcs that a row shows first, and that it shows more when it is expanded. */
const CHUNK = 16;
/** A list that would reach this is cut back to its cheapest CHUNK. */
const ROOM = 48;

/**
 * A dense matrix that shows its solver only a few arcs of each row, and others when it can be that they matter: in
 * most problems a row ends with one of its cheapest columns. What is shown goes by reduced cost, cost less column
 * price. Column prices only fall, so that the least reduced cost left out once is a bound for good.
 */
export class DenseArcs implements ArcSource {
  readonly rows: number;
  readonly columns: number;
  readonly byRow: ArcLists;
  readonly bound: Float64Array;
  readonly unassignedPrice: Float64Array;
  private readonly cost: Float64Array;
  private turned: ArcLists | undefined;
  private readonly nextReduced = new Float64Array(ROOM);
  private readonly nextColumn = new Int32Array(ROOM);
  /** 1 for the columns listed for the row at hand. */
  private readonly listed: Uint8Array;

  constructor({ rows, columns, cost }: DenseAssignmentProblem) {
    this.rows = rows;
    this.columns = columns;
    this.cost = cost;
    this.byRow = new ArcLists(rows, ROOM);
    this.bound = new Float64Array(rows);
    this.unassignedPrice = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
    this.listed = new Uint8Array(columns);
    const free = new Float64Array(columns);
    for (let row = 0; row < rows; row++) this.relist(row, free, Number.POSITIVE_INFINITY);
  }

  /** Made when first asked for; from then on `expand` adds to it, and `relist` may not be called. */
  get byColumn(): ArcLists {
    this.turned ??= this.byRow.turned(this.columns);
    return this.turned;
  }

  /** Lists anew, in no order, the arcs whose reduced cost is at most `most`, or the cheapest when they are many. */
  relist(row: number, columnPrice: Float64Array, most: number): void {
    const { cost, columns, byRow, nextReduced, nextColumn } = this;
    let bound = most;
    let length = 0;
    for (let column = 0, k = row * columns; column < columns; column++, k++) {
      const reduced = cost[k]! - columnPrice[column]!;
      if (reduced > bound) continue;
      nextReduced[length] = reduced;
      nextColumn[length++] = column;
      if (length < ROOM) continue;
      bound = keepSmallest(nextReduced, nextColumn, length, CHUNK);
      length = CHUNK;
    }
    byRow.length[row] = 0;
    for (let i = 0; i < length; i++) this.show(row, nextColumn[i]!);
    this.bound[row] = bound;
  }

  /** Shows a chunk more, by insertion into a short sorted list: after a few columns hardly any newcomer gets in. */
  expand(row: number, columnPrice: Float64Array): void {
    const { cost, columns, nextReduced, nextColumn, listed } = this;
    const { to, start, length: lengths } = this.byRow;
    const first = start[row]!;
    const end = first + lengths[row]!;
    for (let arc = first; arc < end; arc++) listed[to[arc]!] = 1;
    let length = 0;
    let worst = Number.POSITIVE_INFINITY;
    let leftOut = Number.POSITIVE_INFINITY;
    for (let column = 0, k = row * columns; column < columns; column++, k++) {
      const reduced = cost[k]! - columnPrice[column]!;
      if (reduced >= worst || listed[column] === 1) continue;
      let i = length < CHUNK ? length++ : CHUNK - 1;
      for (; i > 0 && nextReduced[i - 1]! > reduced; i--) {
        nextReduced[i] = nextReduced[i - 1]!;
        nextColumn[i] = nextColumn[i - 1]!;
      }
      nextReduced[i] = reduced;
      nextColumn[i] = column;
      if (length === CHUNK) leftOut = worst = nextReduced[CHUNK - 1]!;
    }
    for (let arc = first; arc < end; arc++) listed[to[arc]!] = 0;
    for (let i = 0; i < length; i++) this.show(row, nextColumn[i]!);
    this.bound[row] = leftOut;
  }

  private show(row: number, column: number): void {
    const cost = this.cost[row * this.columns + column]!;
    this.byRow.add(row, column, cost);
    this.turned?.add(column, row, cost);
  }
}
