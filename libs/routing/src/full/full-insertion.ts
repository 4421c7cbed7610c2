import type { FullRouteBook } from './full-route-book.js';
import type { Unit } from './units.js';

const NEVER = Number.POSITIVE_INFINITY;

/** Where a unit goes: one or two slots of one route, or one slot in each of two. */
export interface Placement {
  cost: number;
  route: number;
  slot: number;
  /** Slot of the delivery counted with the pick-up in place; -1 for a single job. */
  secondSlot: number;
}

/** Cheapest feasible places of single jobs and of pairs in a route, remembered under the route's version. */
export class FullInsertion {
  private readonly version: Float64Array;
  private readonly cost: Float64Array;
  private readonly slot: Int32Array;
  private readonly secondSlot: Int32Array;
  private readonly prunes: boolean;

  constructor(private readonly book: FullRouteBook) {
    const { instance } = book;
    const cells = instance.taskCount * instance.workers.length;
    this.version = new Float64Array(cells);
    this.cost = new Float64Array(cells);
    this.slot = new Int32Array(cells);
    this.secondSlot = new Int32Array(cells);
    // One more stop can only add travel and the rest, except that it may fill waiting time.
    const o = instance.objective;
    this.prunes =
      o.waitingPerSecond === 0 && o.balanceHours === 0 && o.balancePay === 0 && !instance.legs.timeDependent;
  }

  /** The best place of `unit` in route `r`; `cost` Infinity when there is none. Twins are placed elsewhere. */
  best(unit: Unit, r: number): Placement {
    const cell = unit.task * this.book.instance.workers.length + r;
    if (this.version[cell] !== this.book.version[r]) {
      this.version[cell] = this.book.version[r];
      this.cost[cell] = NEVER;
      if (this.mayGo(unit, r)) {
        if (unit.kind === 'pair') this.pair(unit.task, unit.delivery, r, cell);
        else this.single(unit.task, r, cell);
      }
    }
    return { cost: this.cost[cell], route: r, slot: this.slot[cell], secondSlot: this.secondSlot[cell] };
  }

  costOf(unit: Unit, r: number): number {
    const cell = unit.task * this.book.instance.workers.length + r;
    return this.version[cell] === this.book.version[r] ? this.cost[cell] : this.best(unit, r).cost;
  }

  /** Forgets what is known of a task whose bounds have changed. */
  forget(task: number): void {
    const w = this.book.instance.workers.length;
    this.version.fill(0, task * w, (task + 1) * w);
  }

  /** Whether anything but the state of the route keeps `unit` from route `r`. */
  mayGo(unit: Unit, r: number): boolean {
    const { instance, routeOf } = this.book;
    const w = instance.workers.length;
    if (instance.allowed[unit.task * w + r] === 0) return false;
    if (unit.kind === 'pair') return instance.allowed[unit.delivery * w + r] === 1;
    // The other half of something frozen: a delivery goes where its pick-up went, a twin anywhere else.
    const partner = instance.partner[unit.task];
    if (partner >= 0) return routeOf[partner] === r;
    return instance.twin[unit.task] < 0 || routeOf[instance.twin[unit.task]] !== r;
  }

  /** Travel price of the detour over `task` between slots k - 1 and k of route `r`. */
  private detour(task: number, r: number, k: number): number {
    const { book } = this;
    const { instance } = book;
    const { legs, location, objective } = instance;
    const from = book.placeAt(r, k - 1);
    const there = location[task];
    const end = instance.workers[r].end;
    const to = k <= book.len[r] ? book.placeAt(r, k) : (end ?? -1);
    const leg = (a: number, b: number) => {
      if (b < 0) return 0;
      const metres = objective.travelPerMetre === 0 ? 0 : legs.metres(a, b);
      return legs.seconds(a, b) * objective.travelPerSecond + metres * objective.travelPerMetre;
    };
    return leg(from, there) + leg(there, to) - (book.len[r] === 0 ? 0 : leg(from, to));
  }

  private single(task: number, r: number, cell: number): void {
    const { book } = this;
    const { pricer } = book;
    const base = r * book.stride;
    const len = book.len[r];
    const now = book.price[r];
    const { trial } = pricer;
    let best = NEVER;
    const first = book.firstSlot(task, r);
    for (let i = 1; i <= len; i++) trial[i + 1] = book.seq[base + i];
    pricer.trialLen = len + 1;
    // Slots in front of the place hold the route as it is; the job moves up through the trial step by step.
    for (let i = 1; i < first; i++) trial[i] = book.seq[base + i];
    for (let k = first; k <= len + 1; k++) {
      trial[k] = task;
      if (!(this.prunes && this.detour(task, r, k) >= best)) {
        const delta = pricer.price(r, k) - now;
        if (delta < best) {
          best = delta;
          this.slot[cell] = k;
        }
      }
      if (k <= len) trial[k] = book.seq[base + k];
    }
    this.cost[cell] = best;
    this.secondSlot[cell] = -1;
  }

  private pair(pickup: number, delivery: number, r: number, cell: number): void {
    const { book } = this;
    const { pricer } = book;
    const base = r * book.stride;
    const len = book.len[r];
    const now = book.price[r];
    const { trial } = pricer;
    let best = NEVER;
    pricer.trialLen = len + 2;
    const first = Math.max(book.firstSlot(pickup, r), book.firstSlot(delivery, r));
    for (let k = first; k <= len + 1; k++) {
      if (this.prunes && this.detour(pickup, r, k) >= best) continue;
      for (let i = 1; i < k; i++) trial[i] = book.seq[base + i];
      trial[k] = pickup;
      for (let i = k; i <= len; i++) trial[i + 2] = book.seq[base + i];
      for (let d = k + 1; d <= len + 2; d++) {
        trial[d] = delivery;
        const delta = pricer.price(r, k) - now;
        if (delta < best) {
          best = delta;
          this.slot[cell] = k;
          this.secondSlot[cell] = d;
        }
        if (d <= len + 1) trial[d] = book.seq[base + d - 1];
      }
    }
    this.cost[cell] = best;
  }
}
