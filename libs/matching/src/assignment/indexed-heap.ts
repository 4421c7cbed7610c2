/**
 * A 4-ary heap of the items 0..capacity-1 by key, each in it at most once, so that a changed key moves its item instead
 * of leaving a stale one behind.
 */
export class IndexedHeap {
  readonly key: Float64Array;
  private readonly item: Int32Array;
  private readonly place: Int32Array;
  private length = 0;

  constructor(capacity: number) {
    this.key = new Float64Array(capacity);
    this.item = new Int32Array(capacity);
    this.place = new Int32Array(capacity).fill(-1);
  }

  get size(): number {
    return this.length;
  }

  /** Puts an item in, or moves it to its new key. */
  set(item: number, key: number): void {
    const at = this.place[item]!;
    const old = this.key[item]!;
    this.key[item] = key;
    if (at < 0) this.up(this.length++, key, item);
    else if (key < old) this.up(at, key, item);
    else this.down(at, key, item);
  }

  /** Takes out the item of the smallest key; its key stays readable in `key`. The heap must not be empty. */
  pop(): number {
    const top = this.item[0]!;
    this.place[top] = -1;
    const last = this.item[--this.length]!;
    if (this.length > 0) this.down(0, this.key[last]!, last);
    return top;
  }

  delete(item: number): void {
    const at = this.place[item]!;
    if (at < 0) return;
    this.place[item] = -1;
    const last = this.item[--this.length]!;
    if (last === item) return;
    const key = this.key[last]!;
    if (key < this.key[item]!) this.up(at, key, last);
    else this.down(at, key, last);
  }

  private up(from: number, key: number, item: number): void {
    const { item: items, place, key: keys } = this;
    let at = from;
    while (at > 0) {
      const parentAt = (at - 1) >> 2;
      const parent = items[parentAt]!;
      if (keys[parent]! <= key) break;
      items[at] = parent;
      place[parent] = at;
      at = parentAt;
    }
    items[at] = item;
    place[item] = at;
  }

  private down(from: number, key: number, item: number): void {
    const { item: items, place, key: keys, length } = this;
    let at = from;
    for (let first = 4 * at + 1; first < length; first = 4 * at + 1) {
      let leastAt = first;
      let least = items[first]!;
      let leastKey = keys[least]!;
      const end = Math.min(first + 4, length);
      for (let i = first + 1; i < end; i++) {
        const child = items[i]!;
        if (keys[child]! < leastKey) {
          leastAt = i;
          least = child;
          leastKey = keys[child]!;
        }
      }
      if (leastKey >= key) break;
      items[at] = least;
      place[least] = at;
      at = leastAt;
    }
    items[at] = item;
    place[item] = at;
  }
}
