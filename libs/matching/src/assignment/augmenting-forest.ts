import type { ArcSource, PricedAssignment } from './assignment-core.js';
import { IndexedHeap } from './indexed-heap.js';

const OUT = 0;
const IN = 1;

/**
 * Assigns the remaining rows along shortest augmenting paths, all at once: one Dijkstra search grows a tree from every
 * free row in step with a common clock. While a node is in a tree its price follows the clock (rows up, columns
 * down). When a tree reaches an idle column, or the point where one of its rows had better stay unassigned, the path
 * is switched and that tree alone is dissolved; the others keep their labels and take over what it leaves.
 *
 * A row that must stay unassigned would alone search the whole graph again and again; here its tree shares the graph
 * with the other trees. (Hungarian forest with lazy labels: Kuhn 1955, Edmonds and Karp 1972; here keys of columns are
 * lower bounds that are set right when they come up.)
 */
export class AugmentingForest {
  private clock = 0;
  private trees: number;
  /**
   * What happens next. Item j < columns: column j joins a tree. Then `rows` items: the tree with that root gives up a
   * row. Then `rows` items: the arcs listed for that row may no longer be all that matter.
   */
  private readonly heap: IndexedHeap;

  private readonly rowIn: Uint8Array;
  private readonly enteredAt: Float64Array;
  /** Time of entry less price: arc (i, j) becomes tight at `offset[i] + cost - columnPrice[j]`. */
  private readonly offset: Float64Array;
  private readonly root: Int32Array;
  /** The rows of a tree, linked from its root. */
  private readonly nextInTree: Int32Array;
  private readonly givesUpAt: Float64Array;
  private readonly givesUpRow: Int32Array;

  /** When a column joins a tree: a lower bound, Infinity for never, -Infinity while it is in one. */
  private readonly joinsAt: Float64Array;
  /** When a column joined its tree, Infinity outside. */
  private readonly joinedAt: Float64Array;
  private readonly prices: Float64Array;
  private readonly parent: Int32Array;
  private readonly parentCost: Float64Array;
  private readonly leaving: number[] = [];

  constructor(
    private readonly arcs: ArcSource,
    private readonly state: PricedAssignment,
    freeRows: readonly number[],
  ) {
    const { rows, columns } = arcs;
    this.heap = new IndexedHeap(columns + 2 * rows);
    this.rowIn = new Uint8Array(rows);
    this.enteredAt = new Float64Array(rows);
    this.offset = new Float64Array(rows);
    this.root = new Int32Array(rows);
    this.nextInTree = new Int32Array(rows).fill(-1);
    this.givesUpAt = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
    this.givesUpRow = new Int32Array(rows);
    this.joinsAt = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
    this.joinedAt = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
    this.prices = new Float64Array(columns);
    this.parent = new Int32Array(columns).fill(-1);
    this.parentCost = new Float64Array(columns);
    this.trees = freeRows.length;
    for (const row of freeRows) this.tighten(row);
    for (const row of freeRows) this.enter(row, row);
  }

  /** Runs until every row is assigned or knows that it stays unassigned. */
  run(): void {
    const { heap, state, rowIn, offset, parent, parentCost, root } = this;
    const { rows, columns } = this.arcs;
    while (this.trees > 0) {
      const item = heap.pop();
      const time = heap.key[item]!;
      if (item >= columns) {
        if (item < columns + rows) {
          this.advance(time);
          this.giveUp(item - columns);
        } else this.expand(item - columns - rows);
        continue;
      }
      const row = parent[item]!;
      if (!rowIn[row] || offset[row]! + parentCost[item]! - state.columnPrice[item]! > time) {
        this.rekey(item);
        continue;
      }
      this.advance(time);
      const mate = state.rowOf[item]!;
      if (mate >= 0) {
        this.joinedAt[item] = this.clock;
        this.joinsAt[item] = Number.NEGATIVE_INFINITY;
        this.enter(mate, root[row]!);
      } else {
        const tree = root[row]!;
        this.dissolve(tree);
        this.switchPath(item, tree);
        this.leaving.push(item);
        this.rekeyLeaving();
      }
    }
  }

  private advance(time: number): void {
    if (time > this.clock) this.clock = time;
  }

  /** A free row's price is what its cheapest way would cost. */
  private tighten(row: number): void {
    const { byRow, bound, unassignedPrice } = this.arcs;
    const { rowPrice, columnPrice } = this.state;
    for (;;) {
      let price = unassignedPrice[row]!;
      const end = byRow.start[row]! + byRow.length[row]!;
      for (let arc = byRow.start[row]!; arc < end; arc++)
        price = Math.min(price, byRow.cost[arc]! - columnPrice[byRow.to[arc]!]!);
      rowPrice[row] = price;
      if (price <= bound[row]!) return;
      this.arcs.expand(row, columnPrice);
    }
  }

