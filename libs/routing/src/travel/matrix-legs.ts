import type { MatrixTravel } from '../problem/types.js';
import { Legs } from './legs.js';

/** Ways from a matrix, kept flat: row = from, column = to. */
export class MatrixLegs extends Legs {
  private readonly size: number;
  private readonly durations: Float64Array;
  private readonly distances: Float64Array | null;

  constructor({ durations, distances, profile }: MatrixTravel) {
    super(profile);
    this.size = durations.length;
    this.durations = flatten(durations);
    this.distances = distances ? flatten(distances) : null;
  }

  seconds(from: number, to: number): number {
    return this.durations[from * this.size + to];
  }

  metres(from: number, to: number): number {
    return this.distances ? this.distances[from * this.size + to] : 0;
  }

  longest(): { seconds: number; metres: number } {
    return { seconds: largest(this.durations), metres: this.distances ? largest(this.distances) : 0 };
  }
}

function flatten(rows: readonly number[][]): Float64Array {
  const flat = new Float64Array(rows.length * rows.length);
  for (let i = 0; i < rows.length; i++) flat.set(rows[i], i * rows.length);
  return flat;
}

function largest(cells: Float64Array): number {
  let most = 0;
  // By index: an iterator over a million cells takes several times as long.
  for (let k = 0; k < cells.length; k++) if (cells[k] > most) most = cells[k];
  return most;
}
