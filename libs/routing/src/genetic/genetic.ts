import { type Random, seededRandom } from '#kernel';
import type { BasicModel, Tours } from '../basic/basic-model.js';
import { correlates } from './correlates.js';
import { embedding } from './embedding.js';
import { individual } from './individual.js';
import { LocalSearch } from './local-search.js';
import { defaultPopulation, Population, type PopulationSettings } from './population.js';
import { RouteExchange } from './srex.js';
import { TourGraph } from './tour-graph.js';

export interface GeneticSettings extends PopulationSettings {
  /** Correlated jobs looked at for each job. */
  near: number;
  /** Share of children wanted feasible. */
  feasible: number;
  /** Children between two adjustments of the prices. */
  adjustEvery: number;
}

const defaultGenetic: GeneticSettings = {
  ...defaultPopulation,
  near: 22,
  feasible: 0.4,
  adjustEvery: 40,
};

/** Hybrid genetic search with time windows (Vidal et al. 2013; Kool et al. 2022), for fleets of one kind. */
export class Genetic {
  readonly graph: TourGraph;
  private readonly search: LocalSearch;
  private readonly cross: RouteExchange;
  private readonly population: Population;
  private readonly random: Random;
  private warpPrice: number;
  private loadPrice: number;
  private born = 0;
  private warpFree = 0;
  private loadFree = 0;
  private recent = 0;
  best: Tours = [];
  bestCost = Number.POSITIVE_INFINITY;

  constructor(
    readonly model: BasicModel,
    seed: number,
    private readonly settings: GeneticSettings = defaultGenetic,
  ) {
    this.random = seededRandom(seed ^ 0x47656e65);
    this.graph = new TourGraph(model);
    const { near, count } = correlates(model, settings.near);
    this.search = new LocalSearch(this.graph, near, count, this.random);
    this.cross = new RouteExchange(model, this.random, embedding(model));
    this.population = new Population(settings, this.random);
    let farthest = 0;
    let heaviest = 0;
    for (const d of this.graph.dist) farthest = Math.max(farthest, d);
    for (const q of model.demand) heaviest = Math.max(heaviest, q);
    this.warpPrice = 1;
    this.loadPrice = Math.max(0.1, Math.min(1000, farthest / (heaviest || 1)));
  }

  /** Takes a solution in from outside, as it is and after teaching it. */
  adopt(tours: Tours): void {
    this.graph.price(this.warpPrice, this.loadPrice);
    this.graph.set(tours);
    this.insertMissing();
    this.keep();
    this.search.run();
    this.keep();
  }

  /** One child. */
  step(): void {
    const g = this.graph;
    const [a, b] = this.population.parents();
    const [first, second] = this.cross.children(a, b);
    g.price(this.warpPrice, this.loadPrice);
    g.set(first);
    this.insertMissing();
    const firstCost = g.cost() + g.penalties();
    const firstTours = g.tours();
    g.set(second);
    this.insertMissing();
    if (firstCost < g.cost() + g.penalties()) g.set(firstTours);
    this.educate();
    if (++this.born % this.settings.adjustEvery === 0) this.adjust();
  }

  private insertMissing(): void {
    const g = this.graph;
    const missing: number[] = [];
    for (let j = 0; j < g.n; j++) if (g.routeOf[j] < 0) missing.push(j);
    for (let i = missing.length - 1; i > 0; i--) {
      const k = Math.floor(this.random() * (i + 1));
      [missing[i], missing[k]] = [missing[k], missing[i]];
    }
    for (const job of missing) this.search.insert(job);
  }

  private educate(): void {
    const g = this.graph;
    this.search.run();
    this.recent++;
    let warp = 0;
    for (let r = 0; r < g.routes; r++) warp += g.warp[r];
    if (warp < 1e-9) this.warpFree++;
    if (this.overload() < 1e-9) this.loadFree++;
    const feasible = this.keep();
    if (feasible || this.random() < 0.5) return;
    // Repair: the same search under prices that hardly anything outweighs.
    g.price(this.warpPrice * 10, this.loadPrice * 10);
    this.search.run();
    g.price(this.warpPrice, this.loadPrice);
    if (g.penalties() < 1e-9) this.keep();
  }

  private overload(): number {
    let sum = 0;
    for (let r = 0; r < this.graph.routes; r++)
      sum += this.graph.excess(this.graph.load, r * this.graph.dims);
    return sum;
  }

  private keep(): boolean {
    const g = this.graph;
    const violations = g.penalties();
    const cost = g.cost() + violations;
    const feasible = violations < 1e-7 && g.isComplete();
    const tours = g.tours();
    this.population.add(individual(this.model, tours, cost, feasible));
    if (feasible && cost < this.bestCost - 1e-9) {
      this.bestCost = cost;
      this.best = tours;
    }
    return feasible;
  }

  /** Prices follow the share of children that keep the rule without being forced. */
  private adjust(): void {
    const { feasible } = this.settings;
    const follow = (price: number, share: number) => {
      if (share < feasible - 0.05) return Math.min(1e5, price * 1.2);
      return share > feasible + 0.05 ? Math.max(0.01, price * 0.85) : price;
    };
    this.warpPrice = follow(this.warpPrice, this.warpFree / this.recent);
    this.loadPrice = follow(this.loadPrice, this.loadFree / this.recent);
    this.warpFree = 0;
    this.loadFree = 0;
    this.recent = 0;
  }
}
