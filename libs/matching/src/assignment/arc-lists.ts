/** For each owner a list of (other end, cost) in shared flat arrays; a list that outgrows its place moves to the end. */
export class ArcLists {
  to: Int32Array;
  cost: Float64Array;
  readonly start: Int32Array;
  readonly length: Int32Array;
  private readonly room: Int32Array;
  private end: number;

  constructor(owners: number, roomEach: number) {
    this.start = Int32Array.from({ length: owners }, (_, i) => i * roomEach);
    this.length = new Int32Array(owners);
    this.room = new Int32Array(owners).fill(roomEach);
    this.end = owners * roomEach;
    this.to = new Int32Array(this.end);
    this.cost = new Float64Array(this.end);
  }

  /** Takes compressed rows as they are, without copying: `firstArc` has one entry more than there are owners. */
  static over(firstArc: Int32Array, to: Int32Array, cost: Float64Array): ArcLists {
    const lists = new ArcLists(firstArc.length - 1, 0);
    lists.to = to;
    lists.cost = cost;
    lists.end = to.length;
    for (let i = 0; i < lists.start.length; i++) {
      lists.start[i] = firstArc[i]!;
      lists.length[i] = lists.room[i] = firstArc[i + 1]! - firstArc[i]!;
    }
    return lists;
  }

  /** The same arcs listed by their other end. */
  turned(owners: number): ArcLists {
    const count = new Int32Array(owners + 1);
    for (let i = 0; i < this.start.length; i++)
      for (let k = this.start[i]!, end = k + this.length[i]!; k < end; k++) count[this.to[k]! + 1]!++;
    for (let j = 0; j < owners; j++) count[j + 1]! += count[j]!;
    const at = count.slice();
    const to = new Int32Array(count[owners]!);
    const cost = new Float64Array(count[owners]!);
    for (let i = 0; i < this.start.length; i++)
      for (let k = this.start[i]!, end = k + this.length[i]!; k < end; k++) {
        const place = at[this.to[k]!]!++;
        to[place] = i;
        cost[place] = this.cost[k]!;
      }
    return ArcLists.over(count, to, cost);
  }

  add(owner: number, to: number, cost: number): void {
    if (this.length[owner] === this.room[owner]) this.move(owner);
    const at = this.start[owner]! + this.length[owner]!++;
    this.to[at] = to;
    this.cost[at] = cost;
  }

  private move(owner: number): void {
    const room = 2 * this.room[owner]! + 4;
    if (this.end + room > this.to.length) {
      const longer = 2 * this.to.length + room;
      const to = new Int32Array(longer);
      to.set(this.to);
      this.to = to;
      const cost = new Float64Array(longer);
      cost.set(this.cost);
      this.cost = cost;
    }
    const from = this.start[owner]!;
    this.to.copyWithin(this.end, from, from + this.length[owner]!);
    this.cost.copyWithin(this.end, from, from + this.length[owner]!);
    this.start[owner] = this.end;
    this.room[owner] = room;
    this.end += room;
  }
}
