import type { Random } from '#kernel';
import type { BasicInsertion } from './basic-insertion.js';
import type { BasicModel } from './basic-model.js';
import type { BasicRouteBook } from './basic-route-book.js';

/** Orders in which removed jobs go back, with their odds (Christiaens & Vanden Berghe 2020, section 5.2 and 6.3). */
const ORDERS = [
  ['random', 4],
  ['demand', 4],
  ['far', 2],
  ['close', 1],
  ['narrow window', 2],
  ['early', 2],
  ['late', 2],
] as const;

/** Greedy insertion with blinks: the best place, each place being overlooked now and then. */
export class Recreate {
  private readonly keys: Float64Array[] = [];
  private readonly odds: number[] = [];
  private readonly key: Float64Array;
  private readonly seenKind: Int32Array;
  private stamp = 0;
  private untilBlink = 0;

  constructor(
    private readonly model: BasicModel,
    private readonly book: BasicRouteBook,
    private readonly insertion: BasicInsertion,
    private readonly blinkRate: number,
    private readonly random: Random,
  ) {
    const n = model.jobCount;
    this.key = new Float64Array(n);
    this.seenKind = new Int32Array(model.workerCount);
    const jobs = Array.from({ length: n }, (_, j) => j);
    const nearestStart = jobs.map((j) => {
      let d = Number.POSITIVE_INFINITY;
      for (let w = 0; w < model.workerCount; w++)
        d = Math.min(d, model.costTo[j * model.nodeCount + model.startNode[w]]);
      return d;
    });
    const demand = jobs.map((j) => {
      let share = 0;
      for (let d = 0; d < model.dimensions; d++) {
        share += model.demand[j * model.dimensions + d] / (model.capacity[d] || 1);
      }
      return share;
    });
    const keyOf: Record<(typeof ORDERS)[number][0], ((j: number) => number) | null> = {
      random: null,
      demand: (j) => -demand[j],
      far: (j) => -nearestStart[j],
      close: (j) => nearestStart[j],
      'narrow window': (j) => model.lastClose[j] - model.firstOpen[j],
      early: (j) => model.firstOpen[j],
      late: (j) => -model.lastClose[j],
    };
    for (const [name, odds] of ORDERS) {
      const f = keyOf[name];
      this.keys.push(f ? Float64Array.from(jobs, f) : this.key);
      for (let i = 0; i < odds; i++) this.odds.push(this.keys.length - 1);
    }
    this.sampleBlink();
  }

  /** Inserts `jobs[0 … count - 1]`; those that fit nowhere move to the front. Returns how many are left. */
  recreate(jobs: Int32Array, count: number): number {
    const { book } = this;
    this.sort(jobs, count);
    let left = 0;
    for (let i = 0; i < count; i++) {
      const job = jobs[i];
      const r = this.bestRoute(job);
      if (r < 0) {
        jobs[left++] = job;
        continue;
      }
      book.touch(r);
      book.insert(r, this.insertion.slotFor(job, r), job);
    }
    return left;
  }

  private bestRoute(job: number): number {
    const { book, model, insertion, seenKind } = this;
    const stamp = ++this.stamp;
    let best = Number.POSITIVE_INFINITY;
    let bestRoute = -1;
    for (let r = 0; r < model.workerCount; r++) {
      if (book.len[r] === 0) {
        if (seenKind[model.kind[r]] === stamp) continue;
        seenKind[model.kind[r]] = stamp;
      }
      const cost = insertion.cost(job, r);
      if (cost < best) {
        if (--this.untilBlink < 0) {
          this.sampleBlink();
          continue;
        }
        best = cost;
        bestRoute = r;
      }
    }
    return bestRoute;
  }

  /** Blinks come at a geometric distance, so that one random number serves about a hundred looks. */
  private sampleBlink(): void {
    this.untilBlink =
      this.blinkRate <= 0
        ? 0x3fffffff
        : Math.floor(Math.log(1 - this.random()) / Math.log(1 - this.blinkRate));
  }

  private sort(jobs: Int32Array, count: number): void {
    const which = this.odds[Math.floor(this.random() * this.odds.length)];
    const key = this.keys[which];
    if (key === this.key) for (let i = 0; i < count; i++) key[jobs[i]] = this.random();
    for (let i = 1; i < count; i++) {
      const job = jobs[i];
      const k = key[job];
      let at = i - 1;
      while (at >= 0 && key[jobs[at]] > k) {
        jobs[at + 1] = jobs[at];
        at--;
      }
      jobs[at + 1] = job;
    }
  }
}
