import { EARTH_RADIUS_METRES, type GeoPoint } from '#kernel';
import type { StraightLineTravel } from '../problem/types.js';
import { Legs } from './legs.js';

const RADIANS = Math.PI / 180;
/** Half a chord below which the next term of the series for its arc is lost in rounding. */
const SHORT = 1e-3;

/**
 * Great-circle distance x detour factor at a constant speed, worked out when asked for: a live question about a day of a
 * thousand stops needs a few thousand of its million ways. By the chord between points on the unit sphere, which is the
 * haversine distance to 1e-8 m, without trigonometry for every pair.
 */
export class StraightLineLegs extends Legs {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly z: Float64Array;
  private readonly diameter: number;
  private readonly metresPerSecond: number;

  constructor(places: readonly GeoPoint[], travel: Omit<StraightLineTravel, 'kind'>) {
    super(travel.profile);
    this.diameter = 2 * EARTH_RADIUS_METRES * travel.detourFactor;
    this.metresPerSecond = travel.metresPerSecond;
    this.x = Float64Array.from(places, ({ lat, lon }) => Math.cos(lat * RADIANS) * Math.cos(lon * RADIANS));
    this.y = Float64Array.from(places, ({ lat, lon }) => Math.cos(lat * RADIANS) * Math.sin(lon * RADIANS));
    this.z = Float64Array.from(places, ({ lat }) => Math.sin(lat * RADIANS));
  }

  seconds(from: number, to: number): number {
    return this.metres(from, to) / this.metresPerSecond;
  }

  metres(from: number, to: number): number {
    const dx = this.x[from] - this.x[to];
    const dy = this.y[from] - this.y[to];
    const dz = this.z[from] - this.z[to];
    const half = Math.sqrt(dx * dx + dy * dy + dz * dz) / 2;
    const angle = half < SHORT ? half * (1 + (half * half) / 6) : Math.asin(Math.min(1, half));
    return this.diameter * angle;
  }

  /** Nothing is farther apart than twice the farthest from the first place. */
  longest(): { seconds: number; metres: number } {
    let metres = 0;
    for (let i = 0; i < this.x.length; i++) metres = Math.max(metres, 2 * this.metres(0, i));
    return { seconds: metres / this.metresPerSecond, metres };
  }
}
