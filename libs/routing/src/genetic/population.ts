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
  /** Its place in the distance rows of the others of its side. */
  slot: number;
  /** Distance to every other of the same side, by slot. */
  away: number[];
  difference: number;
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
    const taken = new Set(side.map((r) => r.slot));
    let slot = 0;
    while (taken.has(slot)) slot++;
    const ranked: Ranked = { one, slot, away: [], difference: 1, fitness: 0 };
    for (const other of side) {
      const d = distance(one, other.one);
      ranked.away[other.slot] = d;
      other.away[slot] = d;
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

  /** Mean distance to its nearest few. */
  private differenceOf(r: Ranked, side: Ranked[]): number {
    const nearest = new Array<number>(this.settings.close).fill(2);
    for (let i = 0; i < side.length; i++) {
      if (side[i] === r) continue;
      let d = r.away[side[i].slot];
      for (let k = 0; k < nearest.length; k++) {
        if (d >= nearest[k]) continue;
        const further = nearest[k];
        nearest[k] = d;
        d = further;
      }
    }
    const known = Math.min(nearest.length, side.length - 1);
    if (known === 0) return 1;
    let sum = 0;
    for (let k = 0; k < known; k++) sum += nearest[k];
    return sum / known;
  }

  /** Biased fitness: rank by cost, plus rank by difference for all but the elite. */
  private rank(side: Ranked[]): void {
    side.sort((a, b) => a.one.cost - b.one.cost);
    for (let i = 0; i < side.length; i++) side[i].difference = this.differenceOf(side[i], side);
    const byDifference = [...side].sort((a, b) => b.difference - a.difference);
    const last = Math.max(1, side.length - 1);
    const weight = side.length <= this.settings.elite ? 0 : 1 - this.settings.elite / side.length;
    for (let i = 0; i < side.length; i++) side[i].fitness = i / last;
    for (let i = 0; i < side.length; i++) byDifference[i].fitness += (weight * i) / last;
  }

  private dropWorst(side: Ranked[]): void {
    this.rank(side);
    let worst = -1;
    let worstKey = Number.NEGATIVE_INFINITY;
    for (let i = 1; i < side.length; i++) {
      let nearest = 1;
      for (let k = 0; k < side.length; k++) {
        if (k !== i && side[i].away[side[k].slot] < nearest) nearest = side[i].away[side[k].slot];
      }
      // Clones go before anything else.
      const key = side[i].fitness + (nearest < 1e-9 ? 10 : 0);
      if (key > worstKey) {
        worstKey = key;
        worst = i;
      }
    }
    side.splice(worst, 1);
  }
}
