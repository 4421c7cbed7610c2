import type { RuinedBook } from '../basic/ruin-strings.js';
import type { Instance } from '../instance/instance.js';
import type { RoutingWorker } from '../problem/types.js';
import { FIELDS, RouteClock, TIME } from '../schedule/clock.js';
import { Bounds } from './bounds.js';
import { RoutePricer } from './route-pricer.js';

/**
 * The routes of a problem of the full model. Slot 0 is the start, frozen stops follow; from the last of them on each slot holds the
 * clock's state after serving it, so that a trial begins where it differs. Every change can be taken back.
 */
export class FullRouteBook implements RuinedBook {
  readonly clock: RouteClock;
  readonly bounds: Bounds;
  readonly pricer: RoutePricer;
  readonly stride: number;
  readonly seq: Int32Array;
  readonly len: Int32Array;
  readonly fixed: Int32Array;
  readonly states: Float64Array;
  readonly price: Float64Array;
  readonly version: Float64Array;
  readonly routeOf: Int32Array;
  readonly slotOf: Int32Array;
  /** Some route cannot be kept: only a rollback helps. */
  broken = false;
  private nextVersion = 1;
  private readonly touched: number[] = [];
  private readonly kept: (
    | { seq: Int32Array; states: Float64Array; price: number; version: number }
    | undefined
  )[];

  constructor(readonly instance: Instance) {
    const { taskCount, workers, frozen } = instance;
    this.clock = new RouteClock(instance);
    this.bounds = new Bounds(instance, this.clock);
    const most = (w: RoutingWorker, r: number) =>
      Math.max(Math.min(taskCount, w.maxTasks ?? taskCount), frozen[r].length);
    // One more than the rules allow, for a trial that is then refused.
    this.stride = Math.max(...workers.map(most)) + 2;
    this.seq = new Int32Array(workers.length * this.stride);
    this.len = new Int32Array(workers.length);
    this.fixed = Int32Array.from(frozen, (f) => f.length);
    this.states = new Float64Array(workers.length * this.stride * this.clock.stateSize);
    this.price = new Float64Array(workers.length);
    this.version = new Float64Array(workers.length);
    this.routeOf = new Int32Array(taskCount).fill(-1);
    this.slotOf = new Int32Array(taskCount);
    this.kept = new Array(workers.length);
    this.pricer = new RoutePricer(this);
    frozen.forEach((tasks, r) => {
      this.seq.set(tasks, r * this.stride + 1);
      this.len[r] = tasks.length;
      this.rebuild(r, 0);
    });
  }

  state(r: number, slot: number): number {
    return (r * this.stride + slot) * this.clock.stateSize;
  }

  /** The place after slot `k` of route `r`. */
  placeAt(r: number, k: number): number {
    const { instance } = this;
    return k === 0 ? instance.workers[r].start : instance.location[this.seq[r * this.stride + k]];
  }

  /** Earliest end of a planned task over all labels that are still alive, and the latest of those. */
  endsOf(task: number): { earliest: number; latest: number } {
    const r = this.routeOf[task];
    const slot = this.slotOf[task];
    if (slot <= this.fixed[r]) {
      const { end } = this.clock.frozenStops(r)[slot - 1];
      return { earliest: end, latest: end };
    }
    let earliest = Number.POSITIVE_INFINITY;
    let latest = Number.NEGATIVE_INFINITY;
    const at = this.state(r, slot);
    // The task has been served in every label, but breaks taken right behind it are in the later ones: those only
    // make the latest end later, which is safe.
    for (let k = 0; k <= this.clock.breaks[r].length; k++) {
      const time = this.states[at + k * FIELDS + TIME];
      if (time === Number.POSITIVE_INFINITY) continue;
      earliest = Math.min(earliest, time);
      latest = Math.max(latest, time);
    }
    return { earliest, latest };
  }

  /** Recomputes route `r` from slot `from` on. */
  rebuild(r: number, from: number): void {
    const base = r * this.stride;
    for (let k = Math.max(1, from); k <= this.len[r]; k++) {
      this.routeOf[this.seq[base + k]] = r;
      this.slotOf[this.seq[base + k]] = k;
    }
    this.version[r] = this.nextVersion++;
    this.price[r] = this.pricer.rebuild(r, Math.max(from, this.fixed[r]));
    if (this.price[r] === Number.POSITIVE_INFINITY) this.broken = true;
  }

  /** The first slot of route `r` behind everything that `task` waits for. */
  firstSlot(task: number, r: number): number {
    let slot = this.fixed[r] + 1;
    for (const before of this.instance.before[task]) {
      if (this.routeOf[before] === r) slot = Math.max(slot, this.slotOf[before] + 1);
    }
    return slot;
  }

  /** Puts `task` into slot `k`; the caller knows that the route can be kept. */
  insert(r: number, k: number, task: number): void {
    const base = r * this.stride;
    this.seq.copyWithin(base + k + 1, base + k, base + this.len[r] + 1);
    this.seq[base + k] = task;
    this.len[r]++;
    this.rebuild(r, k);
  }

  remove(r: number, from: number, to: number, out: Int32Array, count: number): number {
    const base = r * this.stride;
    for (let k = from; k <= to; k++) {
      const task = this.seq[base + k];
      this.routeOf[task] = -1;
      out[count++] = task;
    }
    this.seq.copyWithin(base + from, base + to + 1, base + this.len[r] + 1);
    this.len[r] -= to - from + 1;
    this.rebuild(r, from);
    return count;
  }

  touch(r: number): void {
    if (this.kept[r]) return;
    const base = r * this.stride;
    const size = this.clock.stateSize;
    this.touched.push(r);
    this.kept[r] = {
      seq: this.seq.slice(base, base + this.len[r] + 1),
      states: this.states.slice(base * size, (base + this.len[r] + 1) * size),
      price: this.price[r],
      version: this.version[r],
    };
  }

  commit(): void {
    for (const r of this.touched) this.kept[r] = undefined;
    this.touched.length = 0;
    this.bounds.commit();
  }

  rollback(): void {
    for (const r of this.touched) {
      for (let k = 1; k <= this.len[r]; k++) this.routeOf[this.seq[r * this.stride + k]] = -1;
    }
    for (const r of this.touched) {
      const { seq, states, price, version } = this.kept[r]!;
      const base = r * this.stride;
      this.seq.set(seq, base);
      this.states.set(states, base * this.clock.stateSize);
      this.len[r] = seq.length - 1;
      this.price[r] = price;
      this.version[r] = version;
      for (let k = 1; k < seq.length; k++) {
        this.routeOf[seq[k]] = r;
        this.slotOf[seq[k]] = k;
      }
    }
    this.bounds.rollback();
    this.broken = false;
    this.commit();
  }

  /** Price of all routes. */
  total(): number {
    if (this.broken) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const p of this.price) sum += p;
    return sum;
  }

  tours(): number[][] {
    return Array.from(this.len, (len, r) =>
      Array.from(this.seq.subarray(r * this.stride + 1, r * this.stride + 1 + len)),
    );
  }
}
