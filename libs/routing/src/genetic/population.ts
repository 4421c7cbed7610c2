import type { Random } from '#kernel';
import { distance, type Individual } from './individual.js';

export interface PopulationSettings {
  smallest: number;
  generation: number;
  elite: number;
  close: number;
}

export const defaultPopulation: PopulationSettings = { smallest: 12, generation: 20, elite: 4, close: 3 };

interface Ranked {
  one: Individual;
  /** Distance to every other of the same side. */
  away: Map<Ranked, number>;
  fitness: number;
}

/** Feasible and infeasible solutions side by side, kept for cost and for being different (Vidal et al. 2012). */
export class Population {
  private readonly sides: Record<'feasible' | 'infeasible', Ranked[]> = { feasible: [], infeasible: [] };

  constructor(
    private readonly settings: PopulationSettings,
    private readonly random: Random,
  ) {}

  get size(): number {
    return this.sides.feasible.length + this.sides.infeasible.length;
  }

  add(one: Individual): void {
    const side = one.feasible ? this.sides.feasible : this.sides.infeasible;
    const ranked: Ranked = { one, away: new Map(), fitness: 0 };
    for (const other of side) {
      const d = distance(one, other.one);
      ranked.away.set(other, d);
      other.away.set(ranked, d);
    }
    side.push(ranked);
    if (side.length > this.settings.smallest + this.settings.generation) {
      while (side.length > this.settings.smallest) this.dropWorst(side);
    }
    this.rank(side);
  }

  /** Two parents by binary tournament over both sides. */
  parents(): [Individual, Individual] {
    const a = this.tournament();
    for (let tries = 0; tries < 8; tries++) {
      const b = this.tournament();
      if (b !== a) return [a.one, b.one];
    }
    return [a.one, this.tournament().one];
  }

  private tournament(): Ranked {
    const a = this.draw();
    const b = this.draw();
    return a.fitness < b.fitness ? a : b;
  }

  private draw(): Ranked {
    const i = Math.floor(this.random() * this.size);
    const { feasible, infeasible } = this.sides;
    return i < feasible.length ? feasible[i] : infeasible[i - feasible.length];
  }

  private contribution(r: Ranked): number {
    const nearest = [...r.away.values()].sort((a, b) => a - b).slice(0, this.settings.close);
    return nearest.length === 0 ? 1 : nearest.reduce((sum, d) => sum + d, 0) / nearest.length;
  }

  /** Biased fitness: rank by cost, plus rank by difference for all but the elite. */
  private rank(side: Ranked[]): void {
    side.sort((a, b) => a.one.cost - b.one.cost);
    const contribution = new Map(side.map((r) => [r, this.contribution(r)]));
    const byDifference = [...side].sort((a, b) => contribution.get(b)! - contribution.get(a)!);
    const last = Math.max(1, side.length - 1);
    const weight = side.length <= this.settings.elite ? 0 : 1 - this.settings.elite / side.length;
    side.forEach((r, i) => {
      r.fitness = i / last;
    });
    byDifference.forEach((r, i) => {
      r.fitness += (weight * i) / last;
    });
  }

  private dropWorst(side: Ranked[]): void {
    this.rank(side);
    let worst = -1;
    let worstKey = Number.NEGATIVE_INFINITY;
    for (let i = 1; i < side.length; i++) {
      let nearest = 1;
      for (const d of side[i].away.values()) if (d < nearest) nearest = d;
      // Clones go before anything else.
      const key = side[i].fitness + (nearest < 1e-9 ? 10 : 0);
      if (key > worstKey) {
        worstKey = key;
        worst = i;
      }
    }
    const [gone] = side.splice(worst, 1);
    for (const other of side) other.away.delete(gone);
  }
}
