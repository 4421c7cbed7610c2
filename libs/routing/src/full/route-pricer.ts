import { FIELDS, LATE, TIME, WAIT } from '../schedule/clock.js';
import { movedStops, priceRoute, type RouteFacts, sumTerms } from '../schedule/price.js';
import type { FullRouteBook } from './full-route-book.js';

const NEVER = Number.POSITIVE_INFINITY;

/** Feasibility and price of a whole route: the one place where a route of the full model is judged. */
export class RoutePricer {
  /** The route under trial: tasks in slots 1 … trialLen (slot 0 unused). */
  readonly trial: Int32Array;
  trialLen = 0;
  private readonly scratch: Float64Array;
  private readonly home = new Float64Array(1);
  private readonly facts: RouteFacts = {
    travelSeconds: 0,
    travelMetres: 0,
    waitingSeconds: 0,
    lateSeconds: 0,
    overtimeSeconds: 0,
    workSeconds: 0,
    movedStops: 0,
    notPreferred: 0,
  };
  /** Whether anything in the objective looks at the order or the worker of a stop. */
  private readonly moved: boolean;

  constructor(private readonly book: FullRouteBook) {
    const { instance, clock } = book;
    this.trial = new Int32Array(instance.taskCount + 2);
    this.scratch = new Float64Array((instance.taskCount + 2) * clock.stateSize);
    this.moved = instance.objective.movedStop > 0 && instance.currentWorker.some((w) => w >= 0);
  }

  /** Re-reads route `r` from slot `from` on and stores its states; Infinity when it cannot be kept. */
  rebuild(r: number, from: number): number {
    const { book } = this;
    const base = r * book.stride;
    this.trialLen = book.len[r];
    for (let k = 1; k <= this.trialLen; k++) this.trial[k] = book.seq[base + k];
    const fixed = book.fixed[r];
    if (from <= fixed) book.clock.open(r, book.states, book.state(r, fixed));
    const size = book.clock.stateSize;
    for (let k = Math.max(from, fixed + 1); k <= this.trialLen; k++) {
      const at = book.state(r, k);
      if (
        !book.clock.serve(r, book.placeAt(r, k - 1), this.trial[k], book.states, at - size, book.states, at)
      ) {
        return NEVER;
      }
    }
    return this.judge(r, book.states, book.state(r, this.trialLen));
  }

  /** Price of the trial on route `r`, whose slots below `from` are as they stand; Infinity when infeasible. */
  price(r: number, from: number): number {
    const { book } = this;
    const size = book.clock.stateSize;
    const { location } = book.instance;
    if (!this.loadsFit(r)) return NEVER;
    let states = book.states;
    let at = book.state(r, from - 1);
    for (let k = from; k <= this.trialLen; k++) {
      const place = k === from ? book.placeAt(r, k - 1) : location[this.trial[k - 1]];
      const to = k * size;
      if (!book.clock.serve(r, place, this.trial[k], states, at, this.scratch, to)) return NEVER;
      states = this.scratch;
      at = to;
    }
    return this.judge(r, states, at, true);
  }

  /** Earliest start of the task in slot `k` in the last trial that was priced from `k` or before. */
  trialStart(r: number, k: number): number {
    const { clock, instance } = this.book;
    let earliest = NEVER;
    for (let b = 0; b <= clock.breaks[r].length; b++) {
      earliest = Math.min(earliest, this.scratch[k * clock.stateSize + b * FIELDS + TIME]);
    }
    return earliest - instance.service[this.trial[k]] * (instance.workers[r].serviceFactor ?? 1);
  }

