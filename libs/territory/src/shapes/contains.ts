import type { MultiPolygon, Polygon, Position } from 'geojson';
import { type GeoPoint, haversineMetres } from '#kernel';

/** The part of a service area that says where it is. */
export type AreaShape =
  | { kind: 'circle'; lat: number; lon: number; radiusMetres: number }
  | { kind: 'polygon'; polygon: Polygon | MultiPolygon };

/** What decides between areas that overlap. */
export interface AreaRank {
  id: string;
  priority: number;
  squareMetres: number;
}

/** Is this point inside? */
export type Contains = (point: GeoPoint) => boolean;

export function prepareShape(shape: AreaShape): Contains {
  if (shape.kind === 'circle') return (point) => haversineMetres(shape, point) <= shape.radiusMetres;
  const polygons = shape.polygon.type === 'Polygon' ? [shape.polygon.coordinates] : shape.polygon.coordinates;
  const parts = polygons.map(preparePolygon);
  return ({ lat, lon }) => parts.some((inside) => inside(lon, lat));
}

export const containsPoint = (shape: AreaShape, point: GeoPoint): boolean => prepareShape(shape)(point);

/** Higher priority first, then the smaller area, then the older id, so that the answer never depends on chance. */
export function byRank(a: AreaRank, b: AreaRank): number {
  return b.priority - a.priority || a.squareMetres - b.squareMetres || (a.id < b.id ? -1 : 1);
}

function preparePolygon(rings: Position[][]): (x: number, y: number) => boolean {
  const flat = rings.map(flatten);
  const outline = flat[0] ?? new Float64Array();
  let [west, south] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [east, north] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < outline.length; i += 2) {
    west = Math.min(west, outline[i]!);
    east = Math.max(east, outline[i]!);
    south = Math.min(south, outline[i + 1]!);
    north = Math.max(north, outline[i + 1]!);
  }
  return (x, y) => {
    if (x < west || x > east || y < south || y > north) return false;
    let inside = false;
    for (const ring of flat) if (crossesOddly(ring, x, y)) inside = !inside;
    return inside;
  };
}

/** x, y pairs, without a list for each corner: a hundred thousand of them are prepared at once. */
function flatten(ring: Position[]): Float64Array {
  const flat = new Float64Array(2 * ring.length);
  for (let i = 0; i < ring.length; i++) {
    flat[2 * i] = ring[i]![0]!;
    flat[2 * i + 1] = ring[i]![1]!;
  }
  return flat;
}

/** Even-odd rule (Shimrat 1962) over a closed ring of x, y pairs, in plain longitude and latitude as GeoJSON draws it. */
function crossesOddly(ring: Float64Array, x: number, y: number): boolean {
  let odd = false;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x1, y1, x2, y2] = [ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
  }
  return odd;
}
