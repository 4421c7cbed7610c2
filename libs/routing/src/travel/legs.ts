import { type GeoPoint, haversineMetres } from '#kernel';
import type { DayProfile, RoutingProblem } from '../problem/types.js';

/** How long every way takes, flat: row = from, column = to. Seconds and metres. */
export class Legs {
  readonly durations: Float64Array;
  readonly distances: Float64Array | null;
  private readonly profile: DayProfile | null;

  constructor(
    readonly size: number,
    travel: { durations: Float64Array; distances: Float64Array | null; profile?: DayProfile },
  ) {
    this.durations = travel.durations;
    this.distances = travel.distances;
    const slots = travel.profile ?? [];
    this.profile = slots.some((s) => s.factor !== 1) ? slots : null;
  }

  get timeDependent(): boolean {
    return this.profile !== null;
  }

  /**
   * When one arrives who leaves at `depart`. Under a profile the speed changes while on the way (Ichoua, Gendreau &
   * Potvin 2003), so that leaving later never means arriving earlier.
   */
  arrive(from: number, to: number, depart: number): number {
    const base = this.durations[from * this.size + to];
    if (!this.profile) return depart + base;
    let left = base;
    let t = depart;
    for (let s = this.slotAt(t); ; s++) {
      const { factor } = this.profile[s];
      const until = s + 1 < this.profile.length ? this.profile[s + 1].from : Number.POSITIVE_INFINITY;
      const covered = (until - t) * factor;
      if (covered >= left) return t + left / factor;
      left -= covered;
      t = until;
    }
  }

  /** The latest departure that arrives by `arriveBy`. */
  leaveBy(from: number, to: number, arriveBy: number): number {
    const base = this.durations[from * this.size + to];
    if (!this.profile) return arriveBy - base;
    let left = base;
    let t = arriveBy;
    for (let s = this.slotAt(t); ; s--) {
      const { factor } = this.profile[s];
      const since = s > 0 ? this.profile[s].from : Number.NEGATIVE_INFINITY;
      const covered = (t - since) * factor;
      if (covered >= left) return t - left / factor;
      left -= covered;
      t = since;
    }
  }

  private slotAt(t: number): number {
    const profile = this.profile as DayProfile;
    let s = 0;
    while (s + 1 < profile.length && profile[s + 1].from <= t) s++;
    return s;
  }
}

/** The legs of a validated problem. */
export function legsOf(problem: RoutingProblem): Legs {
  const { travel } = problem;
  if (travel.kind === 'matrix') {
    const size = travel.durations.length;
    return new Legs(size, {
      durations: flatten(travel.durations),
      distances: travel.distances ? flatten(travel.distances) : null,
      profile: travel.profile,
    });
  }
  const places = problem.locations ?? [];
  const distances = straightLineMetres(places, travel.detourFactor);
  const durations = distances.map((metres) => metres / travel.metresPerSecond);
  return new Legs(places.length, { durations, distances, profile: travel.profile });
}

/** Haversine x detour factor between all places, metres, row-major. */
export function straightLineMetres(places: readonly GeoPoint[], detourFactor: number): Float64Array {
  const n = places.length;
  const metres = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      metres[i * n + j] = haversineMetres(places[i], places[j]) * detourFactor;
      metres[j * n + i] = metres[i * n + j];
    }
  }
  return metres;
}

function flatten(rows: readonly number[][]): Float64Array {
  const flat = new Float64Array(rows.length * rows.length);
  for (let i = 0; i < rows.length; i++) flat.set(rows[i], i * rows.length);
  return flat;
}
