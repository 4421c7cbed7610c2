import type { PlannedRoute, PlannedStop } from '../plan/plan.js';
import type { RoutingJob, RoutingProblem, RoutingWorker, Span } from '../problem/types.js';
import { differs, EPSILON, type Fault } from './faults.js';
import { arrivalAt, metresBetween } from './travel-legs.js';

/** The hard windows of a job: its lock when that names a time, its own otherwise. */
function windowsOf(job: RoutingJob): Span[] {
  if (job.lock?.at !== undefined) return [[job.lock.at, job.lock.at]];
  if (job.lock?.between) return [job.lock.between];
  return job.windows ?? [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]];
}

/** Seconds after the end of the last window open before `start`; NaN when no window, even overrun, covers it. */
export function lateness(job: RoutingJob, start: number): number {
  let least = Number.NaN;
  for (const [from, to] of windowsOf(job)) {
    const late = Math.max(0, start - to);
    const covered = start >= from - EPSILON && late <= (job.lateSeconds ?? 0) + EPSILON;
    if (covered && !(late >= least)) least = late;
  }
  return least;
}

/** Walks one route by the clock and compares every number it claims. */
export class RouteCheck {
  readonly faults: Fault[] = [];
  private travelSeconds = 0;
  private travelMetres = 0;
  private waiting = 0;
  private late = 0;
  private readonly frozen: Map<string, { start?: number; end?: number }>;

  constructor(
    private readonly problem: RoutingProblem,
    private readonly worker: RoutingWorker,
    private readonly route: PlannedRoute,
    private readonly jobs: Map<string, RoutingJob>,
  ) {
    this.frozen = new Map((worker.frozen ?? []).map((f) => [f.job, f]));
  }

  run(): Fault[] {
    const { stops } = this.route;
    const ends = stops.length >= 2 && stops[0].kind === 'start' && stops.at(-1)?.kind === 'end';
    if (!ends)
      return [{ rule: 'SHAPE', route: this.route.worker, actual: stops.length, expected: 'start … end' }];
    this.day(stops[0], stops.at(-1)!);
    for (let i = 1; i < stops.length; i++) this.step(stops[i - 1], stops[i]);
    this.frozenFirst();
    this.totals(stops);
    return this.faults;
  }

  private fail(rule: string, actual: number | string, expected: number | string, job?: string): void {
    this.faults.push({ rule, route: this.route.worker, ...(job ? { job } : {}), actual, expected });
  }

  private day(first: PlannedStop, last: PlannedStop): void {
    const { worker } = this;
    if (first.place !== worker.start) this.fail('START_PLACE', first.place, worker.start);
    const home = worker.end ?? this.route.stops.at(-2)!.place;
    if (last.place !== home) this.fail('END_PLACE', last.place, home);
    if (first.start < worker.shift[0] - EPSILON && this.frozen.size === 0) {
      this.fail('SHIFT_START', first.start, worker.shift[0]);
    }
    if (first.end < (worker.readyAt ?? 0) - EPSILON && this.frozen.size === 0) {
      this.fail('READY_AT', first.end, worker.readyAt!);
    }
    const limit = worker.shift[1] + (worker.overtimeSeconds ?? 0);
    if (!this.onlyFrozen() && last.end > limit + EPSILON) this.fail('SHIFT_END', last.end, limit);
  }

  /** A day of which every stop is frozen is a fact, whatever the rules say of it. */
  private onlyFrozen(): boolean {
    return (
      this.frozen.size > 0 && this.route.stops.every((s) => s.job === undefined || this.frozen.has(s.job))
    );
  }

  private step(before: PlannedStop, stop: PlannedStop): void {
    const name = stop.job;
    const held = name !== undefined && this.frozen.has(name);
    const depart = this.departure(before);
    const arrival = arrivalAt(this.problem, before.place, stop.place, depart);
    this.travelMetres += metresBetween(this.problem, before.place, stop.place);
    if (!held && differs(stop.arrival, arrival)) this.fail('ARRIVAL', stop.arrival, arrival, name);
    const way = arrival - depart;
    this.travelSeconds += stop.travelSeconds;
    if (!held && differs(stop.travelSeconds, way)) this.fail('TRAVEL', stop.travelSeconds, way, name);
    if (stop.end < stop.start - EPSILON) this.fail('ORDER', stop.end, stop.start, name);
    if (stop.kind === 'job') this.job(before, stop, held);
    if (stop.kind === 'break') this.rest(before, stop);
    this.waiting += stop.waiting;
  }

  /** After the frozen stops nobody leaves before the worker is ready. */
  private departure(before: PlannedStop): number {
    const releases = before.job !== undefined && this.frozen.has(before.job);
    return releases ? Math.max(before.end, this.worker.readyAt ?? 0) : before.end;
  }

