import type { Instance } from '../instance/instance.js';

/** Fields of one label. */
export const TIME = 0;
export const LATE = 1;
export const WAIT = 2;
const PUSH = 3;
/** 1 when the last thing this label did was to rest, 0 when it served or began. */
export const RESTED = 4;
export const FIELDS = 5;

const NEVER = Number.POSITIVE_INFINITY;
/** PUSH of a day that has not left the start yet, when travel depends on the time of day. */
const NOT_LEFT = -1;

interface SortedBreak {
  from: number;
  to: number;
  seconds: number;
  /** Its index in the worker's own list. */
  index: number;
}

/** Agreed moments between routes, by task: service starts neither before nor after, and ends by. */
export interface ClockBounds {
  notBefore: Float64Array;
  startBy: Float64Array;
  endBy: Float64Array;
}

/**
 * How a route's time runs, rule by rule: leave, travel, set up, wait for the window, serve, rest. A state holds one
 * label for each number of breaks already taken: the earliest time one can be ready to leave, lateness and waiting so
 * far, and by how much the day could begin later without any of it changing feasibility (Savelsbergh's forward slack).
 * Earlier is never worse, so the earliest label of each number of breaks is enough.
 */
export class RouteClock {
  /** Breaks by the end of their window, for each worker. */
  readonly breaks: SortedBreak[][];
  /** Numbers in one state. */
  readonly stateSize: number;
  /** Set by precedence and pairing while a search runs: service may start neither before nor after. */
  readonly notBefore: Float64Array;
  readonly startBy: Float64Array;
  readonly endBy: Float64Array;

  constructor(
    readonly instance: Instance,
    bounds?: ClockBounds,
  ) {
    this.breaks = instance.workers.map((w) =>
      (w.breaks ?? [])
        .map((b, index) => ({ from: b.window[0], to: b.window[1], seconds: b.seconds, index }))
        .sort((a, b) => a.to - b.to || a.from - b.from || a.index - b.index),
    );
    this.stateSize = FIELDS * (1 + Math.max(0, ...this.breaks.map((b) => b.length)));
    const all = (value: number) => new Float64Array(instance.taskCount).fill(value);
    this.notBefore = bounds?.notBefore ?? all(Number.NEGATIVE_INFINITY);
    this.startBy = bounds?.startBy ?? all(NEVER);
    this.endBy = bounds?.endBy ?? all(NEVER);
  }

  /** The state in which worker `w` may leave the start, or the last frozen stop. */
  open(w: number, out: Float64Array, at: number): void {
    const { readyAt = 0, shift } = this.instance.workers[w];
    const passed = this.frozenStops(w).at(-1);
    const time = Math.max(passed ? passed.end : shift[0], readyAt);
    for (let k = 0; k <= this.breaks[w].length; k++) out[at + k * FIELDS + TIME] = NEVER;
    // A break whose time has passed while the frozen stops were served is history.
    let taken = 0;
    while (passed && taken < this.breaks[w].length && this.breaks[w][taken].to < time) taken++;
    const o = at + taken * FIELDS;
    out[o + TIME] = time;
    out[o + LATE] = 0;
    out[o + WAIT] = 0;
    out[o + RESTED] = 0;
    out[o + PUSH] = passed ? 0 : this.instance.legs.timeDependent ? NOT_LEFT : NEVER;
    this.rest(w, out, at);
  }

  /** The frozen stops of worker `w` at their known times, the rest as early as travel allows; windows do not matter. */
  frozenStops(w: number): { task: number; arrival: number; start: number; end: number }[] {
    const { instance } = this;
    const worker = instance.workers[w];
    let place = worker.start;
    let time = worker.shift[0];
    return (worker.frozen ?? []).map((stop, i) => {
      const task = instance.frozen[w][i];
      const there = instance.location[task];
      const setup = there === place ? 0 : instance.setup[task];
      const arrival = instance.legs.arrive(place, there, time);
      const opens = instance.windows[instance.windowFrom[task] * 2];
      const start = stop.start ?? Math.max(arrival + setup, opens);
      const end = stop.end ?? start + instance.service[task] * (worker.serviceFactor ?? 1);
      place = there;
      time = end;
      return { task, arrival: Math.min(arrival, start), start, end };
    });
  }

