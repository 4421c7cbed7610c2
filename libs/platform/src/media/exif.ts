import { Temporal } from 'temporal-polyfill';
import { type GeoPoint, isGeoPoint, isNullIsland } from '#kernel';

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
  return isGeoPoint(point) && !isNullIsland(point) ? point : null;
}

/**
 * When the picture was taken: by the camera's own clock with its offset; else by its clock read in `timeZone`, or by the
 * satellites' UTC where that is near it, which is the more exact. The satellites alone count where there is no clock. What
 * cannot be is no value. (Exif 2.32, CIPA DC-008.)
 */
export function takenAtOf(tags: ExifTags, timeZone: string): Date | null {
  const offsets = [tags.OffsetTimeOriginal, tags.OffsetTime];
  const stamps = [tags.DateTimeOriginal, tags.CreateDate].flatMap((stamp) => isoOf(stamp) ?? []);
  for (const local of stamps)
    for (const offset of offsets) {
      const exact = withOffset(local, offset);
      if (exact) return exact;
    }
  const satellite = satelliteTime(tags);
  for (const local of stamps) {
    const read = inZone(local, timeZone);
    if (!read) continue;
    const isNear = satellite && Math.abs(satellite.getTime() - read.getTime()) <= NEAR_MS;
    return isNear ? satellite : read;
  }
  return satellite;
}

/** A satellite stamp may be as old as the last fix; further from the camera's clock it says nothing, milliseconds. */
const NEAR_MS = 10 * 60_000;
/** Before it no digital camera wrote Exif 2. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** The last roll-over of the satellites' week counter: a receiver that missed it writes dates of twenty years earlier. */
const LAST_ROLL_OVER_MS = Date.UTC(2019, 3, 7);
const LARGEST_OFFSET_HOURS = 14;

/** The make and model, short. */
export function cameraOf(tags: ExifTags): string | undefined {
  const parts = [tags.Make, tags.Model].filter((part) => typeof part === 'string' && part.trim() !== '');
  return parts.length > 0 ? parts.join(' ').replaceAll('\0', '').slice(0, 100) : undefined;
}

function withOffset(local: string, offset: unknown): Date | null {
  const match = /^[+-](\d\d):([0-5]\d)$/.exec(typeof offset === 'string' ? offset : '');
  if (!match || Number(match[1]) > LARGEST_OFFSET_HOURS) return null;
  return possible(() => Temporal.Instant.from(`${local}${offset}`).epochMilliseconds, EARLIEST_MS);
}

const inZone = (local: string, timeZone: string): Date | null =>
  possible(() => Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds, EARLIEST_MS);

function satelliteTime(tags: ExifTags): Date | null {
  const day = /^(\d{4}):(\d\d):(\d\d)/.exec(String(tags.GPSDateStamp ?? ''));
  const time = Array.isArray(tags.GPSTimeStamp)
    ? tags.GPSTimeStamp.map(Number)
    : String(tags.GPSTimeStamp ?? '')
        .split(':')
        .map(Number);
  if (!day || time.length !== 3 || !time.every(Number.isFinite)) return null;
  const [hour, minute, seconds] = time as [number, number, number];
  const [year, month, date] = day.slice(1).map(Number) as [number, number, number];
  const at = { year, month, day: date, hour, minute, second: Math.floor(seconds) };
  return possible(
    () =>
      Temporal.PlainDateTime.from(at, { overflow: 'reject' }).toZonedDateTime('UTC').epochMilliseconds +
      Math.round((seconds % 1) * 1_000),
    LAST_ROLL_OVER_MS,
  );
}

/** Null for a date such as 0000:00:00 or a time such as 99:99:99, and before `earliestMs`. */
function possible(read: () => number, earliestMs: number): Date | null {
  try {
    const ms = read();
    return Number.isFinite(ms) && ms >= earliestMs ? new Date(ms) : null;
  } catch {
    return null;
  }
}

function isoOf(stamp: unknown): string | null {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(typeof stamp === 'string' ? stamp : '');
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}` : null;
}
