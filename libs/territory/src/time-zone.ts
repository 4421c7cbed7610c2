import { find } from 'geo-tz';
import { type GeoPoint, Invalid, isTimeZone } from '#kernel';

/** The IANA zone whose clocks hang at this point. */
export const timeZoneAt = ({ lat, lon }: GeoPoint): string => find(lat, lon)[0] ?? 'UTC';

/** @throws Invalid naming `field` when it is not a zone that the runtime knows. */
export function checkTimeZone(name: string, field = 'timeZone'): string {
  if (isTimeZone(name)) return name;
  throw Invalid.field(field, 'is not an IANA time zone', 'such as Europe/Berlin', { code: 'UNKNOWN_ZONE' });
}
