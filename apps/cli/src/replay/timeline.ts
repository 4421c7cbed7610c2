interface Entry {
  at: number;
  order: number;
  run: () => Promise<void>;
}

/** What is to happen and when, in business time: a binary heap; what is due together comes out in the order it went in. */
export class ReplayTimeline {
  private readonly heap: Entry[] = [];
  private order = 0;

  get size(): number {
    return this.heap.length;
  }

  get nextAt(): number {
    return this.heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(time: number, run: () => Promise<void>): void {
    // Clocks count whole milliseconds.
    const at = Math.round(time);
    const entry = { at, order: this.order++, run };
    const { heap } = this;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (before(heap[parent]!, entry)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = entry;
  }

  /** Everything that is due by `at`, in order. */
  takeDue(at: number): (() => Promise<void>)[] {
    const due: (() => Promise<void>)[] = [];
    while (this.nextAt <= at) due.push(this.pop().run);
    return due;
  }

  private pop(): Entry {
    const { heap } = this;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (before(last, heap[child]!)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return top;
  }
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
