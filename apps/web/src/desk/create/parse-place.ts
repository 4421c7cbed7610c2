import { type GeoPoint, isGeoPoint } from '#kernel';

/** `31.2304, 121.4737`, `31.2304 121.4737` or a `geo:` address; null when it is not a place. */
export function parsePlace(text: string): GeoPoint | null {
  const match = /^\s*(?:geo:)?(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)/i.exec(text);
  if (!match) return null;
  const point = { lat: Number(match[1]), lon: Number(match[2]) };
  return isGeoPoint(point) ? point : null;
}