  private judge(r: number, states: Float64Array, at: number, loaded = false): number {
    const { book, facts: f } = this;
    const { instance, clock } = book;
    const worker = instance.workers[r];
    const len = this.trialLen;
    if (len === 0) return 0;
    if (len > (worker.maxTasks ?? len) && len > book.fixed[r]) return NEVER;
    const held = len === book.fixed[r];
    if (!loaded && !held && !this.loadsFit(r)) return NEVER;
    const { legs, location } = instance;
    const last = location[this.trial[len]];
    const label = clock.close(r, last, states, at, this.home, held);
    if (label < 0) return NEVER;
    const o = at + label * FIELDS;
    const frozen = book.fixed[r] > 0;
    f.waitingSeconds = states[o + WAIT] - clock.saved(states, o);
    f.lateSeconds = states[o + LATE];
    const begin = frozen
      ? worker.shift[0]
      : Math.max(worker.shift[0], worker.readyAt ?? 0) + clock.delay(states, o);
    f.workSeconds = this.home[0] - begin;
    f.overtimeSeconds = Math.max(0, this.home[0] - worker.shift[1]);
    f.travelSeconds = 0;
    f.travelMetres = 0;
    f.notPreferred = 0;
    let place = worker.start;
    for (let k = 1; k <= len + 1; k++) {
      if (k > len && worker.end == null) break;
      const to = k > len ? worker.end! : location[this.trial[k]];
      f.travelSeconds += legs.seconds(place, to);
      f.travelMetres += legs.metres(place, to);
      if (k <= len) f.notPreferred += instance.notPreferred[this.trial[k] * instance.workers.length + r];
      place = to;
    }
    if (legs.timeDependent) f.travelSeconds = this.travelByClock(r, label, begin, states[o + WAIT]);
    if (!held && f.travelSeconds > (worker.maxTravelSeconds ?? NEVER) + 1e-9) return NEVER;
    if (!held && f.travelMetres > (worker.maxTravelMetres ?? NEVER) + 1e-9) return NEVER;
    f.movedStops = this.moved ? movedStops(instance, r, this.trial.subarray(1, len + 1)) : 0;
    return sumTerms(priceRoute(instance, r, f));
  }

  /** Under a profile the way takes what is left of the day after waiting, service, set-up and rest. */
  private travelByClock(r: number, label: number, begin: number, waited: number): number {
    const { clock, instance, fixed } = this.book;
    const worker = instance.workers[r];
    const stops = clock.frozenStops(r);
    let since = begin;
    let travel = 0;
    let place = worker.start;
    if (stops.length > 0) {
      let left = worker.shift[0];
      for (const stop of stops) {
        travel += instance.legs.arrive(place, instance.location[stop.task], left) - left;
        left = stop.end;
        place = instance.location[stop.task];
      }
      since = Math.max(left, worker.readyAt ?? 0);
    }
    let busy = waited;
    for (let k = fixed[r] + 1; k <= this.trialLen; k++) {
      const task = this.trial[k];
      busy += instance.service[task] * (worker.serviceFactor ?? 1);
      if (instance.location[task] !== place) busy += instance.setup[task];
      place = instance.location[task];
    }
    // Breaks that lay behind the frozen stops already were never taken on this clock.
    const passed = stops.length > 0 ? clock.breaks[r].filter((b) => b.to < since).length : 0;
    for (let b = passed; b < label; b++) busy += clock.breaks[r][b].seconds;
    return travel + this.home[0] - since - busy;
  }

  /** The load after each stop, and the pairs: pick-up first, both on this route. */
  private loadsFit(r: number): boolean {
    const { instance } = this.book;
    const { dimensions: dims, delivery, pickup, partner, isDelivery } = instance;
    const { capacity } = instance.workers[r];
    if (!capacity) return true;
    for (let d = 0; d < dims; d++) {
      let load = 0;
      for (let k = 1; k <= this.trialLen; k++) {
        const t = this.trial[k];
        if (!(isDelivery[t] && partner[t] >= 0)) load += delivery[t * dims + d];
      }
      if (load > capacity[d]) return false;
      for (let k = 1; k <= this.trialLen; k++) {
        const t = this.trial[k];
        load += pickup[t * dims + d] - delivery[t * dims + d];
        if (load > capacity[d] + 1e-9) return false;
      }
    }
    return true;
  }
}
