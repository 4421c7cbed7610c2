import { FIELDS, RESTED, TIME } from '../schedule/clock.js';
import { FullInsertion } from './full-insertion.js';
import type { FullRouteBook } from './full-route-book.js';
import { placeTwins } from './twins.js';
import { type Unit, unitsOf } from './units.js';

const NEVER = Number.POSITIVE_INFINITY;

/** Puts units into the plan and takes them out again, with everything that hangs on them. */
export class FullPlan {
  readonly units: (Unit | undefined)[];
  readonly insertion: FullInsertion;
  /** Some job waits for another. */
  readonly instanceHasLinks: boolean;

  constructor(readonly book: FullRouteBook) {
    this.units = unitsOf(book.instance);
    this.insertion = new FullInsertion(book);
    const { instance } = book;
    this.instanceHasLinks = instance.before.some((b) => b.length > 0);
  }

  /** The unit a task belongs to; undefined when it is frozen. */
  unitOf(task: number): Unit | undefined {
    const { twin, partner } = this.book.instance;
    const other = twin[task] >= 0 ? twin[task] : partner[task];
    return this.units[task] ?? (other >= 0 ? this.units[other] : undefined);
  }

  /** Where a unit would go: on the cheapest route `look` lets through. Undefined when it fits nowhere. */
  tryInsert(unit: Unit, look: () => boolean = () => true): boolean {
    const { book } = this;
    if (!this.prepare(unit)) return false;
    if (unit.kind === 'twins') return this.insertTwins(unit.task, unit.twin);
    let best = NEVER;
    let bestRoute = -1;
    for (let r = 0; r < book.len.length; r++) {
      const cost = this.insertion.costOf(unit, r);
      if (cost < best && look()) {
        best = cost;
        bestRoute = r;
      }
    }
    if (bestRoute < 0) {
      this.unprepare(unit);
      return false;
    }
    this.apply(unit, bestRoute);
    return true;
  }

  /** Puts a unit into its best place on route `r`. */
  apply(unit: Unit, r: number): void {
    const { book } = this;
    const place = this.insertion.best(unit, r);
    book.touch(r);
    book.insert(r, place.slot, unit.task);
    if (unit.kind === 'pair') book.insert(r, place.secondSlot, unit.delivery);
    this.settle(unit.task);
    if (unit.kind === 'pair') this.settle(unit.delivery);
  }

  /** Sets from when on the tasks of a unit may start; false while something they wait for is not planned. */
  prepare(unit: Unit): boolean {
    const tasks = this.tasksOf(unit);
    for (const t of tasks) if (!this.open(t)) return false;
    return true;
  }

  unprepare(unit: Unit): void {
    for (const t of this.tasksOf(unit)) this.book.clock.notBefore[t] = Number.NEGATIVE_INFINITY;
  }

  tasksOf(unit: Unit): number[] {
    if (unit.kind === 'pair') return [unit.task, unit.delivery];
    return unit.kind === 'twins' ? [unit.task, unit.twin] : [unit.task];
  }

  private open(task: number): boolean {
    const { book } = this;
    const { before, twin } = book.instance;
    let moment = Number.NEGATIVE_INFINITY;
    for (const b of before[task]) {
      if (book.routeOf[b] < 0) return false;
      moment = Math.max(moment, book.endsOf(b).latest);
    }
    const half = twin[task];
    if (half >= 0 && book.routeOf[half] >= 0 && book.slotOf[half] <= book.fixed[book.routeOf[half]]) {
      const frozen = book.clock.frozenStops(book.routeOf[half])[book.slotOf[half] - 1];
      if (frozen.start < moment) return false;
      moment = frozen.start;
      book.clock.startBy[task] = moment;
    }
    if (book.clock.notBefore[task] !== moment) {
      book.clock.notBefore[task] = moment;
      this.insertion.forget(task);
    }
    return true;
  }

  /** A task that waited for others is in: from now on they must end by its start. */
  private settle(task: number): void {
    const { book } = this;
    if (!this.instanceHasLinks || book.instance.before[task].length === 0) return;
    const { instance, clock } = book;
    const r = book.routeOf[task];
    let moment = NEVER;
    const at = book.state(r, book.slotOf[task]);
    const service = instance.service[task] * (instance.workers[r].serviceFactor ?? 1);
    for (let k = 0; k <= clock.breaks[r].length; k++) {
      // A break taken behind it is no later start of it.
      if (book.states[at + k * FIELDS + RESTED] === 1) continue;
      moment = Math.min(moment, book.states[at + k * FIELDS + TIME] - service);
    }
    book.bounds.agree(task, Math.max(moment, clock.notBefore[task]));
    this.reread([task, ...instance.before[task]]);
  }

  private insertTwins(task: number, twin: number): boolean {
    const { book } = this;
    const place = placeTwins(book, task, twin);
    if (!place) {
      this.unprepare({ kind: 'twins', task, twin, price: 0 });
      return false;
    }
    book.bounds.together(task, twin, place.moment);
    book.touch(place.first.route);
    book.insert(place.first.route, place.first.slot, task);
    book.touch(place.second.route);
    book.insert(place.second.route, place.second.slot, twin);
    this.reread([...book.instance.before[task], ...book.instance.before[twin]]);
    return true;
  }

  /** Routes whose tasks have new bounds are read again: the bounds allow what is planned, but prices may change. */
  private reread(tasks: number[]): void {
    const { book } = this;
    const routes = new Set(tasks.map((t) => book.routeOf[t]).filter((r) => r >= 0));
    for (const r of routes) {
      book.touch(r);
      book.rebuild(r, 0);
    }
  }

  /** After `count` tasks were cut out into `out`: what depended on them leaves too. Returns the new count. */
  cascade(out: Int32Array, count: number): number {
    const { book } = this;
    const { instance } = book;
    const loosened = new Set<number>();
    for (let i = 0; i < count; i++) {
      const task = out[i];
      const unit = this.unitOf(task);
      const others = [...(unit ? this.tasksOf(unit) : []), ...instance.after[task]];
      for (const other of others) {
        const r = book.routeOf[other];
        if (r < 0 || book.slotOf[other] <= book.fixed[r]) continue;
        book.touch(r);
        count = book.remove(r, book.slotOf[other], book.slotOf[other], out, count);
      }
      const bound = book.clock.notBefore[task] > Number.NEGATIVE_INFINITY || instance.after[task].length > 0;
      if (!bound) continue;
      book.bounds.release(task);
      this.insertion.forget(task);
      for (const b of instance.before[task]) loosened.add(b);
    }
    if (loosened.size > 0) this.reread([...loosened]);
    return count;
  }
}
