import { bearingDegrees, EARTH_RADIUS_METRES, type GeoPoint, haversineMetres } from '#kernel';

/** A way along streets: its corners, and how many metres from the start each of them is. */
export interface StreetPath {
  points: GeoPoint[];
  metresAt: number[];
  lengthMetres: number;
}

export interface StreetGridOptions {
  /** Where two streets cross. */
  origin: GeoPoint;
  /** Distance from one street to the next, metres. */
  blockMetres?: number;
  /** Direction of the avenues, degrees clockwise from north. */
  bearing?: number;
}

/** A place in the town's own directions, metres from the origin: `u` along the avenues, `v` across. */
interface Local {
  u: number;
  v: number;
}

const RADIANS = Math.PI / 180;

/**
 * A made-up town plan: straight streets a block apart, laid over a real place, so that simulated workers turn corners as
 * real ones do. Lengths are those of a flat map around the origin, good to 0.1 % within 30 km of it.
 */
export class StreetGrid {
  private readonly origin: GeoPoint;
  private readonly block: number;
  private readonly cos: number;
  private readonly sin: number;
  private readonly metresPerLat = EARTH_RADIUS_METRES * RADIANS;
  private readonly metresPerLon: number;

  constructor({ origin, blockMetres = 130, bearing = 20 }: StreetGridOptions) {
    this.origin = origin;
    this.block = blockMetres;
    this.cos = Math.cos(bearing * RADIANS);
    this.sin = Math.sin(bearing * RADIANS);
    this.metresPerLon = this.metresPerLat * Math.cos(origin.lat * RADIANS);
  }

  /** The nearest place on a street. */
  snap(point: GeoPoint): GeoPoint {
    return this.toGeo(this.onStreet(this.toLocal(point)));
  }

  /** From a door to its street, along streets with a few turns, and up to the other door. */
  path(from: GeoPoint, to: GeoPoint): StreetPath {
    const start = this.onStreet(this.toLocal(from));
    const goal = this.onStreet(this.toLocal(to));
    const corners = [start, ...this.turns(start, goal), goal];
    return measured([from, ...corners.map((corner) => this.toGeo(corner)), to]);
  }

  private turns(start: Local, goal: Local): Local[] {
    const first = this.crossing(start);
    const last = this.crossing(goal);
    // Which cross street is taken differs from trip to trip and is the same for the same trip.
    const blocks = Math.round((last.u - first.u) / this.block);
    const turnAt =
      first.u + Math.round(blocks * fraction(first.u + 3 * first.v, last.u - 5 * last.v)) * this.block;
    return [first, { u: turnAt, v: first.v }, { u: turnAt, v: last.v }, last];
  }

  private crossing({ u, v }: Local): Local {
    return { u: this.line(u), v: this.line(v) };
  }

  private onStreet({ u, v }: Local): Local {
    const toAvenue = Math.abs(v - this.line(v));
    const toStreet = Math.abs(u - this.line(u));
    return toAvenue < toStreet ? { u, v: this.line(v) } : { u: this.line(u), v };
  }

  private line(metres: number): number {
    return Math.round(metres / this.block) * this.block;
  }

  private toLocal(point: GeoPoint): Local {
    const north = (point.lat - this.origin.lat) * this.metresPerLat;
    const east = (point.lon - this.origin.lon) * this.metresPerLon;
    return { u: north * this.cos + east * this.sin, v: east * this.cos - north * this.sin };
  }

  private toGeo({ u, v }: Local): GeoPoint {
    const north = u * this.cos - v * this.sin;
    const east = u * this.sin + v * this.cos;
    return {
      lat: this.origin.lat + north / this.metresPerLat,
      lon: this.origin.lon + east / this.metresPerLon,
    };
  }
}

/** Where somebody is who has gone `metres` of the way, and which way they look. */
export function along(path: StreetPath, metres: number): GeoPoint & { heading: number } {
  const gone = Math.min(Math.max(metres, 0), path.lengthMetres);
  let leg = 1;
  while (leg < path.points.length - 1 && path.metresAt[leg]! < gone) leg++;
  const [a, b] = [path.points[leg - 1]!, path.points[leg]!];
  const legMetres = path.metresAt[leg]! - path.metresAt[leg - 1]!;
  const share = legMetres === 0 ? 1 : (gone - path.metresAt[leg - 1]!) / legMetres;
  return {
    lat: a.lat + (b.lat - a.lat) * share,
    lon: a.lon + (b.lon - a.lon) * share,
    heading: bearingDegrees(a, b),
  };
}

function measured(all: GeoPoint[]): StreetPath {
  const points = all.filter((point, i) => i === 0 || haversineMetres(all[i - 1]!, point) > 0.5);
  if (points.length === 1) points.push(all.at(-1)!);
  const metresAt = [0];
  for (let i = 1; i < points.length; i++)
    metresAt.push(metresAt[i - 1]! + haversineMetres(points[i - 1]!, points[i]!));
  return { points, metresAt, lengthMetres: metresAt.at(-1)! };
}

/** A number in [0, 1) that depends on both and on nothing else. */
function fraction(a: number, b: number): number {
  const x = Math.sin(a * 0.012_9 + b * 0.078_2) * 43_758.545_3;
  return x - Math.floor(x);
}
