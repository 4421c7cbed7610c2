import { area, cleanCoords, feature, pointOnFeature, rewind } from '@turf/turf';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { type GeoPoint, Invalid, isGeoPoint } from '#kernel';
import { prepareShape } from './contains.js';
import { firstCrossing } from './ring-crossings.js';

const AREA_LIMITS = {
  radiusMetres: { min: 50, max: 200_000 },
  squareMetres: { min: 100, max: 1e11 },
  vertices: 20_000,
} as const;

/** A polygon that passed, wound as RFC 7946 wants it, with what follows from it. */
export interface ValidPolygon {
  polygon: Polygon | MultiPolygon;
  squareMetres: number;
  /** Some point that is surely inside. */
  inside: GeoPoint;
}

/** @throws Invalid naming the point or the radius as `fields` says. @returns the size in square metres. */
export function validateCircle(
  circle: GeoPoint & { radiusMetres: number },
  fields = { point: 'lat', radius: 'radiusMetres' },
): number {
  const { min, max } = AREA_LIMITS.radiusMetres;
  if (!isGeoPoint(circle)) throw Invalid.field(fields.point, 'is not a place on Earth', '-90..90, -180..180');
  if (!(circle.radiusMetres >= min && circle.radiusMetres <= max))
    throw Invalid.field(fields.radius, `must be ${min} to ${max} metres`, `${min}..${max}`, {
      code: 'IS_BETWEEN',
      values: { least: min, most: max },
    });
  return Math.PI * circle.radiusMetres ** 2;
}

/**
 * Holds a GeoJSON Polygon or MultiPolygon against everything that would make "is this door inside?" ambiguous: rings
 * not closed, self-intersecting, crossing each other or empty, places that are none, absurd size.
 *
 * @param field the path of the geometry in what the caller sent, such as `features[3].geometry`.
 * @throws Invalid naming the ring and vertex.
 */
export function validatePolygon(value: unknown, field = 'polygon'): ValidPolygon {
  const { type, coordinates } = (value ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    throw Invalid.field(`${field}.type`, 'must be Polygon or MultiPolygon', 'Polygon, MultiPolygon');
  const path = `${field}.coordinates`;
  const parts = type === 'Polygon' ? [coordinates] : list(coordinates, path);
  let budget: number = AREA_LIMITS.vertices;
  const polygons = parts.map((part, i) => {
    const partPath = type === 'Polygon' ? path : `${path}[${i}]`;
    const lists = list(part, partPath);
    for (const ring of lists) budget -= Array.isArray(ring) ? Math.max(1, ring.length) : 1;
    if (budget < 0)
      throw Invalid.field(path, `has more than ${AREA_LIMITS.vertices} vertices`, AREA_LIMITS.vertices, {
        code: 'TOO_MANY_VERTICES',
        values: { limit: AREA_LIMITS.vertices },
      });
    const rings = lists.map((ring, r) => readRing(ring, `${partPath}[${r}]`));
    checkRings(rings, partPath);
    return rings;
  });
  const raw: Polygon | MultiPolygon =
    type === 'Polygon' ? { type, coordinates: polygons[0]! } : { type, coordinates: polygons };
  return measured(raw, field);
}

function measured(raw: Polygon | MultiPolygon, field: string): ValidPolygon {
  const polygon = rewind(cleanCoords(raw), { reverse: false }) as Polygon | MultiPolygon;
  const squareMetres = area(feature(polygon));
  const { min, max } = AREA_LIMITS.squareMetres;
  if (squareMetres < min)
    throw Invalid.field(
      field,
      `is empty: it covers ${squareMetres.toFixed(1)} m², the least is ${min} m²`,
      min,
    );
  if (squareMetres > max)
    throw Invalid.field(
      field,
      `covers ${Math.round(squareMetres / 1e6)} km², the most is ${max / 1e6} km²; are longitude and latitude swapped?`,
      max,
    );
  const [lon, lat] = pointOnFeature(feature(polygon)).geometry.coordinates as [number, number];
  return { polygon, squareMetres, inside: { lat, lon } };
}

function list(value: unknown, field: string): unknown[] {
  if (!Array.isArray(value) || value.length === 0)
    throw Invalid.field(field, 'must be a list that is not empty');
  return value;
}

function readRing(value: unknown, field: string): Position[] {
  const ring = list(value, field).map((vertex, i) => readVertex(vertex, `${field}[${i}]`));
  if (ring.length < 4)
    throw Invalid.field(field, `has ${ring.length} vertices; a closed ring has at least 4`, 4);
  const [first, last] = [ring[0]!, ring.at(-1)!];
  if (first[0] !== last[0] || first[1] !== last[1])
    throw Invalid.field(
      `${field}[${ring.length - 1}]`,
      `the ring is not closed: its last vertex [${last}] is not its first [${first}]`,
    );
  ring.forEach((vertex, i) => {
    if (i > 0 && Math.abs(vertex[0]! - ring[i - 1]![0]!) > 180)
      throw Invalid.field(
        `${field}[${i}]`,
        'the edge to it goes more than half way round the globe; split the area at the 180° meridian',
      );
  });
  return ring.filter((v, i) => i === 0 || v[0] !== ring[i - 1]![0] || v[1] !== ring[i - 1]![1]);
}

function readVertex(value: unknown, field: string): Position {
  const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : [];
  if (isGeoPoint({ lat, lon })) return [lon as number, lat as number];
  const swapped = isGeoPoint({ lat: lon, lon: lat });
  throw Invalid.field(
    field,
    swapped
      ? 'is not [longitude, latitude]; they seem to be swapped'
      : 'is not [longitude, latitude] in degrees',
    '-180..180, -90..90',
  );
}

function checkRings(rings: Position[][], field: string): void {
  const empty = rings.findIndex((ring) => ring.length < 4);
  if (empty >= 0) throw Invalid.field(`${field}[${empty}]`, 'has fewer than three different vertices', 3);
  const crossing = firstCrossing(rings);
  if (crossing) {
    const [a, b] = crossing;
    const problem =
      a.ring === b.ring
        ? `the ring crosses itself: the edge from vertex ${a.vertex} meets the edge from vertex ${b.vertex}`
        : `ring ${a.ring} (edge from vertex ${a.vertex}) crosses ring ${b.ring} (edge from vertex ${b.vertex})`;
    throw Invalid.field(`${field}[${b.ring}][${b.vertex}]`, problem);
  }
  const inOutline = prepareShape({ kind: 'polygon', polygon: { type: 'Polygon', coordinates: [rings[0]!] } });
  rings.slice(1).forEach((hole, i) => {
    const outside = hole.every(([lon, lat]) => !inOutline({ lat: lat!, lon: lon! }));
    if (outside) throw Invalid.field(`${field}[${i + 1}]`, 'the hole lies outside the outline');
  });
}