  private job(before: PlannedStop, stop: PlannedStop, held: boolean): void {
    const job = this.jobs.get(stop.job ?? '');
    if (!job) {
      this.fail('UNKNOWN_JOB', stop.job ?? '', 'a job of the problem', stop.job);
      return;
    }
    if (stop.place !== job.location) this.fail('JOB_PLACE', stop.place, job.location, job.id);
    const setup = before.place === stop.place ? 0 : (job.setupSeconds ?? 0);
    if (held) {
      this.heldTimes(stop, job);
      return;
    }
    if (stop.start < stop.arrival + setup - EPSILON)
      this.fail('SET_UP', stop.start, stop.arrival + setup, job.id);
    const waited = stop.start - stop.arrival - setup;
    if (differs(stop.waiting, Math.max(0, waited))) this.fail('WAITING', stop.waiting, waited, job.id);
    const served = job.serviceSeconds * (this.worker.serviceFactor ?? 1);
    if (differs(stop.end - stop.start, served)) this.fail('SERVICE', stop.end - stop.start, served, job.id);
    const late = lateness(job, stop.start);
    if (Number.isNaN(late)) this.fail('WINDOW', stop.start, JSON.stringify(windowsOf(job)), job.id);
    else if (differs(stop.lateSeconds, late)) this.fail('LATE', stop.lateSeconds, late, job.id);
    this.late += stop.lateSeconds;
    this.may(job);
  }

  private heldTimes(stop: PlannedStop, job: RoutingJob): void {
    const told = this.frozen.get(job.id);
    if (told?.start !== undefined && differs(stop.start, told.start))
      this.fail('FROZEN', stop.start, told.start, job.id);
    if (told?.end !== undefined && differs(stop.end, told.end))
      this.fail('FROZEN', stop.end, told.end, job.id);
    this.late += stop.lateSeconds;
  }

  private may(job: RoutingJob): void {
    const { worker } = this;
    for (const skill of job.skills ?? []) {
      if (!worker.skills?.includes(skill)) this.fail('SKILL', 'none', skill, job.id);
    }
    if (job.blockedWorkers?.includes(worker.id)) this.fail('BLOCKED', worker.id, 'another worker', job.id);
    const crew = job.people === 2 && job.pairing === 'crew';
    if (crew && (worker.people ?? 1) < 2) this.fail('PEOPLE', worker.people ?? 1, 2, job.id);
  }

  private rest(before: PlannedStop, stop: PlannedStop): void {
    const rule = this.worker.breaks?.[stop.break ?? -1];
    if (!rule) {
      this.fail('BREAK', stop.break ?? -1, 'a break of the worker');
      return;
    }
    if (stop.place !== before.place) this.fail('BREAK_PLACE', stop.place, before.place);
    if (stop.start < rule.window[0] - EPSILON || stop.start > rule.window[1] + EPSILON) {
      this.fail('BREAK_WINDOW', stop.start, JSON.stringify(rule.window));
    }
    if (stop.start < stop.arrival - EPSILON) this.fail('BREAK_START', stop.start, stop.arrival);
    if (differs(stop.end - stop.start, rule.seconds))
      this.fail('BREAK_LENGTH', stop.end - stop.start, rule.seconds);
    if (differs(stop.waiting, stop.start - stop.arrival))
      this.fail('WAITING', stop.waiting, stop.start - stop.arrival);
  }

  private frozenFirst(): void {
    const order = this.route.stops.flatMap((s) => (s.job === undefined ? [] : [s.job]));
    [...this.frozen.keys()].forEach((id, i) => {
      if (order[i] !== id) this.fail('FROZEN_ORDER', order[i] ?? 'nothing', id, id);
    });
  }

  private totals(stops: PlannedStop[]): void {
    const { worker, route } = this;
    const day = stops.at(-1)!.end;
    const frozenEnd = stops.filter((s) => s.job !== undefined && this.frozen.has(s.job)).at(-1)?.end;
    (worker.breaks ?? []).forEach((b, i) => {
      const taken = stops.filter((s) => s.kind === 'break' && s.break === i).length;
      if (taken > 1) this.fail('BREAK_TWICE', taken, 1);
      const past = frozenEnd !== undefined && b.window[1] < Math.max(frozenEnd, worker.readyAt ?? 0);
      if (taken === 0 && day > b.window[1] + EPSILON && !past && !this.onlyFrozen())
        this.fail('BREAK_OWED', day, b.window[1]);
    });
    const tasks = stops.filter((s) => s.kind === 'job').length;
    const bound = !this.onlyFrozen();
    if (bound && tasks > (worker.maxTasks ?? tasks)) this.fail('MAX_TASKS', tasks, worker.maxTasks!);
    const most = worker.maxTravelSeconds ?? Number.POSITIVE_INFINITY;
    if (bound && this.travelSeconds > most + EPSILON) this.fail('MAX_TRAVEL', this.travelSeconds, most);
    const far = worker.maxTravelMetres ?? Number.POSITIVE_INFINITY;
    if (bound && this.travelMetres > far + EPSILON) this.fail('MAX_TRAVEL_METRES', this.travelMetres, far);
    const overtime = Math.max(0, day - worker.shift[1]);
    const claims: [string, number, number][] = [
      ['travelSeconds', route.facts.travelSeconds, this.travelSeconds],
      ['travelMetres', route.facts.travelMetres, this.travelMetres],
      ['waitingSeconds', route.facts.waitingSeconds, this.waiting],
      ['lateSeconds', route.facts.lateSeconds, this.late],
      ['overtimeSeconds', route.facts.overtimeSeconds, overtime],
      ['workSeconds', route.facts.workSeconds, day - stops[0].start],
    ];
    for (const [name, said, is] of claims) if (differs(said, is)) this.fail(`FACT_${name}`, said, is);
  }
}
