import { destination, type GeoPoint } from '#kernel';

/** Web Mercator in units of the world: x and y from 0 to 1, north-west first. */
export const mercatorX = (lon: number): number => (lon + 180) / 360;
export const mercatorY = (lat: number): number =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
export const lonOf = (x: number): number => x * 360 - 180;
export const latOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** A circle on the ground as a closed ring, [longitude, latitude]. */
export function ring(centre: GeoPoint, radiusMetres: number, corners = 64): [number, number][] {
  return Array.from({ length: corners + 1 }, (_, i) => {
    const point = destination(centre, (i * 360) / corners, radiusMetres);
    return [point.lon, point.lat];
  });
}
