import { ArcLists } from './arc-lists.js';
import type { ArcSource } from './assignment-core.js';
import type { DenseAssignmentProblem } from './dense-problem.js';

const FIRST_CHUNK = 16;
/** Picking out a longer chunk would cost more than simply listing what is left. */
const LAST_CHUNK = 128;

/**
 * A dense matrix that shows its solver only the cheapest arcs of each row, and more of them when it can be that they
 * matter: in most problems a row ends with one of its few cheapest columns.
 */
export class DenseArcs implements ArcSource {
  readonly rows: number;
  readonly columns: number;
  readonly byRow: ArcLists;
  readonly byColumn: ArcLists;
  readonly bound: Float64Array;
  readonly unassignedPrice: Float64Array;
  private readonly cost: Float64Array;
  /** Arcs are listed in order of (cost, column); this is the column of the last one at cost `bound`. */
  private readonly lastColumn: Int32Array;
  private readonly chunkCost = new Float64Array(LAST_CHUNK);
  private readonly chunkColumn = new Int32Array(LAST_CHUNK);

  constructor({ rows, columns, cost }: DenseAssignmentProblem) {
    this.rows = rows;
    this.columns = columns;
    this.cost = cost;
    this.byRow = new ArcLists(rows, FIRST_CHUNK);
    this.byColumn = new ArcLists(columns, FIRST_CHUNK);
    this.bound = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
    this.lastColumn = new Int32Array(rows).fill(-1);
    this.unassignedPrice = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
    for (let row = 0; row < rows; row++) this.expand(row);
  }

  /** Lists as many arcs again as are listed already, or all of them when that is many. */
  expand(row: number): void {
    const size = Math.max(FIRST_CHUNK, this.byRow.length[row]!);
    if (size > LAST_CHUNK || size >= this.columns - this.byRow.length[row]!) this.listAll(row);
    else this.listNext(row, size);
  }

  private list(row: number, column: number, cost: number): void {
    this.byRow.add(row, column, cost);
    this.byColumn.add(column, row, cost);
  }

  private listAll(row: number): void {
    const above = this.bound[row]!;
    const last = this.lastColumn[row]!;
    for (let column = 0, k = row * this.columns; column < this.columns; column++, k++) {
      const c = this.cost[k]!;
      if (c > above || (c === above && column > last)) this.list(row, column, c);
    }
    this.bound[row] = Number.POSITIVE_INFINITY;
  }

  /** Insertion into a short sorted list: after the first few columns hardly any newcomer gets in. */
  private listNext(row: number, size: number): void {
    const { cost, columns, chunkCost, chunkColumn } = this;
    const above = this.bound[row]!;
    const last = this.lastColumn[row]!;
    let length = 0;
    let worst = Number.POSITIVE_INFINITY;
    for (let column = 0, k = row * columns; column < columns; column++, k++) {
      const c = cost[k]!;
      if (c >= worst || c < above || (c === above && column <= last)) continue;
      let i = length < size ? length++ : size - 1;
      for (; i > 0 && chunkCost[i - 1]! > c; i--) {
        chunkCost[i] = chunkCost[i - 1]!;
        chunkColumn[i] = chunkColumn[i - 1]!;
      }
      chunkCost[i] = c;
      chunkColumn[i] = column;
      if (length === size) worst = chunkCost[size - 1]!;
    }
    for (let i = 0; i < length; i++) this.list(row, chunkColumn[i]!, chunkCost[i]!);
    this.bound[row] = chunkCost[length - 1]!;
    this.lastColumn[row] = chunkColumn[length - 1]!;
  }
}