  /** From the state at `from` (of `states`) to that after serving `task`; false when no label survives. */
  serve(
    w: number,
    place: number,
    task: number,
    states: Float64Array,
    from: number,
    out: Float64Array,
    at: number,
  ): boolean {
    const { instance } = this;
    const there = instance.location[task];
    const setup = there === place ? 0 : instance.setup[task];
    const service = instance.service[task] * (instance.workers[w].serviceFactor ?? 1);
    const notBefore = this.notBefore[task];
    const startBy = Math.min(this.startBy[task], this.endBy[task] - service);
    let alive = false;
    for (let k = 0; k <= this.breaks[w].length; k++) {
      const i = from + k * FIELDS;
      const o = at + k * FIELDS;
      out[o + TIME] = NEVER;
      const left = states[i + TIME];
      if (left === NEVER) continue;
      const ready = instance.legs.arrive(place, there, left) + setup;
      const earliest = Math.max(ready, notBefore);
      // The first window still open; its end may be overrun by the job's own lateness, at a price.
      let window = instance.windowFrom[task];
      const last = instance.windowFrom[task + 1] - 1;
      while (window < last && earliest > instance.windows[window * 2 + 1]) window++;
      const opens = instance.windows[window * 2];
      const closes = instance.windows[window * 2 + 1];
      const start = Math.max(earliest, opens);
      const latest = Math.min(closes + instance.late[task], startBy);
      if (start > latest + 1e-9) continue;
      const wait = states[i + WAIT] + start - ready;
      out[o + TIME] = start + service;
      out[o + LATE] = states[i + LATE] + (start > closes ? start - closes : 0);
      out[o + WAIT] = wait;
      out[o + RESTED] = 0;
      alive = true;
      if (instance.legs.timeDependent) {
        // Leaving later changes how long the way takes, so only the first leg is delayed, up to its own wait.
        const first = states[i + PUSH] === NOT_LEFT;
        out[o + PUSH] = first
          ? Math.max(0, instance.legs.leaveBy(place, there, start - setup) - left)
          : states[i + PUSH];
        if (first) out[o + WAIT] = states[i + WAIT];
        continue;
      }
      // Beginning later may use up all waiting, and then move this start as far as its window goes.
      out[o + PUSH] = Math.min(states[i + PUSH], wait + Math.max(0, Math.min(closes, startBy) - start));
    }
    if (alive) this.rest(w, out, at);
    return alive;
  }

  /** Offers every label its next break; labels that have missed theirs die. */
  private rest(w: number, out: Float64Array, at: number): void {
    const breaks = this.breaks[w];
    for (let k = 0; k < breaks.length; k++) {
      const o = at + k * FIELDS;
      const time = out[o + TIME];
      const rest = breaks[k];
      if (time === NEVER) continue;
      if (time > rest.to) {
        out[o + TIME] = NEVER;
        continue;
      }
      const begin = Math.max(time, rest.from);
      const next = o + FIELDS;
      if (begin + rest.seconds >= out[next + TIME]) continue;
      const wait = out[o + WAIT] + begin - time;
      out[next + TIME] = begin + rest.seconds;
      out[next + LATE] = out[o + LATE];
      out[next + WAIT] = wait;
      out[next + RESTED] = 1;
      const push = out[o + PUSH];
      if (this.instance.legs.timeDependent) out[next + PUSH] = push === NOT_LEFT ? 0 : push;
      else out[next + PUSH] = Math.min(push, wait + rest.to - begin);
    }
  }

  /** Waiting that goes away when the day begins later: by as much as `delay`. */
  saved(states: Float64Array, label: number): number {
    return this.instance.legs.timeDependent ? 0 : Math.min(states[label + WAIT], states[label + PUSH]);
  }

  /** How much later than the earliest moment the day of this label begins. */
  delay(states: Float64Array, label: number): number {
    return this.instance.legs.timeDependent ? Math.max(0, states[label + PUSH]) : this.saved(states, label);
  }

  /**
   * The label with which the day ends best, or -1 when none is in time: home before shift and overtime end, no break
   * owed. `home` receives the end of the day of that label. A day of frozen stops alone is a fact: `held` takes it as it is.
   */
  close(
    w: number,
    place: number,
    states: Float64Array,
    from: number,
    home: Float64Array,
    held = false,
  ): number {
    const { instance } = this;
    const worker = instance.workers[w];
    const breaks = this.breaks[w];
    const shiftEnd = worker.shift[1];
    const limit = held ? NEVER : shiftEnd + (worker.overtimeSeconds ?? 0);
    const { latePerSecond, overtimePerSecond, waitingPerSecond } = instance.objective;
    let best = -1;
    let bestPrice = NEVER;
    for (let k = 0; k <= breaks.length; k++) {
      const i = from + k * FIELDS;
      if (states[i + TIME] === NEVER) continue;
      const end =
        worker.end == null ? states[i + TIME] : instance.legs.arrive(place, worker.end, states[i + TIME]);
      const owed = k < breaks.length && end > breaks[k].to + 1e-9;
      if (end > limit + 1e-9 || (owed && !held)) continue;
      const overtime = end > shiftEnd ? end - shiftEnd : 0;
      const waiting = states[i + WAIT] - this.saved(states, i);
      const price =
        states[i + LATE] * latePerSecond + overtime * overtimePerSecond + waiting * waitingPerSecond;
      if (price < bestPrice) {
        bestPrice = price;
        best = k;
        home[0] = end;
      }
    }
    return best;
  }
}
