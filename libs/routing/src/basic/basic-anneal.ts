import { type Random, seededRandom } from '#kernel';
import { BasicInsertion } from './basic-insertion.js';
import type { BasicModel, Tours } from './basic-model.js';
import { BasicRouteBook } from './basic-route-book.js';
import { nearestJobs } from './neighbours.js';
import { Recreate } from './recreate.js';
import { StringRemoval } from './ruin-strings.js';

/** How far a search has come, 0 … 1; 1 ends it. Iteration-bounded or clock-bounded: the caller decides. */
export type Progress = (iterations: number) => number;

export interface AnnealSettings {
  averageRemoved: number;
  longestString: number;
  blinkRate: number;
  /** Start and end temperature as a share of the mean edge of the first solution. */
  hot: number;
  cold: number;
}

const defaultAnneal: AnnealSettings = {
  averageRemoved: 10,
  longestString: 10,
  blinkRate: 0.01,
  hot: 0.5,
  cold: 0.005,
};

/**
 * Tight days of workers who differ (skills, homes, few tasks each) have deep valleys: hotter for longer. Measured on the
 * field-service instances, where it saves 1 to 3 %.
 */
export const mixedFleetAnneal: AnnealSettings = { ...defaultAnneal, hot: 2, cold: 0.01 };

/** Slack induction by string removals: ruin, recreate, accept by simulated annealing (Christiaens & Vanden Berghe 2020). */
export class BasicAnneal {
  readonly book: BasicRouteBook;
  readonly random: Random;
  private readonly insertion: BasicInsertion;
  private readonly ruin: StringRemoval;
  private readonly recreate: Recreate;
  private absent: Int32Array;
  private absentBefore: Int32Array;
  private absentCount = 0;
  private cost = 0;
  best: Tours = [];
  bestCost = Number.POSITIVE_INFINITY;
  iterations = 0;
  private meanEdge = 0;
  temperature = 0;

  constructor(
    readonly model: BasicModel,
    seed: number,
    readonly settings: AnnealSettings = defaultAnneal,
  ) {
    this.random = seededRandom(seed);
    this.book = new BasicRouteBook(model);
    this.insertion = new BasicInsertion(model, this.book);
    const { lists, count } = nearestJobs(model);
    this.ruin = new StringRemoval(this.book, lists, count, settings, this.random);
    this.recreate = new Recreate(model, this.book, this.insertion, settings.blinkRate, this.random);
    this.absent = new Int32Array(model.jobCount);
    this.absentBefore = new Int32Array(model.jobCount);
  }

  /** Starts from `tours`, or from nothing. */
  start(tours?: Tours): void {
    const { book, model } = this;
    if (tours) book.restore(tours);
    this.absentCount = 0;
    for (let j = 0; j < model.jobCount; j++) if (book.routeOf[j] < 0) this.absent[this.absentCount++] = j;
    this.absentCount = this.recreate.recreate(this.absent, this.absentCount);
    book.commit();
    this.cost = book.exactCost();
    this.keepBest();
    let travel = 0;
    for (let r = 0; r < model.workerCount; r++) travel += book.travel[r];
    this.meanEdge = travel / Math.max(1, model.jobCount);
  }

  run(progress: Progress): void {
    for (let i = 0; ; i++) {
      if ((i & 63) === 0) {
        const done = progress(i);
        if (done >= 1) break;
        this.cool(done);
      }
      this.step(this.temperature);
    }
  }

  /** Sets the temperature for a search that is `done` (0 … 1) of its way. */
  cool(done: number): void {
    const { hot, cold } = this.settings;
    this.temperature = this.meanEdge * hot * (cold / hot) ** done;
  }

  /** Goes on from a solution that another search has found. */
  adopt(tours: Tours): void {
    this.book.restore(tours);
    this.book.commit();
    this.absentCount = 0;
    for (let j = 0; j < this.model.jobCount; j++)
      if (this.book.routeOf[j] < 0) this.absent[this.absentCount++] = j;
    this.cost = this.book.exactCost();
    this.keepBest();
  }

  step(temperature: number): void {
    const { book, model } = this;
    this.iterations++;
    const absentCount = this.absentCount;
    let delta = 0;
    for (let i = 0; i < absentCount; i++) {
      this.absentBefore[i] = this.absent[i];
      delta -= model.unassigned[this.absent[i]];
    }
    this.absentCount = this.ruin.ruin(this.absent, absentCount);
    this.absentCount = this.recreate.recreate(this.absent, this.absentCount);
    for (let i = 0; i < this.absentCount; i++) delta += model.unassigned[this.absent[i]];
    for (let t = 0; t < book.touchedCount; t++) {
      const r = book.touched[t];
      delta += book.travel[r] - book.beforeTravel[r] + book.bias[r] - book.beforeBias[r];
    }
    if (delta < -temperature * Math.log(this.random())) {
      book.commit();
      this.cost += delta;
      if (this.cost < this.bestCost - 1e-7) {
        this.cost = book.exactCost();
        this.keepBest();
      }
      return;
    }
    book.rollback();
    this.absentCount = absentCount;
    for (let i = 0; i < absentCount; i++) this.absent[i] = this.absentBefore[i];
  }

  private keepBest(): void {
    if (this.cost >= this.bestCost) return;
    this.bestCost = this.cost;
    this.best = this.book.tours();
  }
}
