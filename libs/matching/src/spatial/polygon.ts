import { type GeoPoint, Invalid, isGeoPoint } from '#kernel';
import { BUCKET_SLOTS, type CellStore } from './cell-store.js';
import { type StripPlan, stripAt } from './strip-plan.js';

const RADIANS = Math.PI / 180;
const HALF_PI = Math.PI / 2;
const TWO_PI = 2 * Math.PI;

/**
 * Rings of at least three points: the outline, then holes. A ring may repeat its first point at the end. Edges are
 * straight in longitude and latitude (as in GeoJSON) and go the short way round the globe, so that an outline may
 * cross the antimeridian; one that runs all the way round encloses the pole on its side of the equator.
 */
export type Polygon = readonly (readonly GeoPoint[])[];

/** Ready for many questions; radians. */
export interface PreparedPolygon {
  south: number;
  north: number;
  /** West edge, and how far east of it the polygon reaches. */
  west: number;
  width: number;
  contains(lat: number, lon: number): boolean;
}

/** Throws Invalid naming the ring and the point that is wrong. */
export function preparePolygon(polygon: Polygon): PreparedPolygon {
  if (polygon.length === 0) throw Invalid.field('polygon', 'needs an outline');
  const rings = polygon.map((ring, index) => unrolled(ring, `polygon[${index}]`));
  const outline = rings[0]!;
  const lats = outline.filter((_, i) => i % 2 === 0);
  const lons = outline.filter((_, i) => i % 2 === 1);
  const west = lons.reduce((a, b) => Math.min(a, b));
  return {
    south: lats.reduce((a, b) => Math.min(a, b)),
    north: lats.reduce((a, b) => Math.max(a, b)),
    west,
    width: Math.min(TWO_PI, lons.reduce((a, b) => Math.max(a, b)) - west),
    contains: (lat, lon) => rings.reduce((inside, ring) => inside !== crossesOddly(ring, lat, lon), false),
  };
}

/** Latitude, longitude pairs in radians, with longitudes that run on past 180 instead of jumping. */
function unrolled(ring: readonly GeoPoint[], field: string): Float64Array {
  const points = [...ring];
  const [first, last] = [points[0], points.at(-1)];
  if (points.length > 1 && first!.lat === last!.lat && first!.lon === last!.lon) points.pop();
  if (points.length < 3) throw Invalid.field(field, 'needs at least three different points', 3);
  points.forEach((point, i) => {
    if (!isGeoPoint(point)) throw Invalid.field(`${field}[${i}]`, 'is not a place');
  });
  const flat: number[] = [];
  let lon = points[0]!.lon;
  for (const point of [...points, points[0]!]) {
    lon += shortWay(point.lon - lon);
    flat.push(point.lat * RADIANS, lon * RADIANS);
  }
  const turn = flat.at(-1)! - flat[1]!;
  if (Math.abs(turn) < 1) return Float64Array.from(flat);
  // All the way round: close it over the pole.
  const mean = points.reduce((sum, p) => sum + p.lat, 0);
  const pole = mean < 0 ? -HALF_PI : HALF_PI;
  flat.push(pole, flat.at(-1)!, pole, flat[1]!, flat[0]!, flat[1]!);
  return Float64Array.from(flat);
}

const shortWay = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** Even-odd rule over the closed ring, with the point's longitude turned to where the ring is. */
function crossesOddly(ring: Float64Array, lat: number, lon: number): boolean {
  let odd = false;
  let west = Number.POSITIVE_INFINITY;
  for (let i = 1; i < ring.length; i += 2) west = Math.min(west, ring[i]!);
  const x = lon + Math.ceil((west - lon) / TWO_PI - 1e-15) * TWO_PI;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [y1, x1, y2, x2] = [ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!];
    if (y1 > lat !== y2 > lat && x < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
  }
  return odd;
}

/** Hands over every point in a cell that meets the polygon's bounding box. */
export function scanPolygon(
  plan: StripPlan,
  store: CellStore,
  box: PreparedPolygon,
  visit: (handle: number) => void,
): void {
  for (
    let strip = stripAt(plan, box.south);
    strip < plan.stripCount && plan.south[strip]! <= box.north;
    strip++
  ) {
    const end = plan.firstCell[strip + 1]!;
    for (let cell = plan.firstCell[strip]!; cell < end; cell++) {
      const cellWest = plan.west[cell]!;
      const cellWidth = (cell + 1 < end ? plan.west[cell + 1]! : Math.PI) - cellWest;
      if (meet(box.west, box.width, cellWest, cellWidth)) visitCell(store, cell, visit);
    }
  }
}

function visitCell(store: CellStore, cell: number, visit: (handle: number) => void): void {
  for (let bucket = cell; bucket >= 0; bucket = store.next[bucket]!)
    for (let i = 0; i < store.used[bucket]!; i++) visit(store.owner[bucket * BUCKET_SLOTS + i]!);
}

/** Do two arcs of the circle of longitudes touch? Each is its west edge and its width. */
function meet(west1: number, width1: number, west2: number, width2: number): boolean {
  const slack = 1e-12;
  return eastOf(west1, west2) <= width1 + slack || eastOf(west2, west1) <= width2 + slack;
}

/** How far east of `from` the longitude `to` lies, 0 <= x < 2 pi. */
const eastOf = (from: number, to: number): number => (((to - from) % TWO_PI) + TWO_PI) % TWO_PI;
