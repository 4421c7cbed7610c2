import { type Random, seededRandom } from '#kernel';
import { type AnnealSettings, mixedFleetAnneal, type Progress } from '../basic/basic-anneal.js';
import type { Tours } from '../basic/basic-model.js';
import { StringRemoval } from '../basic/ruin-strings.js';
import type { Instance } from '../instance/instance.js';
import { FullPlan } from './full-plan.js';
import { FullRouteBook } from './full-route-book.js';
import { nearTasks } from './near-tasks.js';
import { UnitOrder } from './unit-order.js';

/** String removal and greedy insertion with blinks, as for plain problems, over routes judged by the full clock. */
export class FullAnneal {
  readonly book: FullRouteBook;
  readonly plan: FullPlan;
  private readonly random: Random;
  private readonly ruin: StringRemoval;
  private readonly order: UnitOrder;
  private readonly out: Int32Array;
  private absent: number[] = [];
  private meanEdge = 1;
  private cost = Number.POSITIVE_INFINITY;
  best: Tours = [];
  bestCost = Number.POSITIVE_INFINITY;
  /** Bounds of the best plan: without them its days could be told to begin too late. */
  bestBounds: { notBefore: Float64Array; startBy: Float64Array; endBy: Float64Array } | undefined;
  iterations = 0;

  constructor(
    readonly instance: Instance,
    seed: number,
    private readonly settings: AnnealSettings = mixedFleetAnneal,
  ) {
    this.random = seededRandom(seed);
    this.book = new FullRouteBook(instance);
    this.plan = new FullPlan(this.book);
    const { lists, count } = nearTasks(instance);
    this.ruin = new StringRemoval(this.book, lists, count, settings, this.random);
    this.order = new UnitOrder(instance, this.plan.units, this.random);
    this.out = new Int32Array(instance.taskCount);
  }

  /** Starts from the plan of record where it can be kept, and inserts the rest. */
  start(): void {
    const { book, plan, instance } = this;
    for (const route of instance.problem.current ?? []) {
      const r = instance.workerIndex.get(route.worker)!;
      for (const id of route.jobs) this.append(instance.jobIndex.get(id)!, r);
    }
    book.commit();
    this.absent = plan.units.flatMap((u, t) => (u && book.routeOf[t] < 0 ? [t] : []));
    this.fill(0, true);
    this.cost = this.total();
    this.keepBest();
    let travel = 0;
    for (let r = 0; r < book.len.length; r++) travel += book.price[r];
    this.meanEdge = travel / Math.max(1, instance.taskCount);
  }

  /** Puts a single job behind the others of route `r`, if it fits there. */
  private append(task: number, r: number): void {
    const { book, plan, instance } = this;
    const unit = plan.units[task];
    if (unit?.kind !== 'single' || book.routeOf[task] >= 0) return;
    if (!plan.insertion.mayGo(unit, r) || !plan.prepare(unit)) return;
    const { pricer } = book;
    for (let k = 1; k <= book.len[r]; k++) pricer.trial[k] = book.seq[r * book.stride + k];
    pricer.trial[book.len[r] + 1] = task;
    pricer.trialLen = book.len[r] + 1;
    if (pricer.price(r, book.len[r] + 1) === Number.POSITIVE_INFINITY) plan.unprepare(unit);
    else if (instance.before[task].length === 0) book.insert(r, book.len[r] + 1, task);
    else plan.unprepare(unit);
  }

  run(progress: Progress): void {
    const { hot, cold } = this.settings;
    let temperature = 0;
    for (let i = 0; ; i++) {
      if ((i & 7) === 0) {
        const done = progress(i);
        if (done >= 1) return;
        temperature = this.meanEdge * hot * (cold / hot) ** done;
      }
      this.step(temperature);
    }
  }

  step(temperature: number): void {
    const { book, plan } = this;
    this.iterations++;
    const absentBefore = this.absent;
    let count = this.ruin.ruin(this.out, 0);
    count = plan.cascade(this.out, count);
    const leaders = new Set(absentBefore);
    for (let i = 0; i < count; i++) leaders.add(plan.unitOf(this.out[i])!.task);
    this.absent = [...leaders];
    this.fill(this.settings.blinkRate);
    const cost = this.total();
    if (cost - this.cost < -temperature * Math.log(this.random())) {
      book.commit();
      this.cost = cost;
      this.keepBest();
      return;
    }
    book.rollback();
    this.absent = absentBefore;
  }

  /** Inserts what is absent in a random order; what waits for others gets another turn once they are in. */
  private fill(blinkRate: number, surely = false): void {
    const { book, plan, random } = this;
    const inserted = (t: number) => {
      const done = plan.tryInsert(plan.units[t]!, look);
      if (!surely) return done;
      // The first plan has nothing to fall back on: each insertion counts only if all days can still be kept.
      if (book.broken) {
        book.rollback();
        return false;
      }
      book.commit();
      return done;
    };
    const look = blinkRate > 0 ? () => random() >= blinkRate : () => true;
    let waiting = this.order.sort(this.absent);
    for (let left = -1; left !== waiting.length; ) {
      left = waiting.length;
      waiting = waiting.filter((t) => !inserted(t));
      if (!plan.instanceHasLinks) break;
    }
    this.absent = waiting;
  }

  private total(): number {
    let sum = this.book.total();
    for (const t of this.absent) sum += this.plan.units[t]!.price;
    return sum;
  }

  private keepBest(): void {
    if (this.cost >= this.bestCost - 1e-7) return;
    this.bestCost = this.cost;
    this.best = this.book.tours();
    const { notBefore, startBy, endBy } = this.book.clock;
    this.bestBounds = { notBefore: notBefore.slice(), startBy: startBy.slice(), endBy: endBy.slice() };
  }
}
