/** A place on Earth in degrees (WGS84). */
export interface GeoPoint {
  lat: number;
  lon: number;
}

/** Mean Earth radius R1 (IUGG), metres. */
export const EARTH_RADIUS_METRES = 6_371_008.8;

const RADIANS = Math.PI / 180;

/**
 * Great-circle distance in metres by the haversine formula on a sphere of radius R1.
 * Against the WGS84 ellipsoid the error is at most about 0.56 % (along a meridian near a pole or the equator).
 */
export function haversineMetres(a: GeoPoint, b: GeoPoint): number {
  const dLat = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
  const dLon = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
  const h = dLat * dLat + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * dLon * dLon;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The point `distanceMetres` away in the direction `bearingDegrees` (0 = north, clockwise). */
export function destination(from: GeoPoint, bearingDegrees: number, distanceMetres: number): GeoPoint {
  const d = distanceMetres / EARTH_RADIUS_METRES;
  const bearing = bearingDegrees * RADIANS;
  const lat1 = from.lat * RADIANS;
  const lat = Math.asin(Math.sin(lat1) * Math.cos(d) + Math.cos(lat1) * Math.sin(d) * Math.cos(bearing));
  const lon =
    from.lon * RADIANS +
    Math.atan2(
      Math.sin(bearing) * Math.sin(d) * Math.cos(lat1),
      Math.cos(d) - Math.sin(lat1) * Math.sin(lat),
    );
  return { lat: lat / RADIANS, lon: ((((lon / RADIANS + 180) % 360) + 360) % 360) - 180 };
}

/** Initial bearing from `a` to `b`, degrees clockwise from north, 0 <= x < 360. */
export function bearingDegrees(a: GeoPoint, b: GeoPoint): number {
  const dLon = (b.lon - a.lon) * RADIANS;
  const y = Math.sin(dLon) * Math.cos(b.lat * RADIANS);
  const x =
    Math.cos(a.lat * RADIANS) * Math.sin(b.lat * RADIANS) -
    Math.sin(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.cos(dLon);
  return (Math.atan2(y, x) / RADIANS + 360) % 360;
}

export function isGeoPoint(p: unknown): p is GeoPoint {
  const { lat, lon } = (p ?? {}) as Partial<GeoPoint>;
  return (
    typeof lat === 'number' &&
    typeof lon === 'number' &&
    Number.isFinite(lat) &&
    Number.isFinite(lon) &&
    Math.abs(lat) <= 90 &&
    Math.abs(lon) <= 180
  );
}

/** Exactly 0, 0: how receivers, cameras and geocoders write that they do not know. */
export const isNullIsland = ({ lat, lon }: GeoPoint): boolean => lat === 0 && lon === 0;
