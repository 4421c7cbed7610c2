import type { Instance } from '../instance/instance.js';
import { FIELDS, RESTED, type RouteClock } from './clock.js';
import { movedStops, type RouteFacts } from './price.js';

/** One line of a route's day. Times in seconds; `slackSeconds`: how much later it may begin without breaking a hard rule. */
export interface StopTime {
  kind: 'start' | 'job' | 'break' | 'end';
  /** Task for a job, index in the worker's list for a break. */
  index: number;
  place: number;
  arrival: number;
  waiting: number;
  start: number;
  end: number;
  lateSeconds: number;
  slackSeconds: number;
  travelSeconds: number;
  travelMetres: number;
}

export interface Timetable {
  stops: StopTime[];
  facts: RouteFacts;
}

/** The day of worker `w` over `tasks` (frozen ones first), or undefined when it cannot be kept. */
export function timetable(clock: RouteClock, w: number, tasks: readonly number[]): Timetable | undefined {
  const { instance } = clock;
  const worker = instance.workers[w];
  const frozen = clock.frozenStops(w);
  const free = tasks.slice(frozen.length);
  const size = clock.stateSize;
  const states = new Float64Array(size * (free.length + 1));
  clock.open(w, states, 0);
  let place = frozen.length > 0 ? instance.location[frozen.at(-1)!.task] : worker.start;
  const from = place;
  for (const [i, task] of free.entries()) {
    if (!clock.serve(w, place, task, states, i * size, states, (i + 1) * size)) return undefined;
    place = instance.location[task];
  }
  const home = new Float64Array(1);
  const last = free.length * size;
  const label = clock.close(w, place, states, last, home, free.length === 0 && frozen.length > 0);
  if (label < 0) return undefined;
  const restsAfter = breaksTaken(clock, w, states, free.length, label);
  const o = last + label * FIELDS;
  const begin = frozen.at(-1)?.end ?? worker.shift[0];
  const push = frozen.length > 0 ? 0 : clock.saved(states, o);
  const stops = new DayWriter(clock, w).write({
    frozen,
    free,
    restsAfter,
    from,
    depart: Math.max(begin, worker.readyAt ?? 0) + push,
  });
  return { stops, facts: factsOf(instance, w, stops, tasks) };
}

/** Which breaks lie behind which free stop (0 = before the first): walked back through the labels. */
function breaksTaken(
  clock: RouteClock,
  _w: number,
  states: Float64Array,
  count: number,
  label: number,
): number[][] {
  const after: number[][] = Array.from({ length: count + 1 }, () => []);
  let k = label;
  for (let i = count; i >= 0; i--) {
    while (k > 0 && states[i * clock.stateSize + k * FIELDS + RESTED] === 1) after[i].unshift(--k);
  }
  return after;
}

interface DayPlan {
  frozen: ReturnType<RouteClock['frozenStops']>;
  free: readonly number[];
  restsAfter: number[][];
  from: number;
  depart: number;
}

class DayWriter {
  private readonly stops: StopTime[] = [];
  private time = 0;
  private place = 0;

  constructor(
    private readonly clock: RouteClock,
    private readonly w: number,
  ) {}

  write({ frozen, free, restsAfter, from, depart }: DayPlan): StopTime[] {
    const { instance } = this.clock;
    const worker = instance.workers[this.w];
    const { legs } = instance;
    this.place = worker.start;
    this.time = frozen.length > 0 ? Math.min(worker.shift[0], frozen[0].arrival) : depart;
    // Under a profile only the first wait is saved by leaving later: the way must still be as long as it was.
    if (frozen.length === 0 && legs.timeDependent && free.length > 0 && restsAfter[0].length === 0) {
      const first = free[0];
      const setup = instance.location[first] === from ? 0 : instance.setup[first];
      const ready = legs.arrive(from, instance.location[first], depart) + setup;
      const start = Math.max(ready, this.opening(first, ready));
      this.time = Math.max(depart, legs.leaveBy(from, instance.location[first], start - setup));
    }
    const begin = this.time;
    this.add('start', -1, { arrival: begin, start: begin, end: begin });
    for (const stop of frozen) {
      this.travel(instance.location[stop.task]);
      this.add('job', stop.task, stop);
    }
    if (frozen.length > 0) this.time = depart;
    this.rest(restsAfter[0]);
    free.forEach((task, i) => {
      this.serve(task);
      this.rest(restsAfter[i + 1]);
    });
    if (worker.end != null) this.travel(worker.end);
    this.add('end', -1, { arrival: this.time, start: this.time, end: this.time });
    this.slacks(frozen.length);
    return this.stops;
  }

