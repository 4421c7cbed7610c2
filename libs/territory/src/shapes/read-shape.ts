import type { MultiPolygon, Polygon } from 'geojson';
import { validateCircle, validatePolygon } from './validate-shape.js';

/** A shape that passed, with what follows from it. */
export interface ReadShape {
  kind: 'circle' | 'polygon';
  lat: number;
  lon: number;
  radiusMetres: number | null;
  polygon: Polygon | MultiPolygon | null;
  squareMetres: number;
}

/** Of a circle that says none. */
const RADIUS_METRES = 3_000;

/** @throws Invalid naming the radius or the point; `field` is the path of a GeoJSON feature */
export function readCircle(
  input: { lat?: number; lon?: number; radiusMetres?: number },
  field = '',
): ReadShape {
  const circle = { lat: input.lat!, lon: input.lon!, radiusMetres: input.radiusMetres ?? RADIUS_METRES };
  const squareMetres = validateCircle(
    circle,
    field ? { point: `${field}geometry.coordinates`, radius: `${field}properties.radiusMetres` } : undefined,
  );
  return { kind: 'circle', ...circle, polygon: null, squareMetres };
}

/** @throws Invalid naming ring and vertex; `field` is the path of a GeoJSON feature */
export function readPolygon(value: unknown, field = ''): ReadShape {
  const { polygon, squareMetres, inside } = validatePolygon(value, field ? `${field}geometry` : 'polygon');
  return { kind: 'polygon', ...inside, radiusMetres: null, polygon, squareMetres };
}
