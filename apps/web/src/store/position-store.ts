import type { Position } from '../api/types';

const GROW = 2;

/**
 * Where everyone is, in flat arrays: a frame of 5,000 positions a second makes no garbage and no render. Layers ask
 * once a frame which rows moved.
 * Not a `createStore`: the arrays change in place, and copying them for each frame would cost too much.
 */
export class PositionStore {
  private capacity = 1_024;
  private readonly rowOf = new Map<string, number>();
  private readonly watchers = new Set<Set<number>>();
  private readonly listeners = new Set<() => void>();
  ids: string[] = [];
  lat = new Float64Array(this.capacity);
  lon = new Float64Array(this.capacity);
  /** Degrees clockwise from north; NaN when not known. */
  heading = new Float32Array(this.capacity);
  /** Metres a second; NaN when not known. */
  speed = new Float32Array(this.capacity);
  accuracyMetres = new Float32Array(this.capacity);
  /** Business time of the fix, ms. */
  fixAt = new Float64Array(this.capacity);
  version = 0;

  get size(): number {
    return this.ids.length;
  }

  row(workerId: string): number | undefined {
    return this.rowOf.get(workerId);
  }

  /** An older fix than the one known is left out. */
  put(position: Position): void {
    const fixAt = typeof position.fixAt === 'number' ? position.fixAt : Date.parse(position.fixAt);
    let row = this.rowOf.get(position.workerId);
    if (row === undefined) {
      row = this.ids.length;
      if (row === this.capacity) this.grow();
      this.accuracyMetres[row] = Number.NaN;
      this.ids.push(position.workerId);
      this.rowOf.set(position.workerId, row);
    } else if (this.fixAt[row]! > fixAt) return;
    this.lat[row] = position.lat;
    this.lon[row] = position.lon;
    this.heading[row] = position.heading ?? Number.NaN;
    this.speed[row] = position.speed ?? Number.NaN;
    // Frames leave the accuracy out: the one known stays.
    if (position.accuracyMetres !== null) this.accuracyMetres[row] = position.accuracyMetres;
    this.fixAt[row] = fixAt;
    for (const dirty of this.watchers) dirty.add(row);
  }

  /** After a batch of `put`. */
  settle(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  watch(): { drain(): number[]; stop(): void } {
    const dirty = new Set<number>(this.ids.keys());
    this.watchers.add(dirty);
    return {
      drain: () => {
        const rows = [...dirty];
        dirty.clear();
        return rows;
      },
      stop: () => void this.watchers.delete(dirty),
    };
  }

  clear(): void {
    this.ids = [];
    this.rowOf.clear();
    this.settle();
  }

  private grow(): void {
    this.capacity *= GROW;
    const larger = <A extends Float64Array | Float32Array>(from: A): A => {
      const to = new (from.constructor as new (n: number) => A)(this.capacity);
      to.set(from);
      return to;
    };
    this.lat = larger(this.lat);
    this.lon = larger(this.lon);
    this.heading = larger(this.heading);
    this.speed = larger(this.speed);
    this.accuracyMetres = larger(this.accuracyMetres);
    this.fixAt = larger(this.fixAt);
  }
}