  private opening(task: number, ready: number): number {
    const { instance, notBefore } = this.clock;
    const earliest = Math.max(ready, notBefore[task]);
    for (let i = instance.windowFrom[task]; i < instance.windowFrom[task + 1]; i++) {
      const last = i === instance.windowFrom[task + 1] - 1;
      if (last || earliest <= instance.windows[i * 2 + 1]) return Math.max(earliest, instance.windows[i * 2]);
    }
    return earliest;
  }

  private closing(task: number, start: number): number {
    const { instance } = this.clock;
    let closes = Number.NEGATIVE_INFINITY;
    for (let i = instance.windowFrom[task]; i < instance.windowFrom[task + 1]; i++) {
      closes = instance.windows[i * 2 + 1];
      if (start <= closes + 1e-9) break;
    }
    return closes;
  }

  private leg = { seconds: 0, metres: 0 };

  private travel(to: number): void {
    const { legs } = this.clock.instance;
    const arrive = legs.arrive(this.place, to, this.time);
    this.leg = { seconds: arrive - this.time, metres: legs.metres(this.place, to) };
    this.time = arrive;
    this.place = to;
  }

  private serve(task: number): void {
    const { instance } = this.clock;
    const there = instance.location[task];
    const setup = there === this.place ? 0 : instance.setup[task];
    this.travel(there);
    const arrival = this.time;
    const start = this.opening(task, arrival + setup);
    const service = instance.service[task] * (instance.workers[this.w].serviceFactor ?? 1);
    this.add('job', task, { arrival, start, end: start + service, setup });
  }

  private rest(indices: number[]): void {
    for (const k of indices) {
      const { from, seconds, index } = this.clock.breaks[this.w][k];
      const start = Math.max(this.time, from);
      this.add('break', index, { arrival: this.time, start, end: start + seconds });
    }
  }

  private add(
    kind: StopTime['kind'],
    index: number,
    at: { arrival: number; start: number; end: number; setup?: number },
  ) {
    const { arrival, start, end, setup = 0 } = at;
    const lateSeconds = kind === 'job' ? Math.max(0, start - this.closing(index, start)) : 0;
    const { seconds: travelSeconds, metres: travelMetres } = this.leg;
    this.leg = { seconds: 0, metres: 0 };
    const waiting = Math.max(0, start - arrival - setup);
    this.stops.push({
      kind,
      index,
      place: this.place,
      arrival,
      waiting,
      start,
      end,
      lateSeconds,
      slackSeconds: 0,
      travelSeconds,
      travelMetres,
    });
    this.time = end;
  }

  /** Backward: the latest start of each stop that keeps every later one in its window and the day in its shift. */
  private slacks(frozen: number): void {
    const { instance, breaks, startBy, endBy } = this.clock;
    const worker = instance.workers[this.w];
    const shiftEnd = worker.shift[1] + (worker.overtimeSeconds ?? 0);
    let by = shiftEnd;
    for (let i = this.stops.length - 1; i >= 0; i--) {
      const stop = this.stops[i];
      const length = stop.end - stop.start;
      let latest = by - length;
      if (stop.kind === 'job') {
        const closes = this.closing(stop.index, stop.start) + instance.late[stop.index];
        latest = Math.min(latest, closes, startBy[stop.index], endBy[stop.index] - length);
      }
      if (stop.kind === 'break')
        latest = Math.min(latest, breaks[this.w].find((b) => b.index === stop.index)!.to);
      stop.slackSeconds = i <= frozen && frozen > 0 ? 0 : Math.max(0, latest - stop.start);
      const previous = this.stops[i - 1];
      if (!previous) break;
      const setup = stop.kind === 'job' && stop.place !== previous.place ? instance.setup[stop.index] : 0;
      by = instance.legs.leaveBy(previous.place, stop.place, latest - setup);
    }
  }
}

function factsOf(instance: Instance, w: number, stops: StopTime[], tasks: readonly number[]): RouteFacts {
  const worker = instance.workers[w];
  const sum = (pick: (s: StopTime) => number) => stops.reduce((total, s) => total + pick(s), 0);
  const end = stops.at(-1)!.end;
  return {
    travelSeconds: sum((s) => s.travelSeconds),
    travelMetres: sum((s) => s.travelMetres),
    waitingSeconds: sum((s) => s.waiting),
    lateSeconds: sum((s) => s.lateSeconds),
    overtimeSeconds: Math.max(0, end - worker.shift[1]),
    workSeconds: end - stops[0].start,
    movedStops: movedStops(instance, w, tasks),
    notPreferred: tasks.reduce((n, t) => n + instance.notPreferred[t * instance.workers.length + w], 0),
  };
}
