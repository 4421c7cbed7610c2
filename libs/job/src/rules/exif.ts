import { Temporal } from 'temporal-polyfill';
import { type GeoPoint, isGeoPoint } from '#kernel';

/** Tags as exifr gives them without reviving: dates are `2026:03:02 08:00:00`. */
export interface ExifTags {
  latitude?: unknown;
  longitude?: unknown;
  DateTimeOriginal?: unknown;
  CreateDate?: unknown;
  OffsetTimeOriginal?: unknown;
  OffsetTime?: unknown;
  GPSDateStamp?: unknown;
  GPSTimeStamp?: unknown;
  Make?: unknown;
  Model?: unknown;
}

/** Where the camera was. A place of exactly 0, 0 is how cameras write that they do not know. */
export function placeOf(tags: ExifTags): GeoPoint | null {
  const point = { lat: tags.latitude, lon: tags.longitude };
  return isGeoPoint(point) && !(point.lat === 0 && point.lon === 0) ? point : null;
}

/**
 * When the picture was taken: by the satellites' UTC if the camera had it, else by its own clock with its offset, else
 * by its clock read in `timeZone`. (Exif 2.32, CIPA DC-008.)
 */
export function takenAtOf(tags: ExifTags, timeZone: string): Date | null {
  const satellite = satelliteTime(tags);
  if (satellite) return satellite;
  const local = isoOf(tags.DateTimeOriginal) ?? isoOf(tags.CreateDate);
  if (!local) return null;
  const offset = tags.OffsetTimeOriginal ?? tags.OffsetTime;
  try {
    if (typeof offset === 'string' && /^[+-]\d\d:\d\d$/.test(offset))
      return new Date(Temporal.Instant.from(local + offset).epochMilliseconds);
    return new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    // A date such as 0000:00:00, from a camera whose clock was never set.
    return null;
  }
}

/** The make and model, short. */
export function cameraOf(tags: ExifTags): string | undefined {
  const parts = [tags.Make, tags.Model].filter((part) => typeof part === 'string' && part.trim() !== '');
  return parts.length > 0 ? parts.join(' ').replaceAll('\0', '').slice(0, 100) : undefined;
}

function satelliteTime(tags: ExifTags): Date | null {
  const day = /^(\d{4}):(\d\d):(\d\d)/.exec(String(tags.GPSDateStamp ?? ''));
  const time = Array.isArray(tags.GPSTimeStamp)
    ? tags.GPSTimeStamp.map(Number)
    : String(tags.GPSTimeStamp ?? '')
        .split(':')
        .map(Number);
  if (!day || time.length !== 3 || !time.every(Number.isFinite)) return null;
  const [hours, minutes, seconds] = time as [number, number, number];
  const ms = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]), hours, minutes) + seconds * 1_000;
  return Number.isFinite(ms) ? new Date(ms) : null;
}

function isoOf(stamp: unknown): string | null {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(typeof stamp === 'string' ? stamp : '');
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}` : null;
}