  /** A row joins a tree and tells its columns when their arc becomes tight. */
  private enter(row: number, tree: number): void {
    const offset = this.clock - this.state.rowPrice[row]!;
    this.rowIn[row] = IN;
    this.enteredAt[row] = this.clock;
    this.offset[row] = offset;
    this.root[row] = tree;
    if (row !== tree) {
      this.nextInTree[row] = this.nextInTree[tree]!;
      this.nextInTree[tree] = row;
    }
    const givesUpAt = offset + this.arcs.unassignedPrice[row]!;
    if (givesUpAt < this.givesUpAt[tree]!) {
      this.givesUpAt[tree] = givesUpAt;
      this.givesUpRow[tree] = row;
      this.heap.set(this.arcs.columns + tree, givesUpAt);
    }
    this.relax(row, 0);
  }

  /** Tells the columns of a row, from its arc number `from` on, when their arc becomes tight. */
  private relax(row: number, from: number): void {
    const { byRow, bound, rows, columns } = this.arcs;
    const { joinsAt, parent, parentCost, heap } = this;
    const { to, cost } = byRow;
    const { columnPrice } = this.state;
    const offset = this.offset[row]!;
    const end = byRow.start[row]! + byRow.length[row]!;
    for (let arc = byRow.start[row]! + from; arc < end; arc++) {
      const column = to[arc]!;
      const time = offset + cost[arc]! - columnPrice[column]!;
      if (time >= joinsAt[column]!) continue;
      joinsAt[column] = time;
      parent[column] = row;
      parentCost[column] = cost[arc]!;
      heap.set(column, time);
    }
    if (bound[row]! < Number.POSITIVE_INFINITY) heap.set(columns + rows + row, offset + bound[row]!);
  }

  /** The clock has come to where an arc that is not listed might be tight. */
  private expand(row: number): void {
    if (this.rowIn[row] === OUT) return;
    const known = this.arcs.byRow.length[row]!;
    this.arcs.expand(row, this.pricesNow());
    this.relax(row, known);
  }

  /** Column prices with what the clock has taken from those in a tree. */
  private pricesNow(): Float64Array {
    const { joinedAt, prices, clock } = this;
    const { columnPrice } = this.state;
    for (let column = 0; column < prices.length; column++) {
      const spent = clock - joinedAt[column]!;
      prices[column] = spent > 0 ? columnPrice[column]! - spent : columnPrice[column]!;
    }
    return prices;
  }

  /** The tree's cheapest row to drop stays unassigned and hands its column up the path. */
  private giveUp(tree: number): void {
    const { columnOf } = this.state;
    this.dissolve(tree);
    const row = this.givesUpRow[tree]!;
    const column = columnOf[row]!;
    columnOf[row] = -1;
    if (row !== tree) this.switchPath(column, tree);
    this.rekeyLeaving();
  }

  /** Every column on the path goes to its parent row, up to the root. */
  private switchPath(from: number, tree: number): void {
    const { columnOf, rowOf } = this.state;
    for (let column = from; ; ) {
      const row = this.parent[column]!;
      const next = columnOf[row]!;
      rowOf[column] = row;
      columnOf[row] = column;
      if (row === tree) return;
      column = next;
    }
  }

  /** All nodes of a tree leave with the prices they have by now. */
  private dissolve(tree: number): void {
    const { rowPrice, columnPrice, columnOf } = this.state;
    this.trees--;
    this.givesUpAt[tree] = Number.POSITIVE_INFINITY;
    this.heap.delete(this.arcs.columns + tree);
    this.leaving.length = 0;
    for (let row = tree; row >= 0; ) {
      const spent = this.clock - this.enteredAt[row]!;
      this.rowIn[row] = OUT;
      rowPrice[row]! += spent;
      if (row !== tree) {
        const column = columnOf[row]!;
        columnPrice[column]! -= spent;
        this.joinedAt[column] = Number.POSITIVE_INFINITY;
        this.leaving.push(column);
      }
      const next = this.nextInTree[row]!;
      this.nextInTree[row] = -1;
      row = next;
    }
  }

  private rekeyLeaving(): void {
    for (const column of this.leaving) this.rekey(column);
  }

  /** When does this column join one of the trees that are there now? */
  private rekey(column: number): void {
    const { start, length, to, cost } = this.arcs.byColumn;
    const { rowIn, offset, heap } = this;
    const price = this.state.columnPrice[column]!;
    let time = Number.POSITIVE_INFINITY;
    let parent = -1;
    let parentCost = 0;
    const end = start[column]! + length[column]!;
    for (let arc = start[column]!; arc < end; arc++) {
      const row = to[arc]!;
      if (rowIn[row] === OUT) continue;
      const tight = offset[row]! + cost[arc]! - price;
      if (tight >= time) continue;
      time = tight;
      parent = row;
      parentCost = cost[arc]!;
    }
    this.joinsAt[column] = time;
    this.parent[column] = parent;
    this.parentCost[column] = parentCost;
    if (parent >= 0) heap.set(column, time);
    else heap.delete(column);
  }
}
