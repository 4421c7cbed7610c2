type Listener = () => void;

/**
 * Rows by id outside React: a thousand changes in one second cost one look a frame. `version` changes whenever a row
 * does, `drain()` tells a map layer which rows did.
 * Not a `createStore`: the rows change in place, and listeners hear of it once a frame.
 */
export class EntityTable<T extends { id: string }> {
  private readonly rows = new Map<string, T>();
  private readonly listeners = new Set<Listener>();
  private readonly watchers = new Set<Set<string>>();
  private list: T[] | null = null;
  private told = true;
  version = 0;

  constructor(
    private readonly nextFrame: (run: () => void) => void = (run) => void requestAnimationFrame(run),
  ) {}

  get(id: string | null | undefined): T | undefined {
    return id ? this.rows.get(id) : undefined;
  }

  get size(): number {
    return this.rows.size;
  }

  /** Every row; the same array until something changes. */
  all(): T[] {
    this.list ??= [...this.rows.values()];
    return this.list;
  }

  put(row: T): void {
    this.rows.set(row.id, row);
    this.changed(row.id);
  }

  patch(id: string, change: Partial<T>): void {
    const row = this.rows.get(id);
    if (row) this.put({ ...row, ...change });
  }

  remove(id: string): void {
    if (this.rows.delete(id)) this.changed(id);
  }

  /** These rows and no others. */
  replace(rows: readonly T[]): void {
    const before = [...this.rows.keys()];
    this.rows.clear();
    for (const row of rows) this.rows.set(row.id, row);
    for (const id of before) if (!this.rows.has(id)) this.changed(id);
    for (const row of rows) this.changed(row.id);
  }

  /** Calls back at most once a frame after something changed. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** A running collection of changed ids; `drain` empties it. */
  watch(): { drain(): string[]; stop(): void } {
    const dirty = new Set<string>();
    this.watchers.add(dirty);
    return {
      drain: () => {
        const ids = [...dirty];
        dirty.clear();
        return ids;
      },
      stop: () => void this.watchers.delete(dirty),
    };
  }

  private changed(id: string): void {
    this.list = null;
    for (const dirty of this.watchers) dirty.add(id);
    if (!this.told) return;
    this.told = false;
    this.nextFrame(() => {
      this.told = true;
      this.version += 1;
      for (const listener of [...this.listeners]) listener();
    });
  }
}
