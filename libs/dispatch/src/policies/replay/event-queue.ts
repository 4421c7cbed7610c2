/** Things to come, soonest first; of two at the same time the one that was put in first. A binary heap. */
export class EventQueue<T> {
  private readonly heap: { at: number; order: number; what: T }[] = [];
  private count = 0;

  get size(): number {
    return this.heap.length;
  }

  put(at: number, what: T): void {
    const { heap } = this;
    let i = heap.push({ at, order: this.count++, what }) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.before(i, parent)) return;
      this.swap(i, parent);
      i = parent;
    }
  }

  next(): { at: number; what: T } | null {
    const { heap } = this;
    const first = heap[0];
    if (!first) return null;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2];
        let least = left < heap.length && this.before(left, i) ? left : i;
        if (right < heap.length && this.before(right, least)) least = right;
        if (least === i) break;
        this.swap(i, least);
        i = least;
      }
    }
    return first;
  }

  private before(a: number, b: number): boolean {
    const [x, y] = [this.heap[a]!, this.heap[b]!];
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  private swap(a: number, b: number): void {
    const { heap } = this;
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  }
}
