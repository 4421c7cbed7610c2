import type { Random } from '#kernel';

/** What the ruin has to know of the routes, and do to them. */
export interface RuinedBook {
  readonly len: Int32Array;
  /** Slots 1 … fixed[r] of a route may not be touched. */
  readonly fixed: Int32Array;
  readonly routeOf: Int32Array;
  readonly slotOf: Int32Array;
  touch(r: number): void;
  remove(r: number, from: number, to: number, out: Int32Array, count: number): number;
}

/** How much a ruin takes: Christiaens & Vanden Berghe (2020), section 5.1. */
export interface RuinSettings {
  /** Average number of jobs removed (c̄ in the paper). */
  averageRemoved: number;
  /** Longest string (Lmax). */
  longestString: number;
}

/**
 * Adjacent string removal: strings of consecutive jobs are cut from routes near a seed job, so that the holes left are
 * both spatially close and long enough to be filled by something else (Christiaens & Vanden Berghe 2020, algorithm 2).
 */
export class StringRemoval {
  private readonly ruined: Int32Array;
  private stamp = 0;

  constructor(
    private readonly book: RuinedBook,
    private readonly adjacent: Int32Array,
    private readonly adjacentCount: number,
    private readonly settings: RuinSettings,
    private readonly random: Random,
  ) {
    this.ruined = new Int32Array(book.len.length);
  }

  /** Removes jobs into `out` from index `count` on; returns the new count. */
  ruin(out: Int32Array, count: number): number {
    const { book, random, adjacent, adjacentCount, settings } = this;
    const n = book.routeOf.length;
    let used = 0;
    let planned = 0;
    for (let r = 0; r < book.len.length; r++) {
      const free = book.len[r] - book.fixed[r];
      if (free === 0) continue;
      used++;
      planned += free;
    }
    if (planned === 0) return count;
    const longest = Math.min(settings.longestString, planned / used);
    const mostStrings = (4 * settings.averageRemoved) / (1 + longest) - 1;
    const strings = Math.floor(random() * mostStrings + 1);
    const seed = Math.floor(random() * n);
    const stamp = ++this.stamp;
    let done = 0;
    for (let a = 0; a < adjacentCount && done < strings; a++) {
      const job = adjacent[seed * adjacentCount + a];
      const r = book.routeOf[job];
      if (r < 0 || this.ruined[r] === stamp || book.slotOf[job] <= book.fixed[r]) continue;
      this.ruined[r] = stamp;
      done++;
      book.touch(r);
      const len = book.len[r] - book.fixed[r];
      const length = Math.floor(random() * Math.min(len, longest) + 1);
      const cut = Math.min(length, len);
      if (cut >= 2 && cut < len && random() < 0.5) count = this.splitString(r, job, cut, out, count);
      else count = this.string(r, job, cut, out, count);
    }
    return count;
  }

  private string(r: number, job: number, cut: number, out: Int32Array, count: number): number {
    const first = this.firstSlot(r, job, cut);
    return this.book.remove(r, first, first + cut - 1, out, count);
  }

  /** A longer string of which a run in the middle stays where it is. */
  private splitString(r: number, job: number, cut: number, out: Int32Array, count: number): number {
    const len = this.book.len[r] - this.book.fixed[r];
    let kept = 1;
    while (cut + kept < len && this.random() < 0.01) kept++;
    const first = this.firstSlot(r, job, cut + kept);
    const head = 1 + Math.floor(this.random() * (cut - 1));
    const tail = cut - head;
    const last = first + cut + kept - 1;
    count = this.book.remove(r, last - tail + 1, last, out, count);
    return this.book.remove(r, first, first + head - 1, out, count);
  }

  /** A random first slot of a run of `length` slots of route `r` that contains `job`. */
  private firstSlot(r: number, job: number, length: number): number {
    const at = this.book.slotOf[job];
    const lowest = Math.max(1 + this.book.fixed[r], at - length + 1);
    const highest = Math.min(at, this.book.len[r] - length + 1);
    return lowest + Math.floor(this.random() * (highest - lowest + 1));
  }
}
