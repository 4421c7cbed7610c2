import { ArcLists } from './arc-lists.js';
import type { ArcSource } from './assignment-core.js';
import type { DenseAssignmentProblem } from './dense-problem.js';

const CHUNK = 16;

/**
 * A dense matrix that shows its solver only a few arcs of each row, and the next few when it can be that they matter:
 * in most problems a row ends with one of its cheapest columns. What is next goes by reduced cost, cost less column
 * price. Column prices only fall, so that the least reduced cost left out once is a bound for good.
 */
export class DenseArcs implements ArcSource {
  readonly rows: number;
  readonly columns: number;
  readonly byRow: ArcLists;
  readonly byColumn: ArcLists;
  readonly bound: Float64Array;
  readonly unassignedPrice: Float64Array;
  private readonly cost: Float64Array;
  private readonly chunkReduced = new Float64Array(CHUNK);
  private readonly chunkColumn = new Int32Array(CHUNK);
  /** 1 for the columns listed for the row at hand. */
  private readonly listed: Uint8Array;

  constructor({ rows, columns, cost }: DenseAssignmentProblem) {
    this.rows = rows;
    this.columns = columns;
    this.cost = cost;
    this.byRow = new ArcLists(rows, CHUNK);
    this.byColumn = new ArcLists(columns, CHUNK);
    this.bound = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
    this.unassignedPrice = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
    this.listed = new Uint8Array(columns);
    const free = new Float64Array(columns);
    for (let row = 0; row < rows; row++) this.expand(row, free);
  }

  /** Lists the next chunk, by insertion into a short sorted list: after a few columns hardly any newcomer gets in. */
  expand(row: number, columnPrice: Float64Array): void {
    const { cost, columns, chunkReduced, chunkColumn, listed, byRow } = this;
    const { to, start, length: lengths } = byRow;
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
      for (; i > 0 && chunkReduced[i - 1]! > reduced; i--) {
        chunkReduced[i] = chunkReduced[i - 1]!;
        chunkColumn[i] = chunkColumn[i - 1]!;
      }
      chunkReduced[i] = reduced;
      chunkColumn[i] = column;
      if (length === CHUNK) leftOut = worst = chunkReduced[CHUNK - 1]!;
    }
    for (let arc = first; arc < end; arc++) listed[to[arc]!] = 0;
    for (let i = 0; i < length; i++) {
      const column = chunkColumn[i]!;
      byRow.add(row, column, cost[row * columns + column]!);
      this.byColumn.add(column, row, cost[row * columns + column]!);
    }
    this.bound[row] = leftOut;
  }
}
