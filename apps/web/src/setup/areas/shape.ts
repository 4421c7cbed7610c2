import { booleanIntersects, kinks, area as squareMetres, polygon as toPolygon } from '@turf/turf';
import type { Area } from '../../api/types';
import { ring } from '../../desk/map/mercator';

/** The shape being drawn: a circle by its centre and radius, or a polygon. */
export type Shape =
  | { kind: 'circle'; lat: number; lon: number; radiusMetres: number }
  | { kind: 'polygon'; polygon: GeoJSON.Polygon | GeoJSON.MultiPolygon };

export const geometryOf = (shape: Shape): GeoJSON.Polygon | GeoJSON.MultiPolygon =>
  shape.kind === 'circle'
    ? { type: 'Polygon', coordinates: [ring(shape, shape.radiusMetres)] }
    : shape.polygon;

const shapeOf = (area: Area): Shape =>
  area.polygon
    ? { kind: 'polygon', polygon: area.polygon }
    : { kind: 'circle', lat: area.lat, lon: area.lon, radiusMetres: area.radiusMetres ?? 3_000 };

export interface ShapeReport {
  squareKilometres: number;
  /** The outline crosses itself. */
  crosses: boolean;
  /** Other areas that share ground with it. */
  overlaps: Area[];
}

export function reportOn(shape: Shape, others: readonly Area[]): ShapeReport {
  const geometry = geometryOf(shape);
  const feature: GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon> = {
    type: 'Feature',
    properties: {},
    geometry,
  };
  return {
    squareKilometres: squareMetres(feature) / 1e6,
    crosses:
      geometry.type === 'Polygon' &&
      geometry.coordinates[0]!.length > 3 &&
      kinks(toPolygon(geometry.coordinates)).features.length > 0,
    overlaps: others.filter((area) =>
      booleanIntersects(feature, { type: 'Feature', properties: {}, geometry: geometryOf(shapeOf(area)) }),
    ),
  };
}
