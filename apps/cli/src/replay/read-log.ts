import { Temporal } from 'temporal-polyfill';
import { type GeoPoint, isGeoPoint } from '#kernel';
import { type Columns, chooseColumns, type Field } from './columns.js';

/** One usable line of a city's log. Times are epoch milliseconds. */
export interface LoggedRequest extends GeoPoint {
  line: number;
  id: string;
  openedAt: number;
  dueAt: number | null;
  closedAt: number | null;
  /** The city's own word on whether it kept its deadline. */
  onTime: boolean | null;
  category: string;
  district: string | null;
  channel: string | null;
  address: string | null;
}

export interface UnusableLine {
  line: number;
  /** The same words for the same trouble, so that they can be counted. */
  why: string;
}

export interface CityLog {
  rows: number;
  columns: Columns;
  requests: LoggedRequest[];
  unusable: UnusableLine[];
  /** What was odd but could be used all the same, counted. */
  oddities: Map<string, number>;
}

/** Reads the records of a CSV file: `header` first. `timeZone` is that of times without an offset. */
export function readLog(
  records: readonly (readonly string[])[],
  options: { map: Columns; timeZone: (first: GeoPoint) => string; limit?: number },
): CityLog {
  const [header = [], ...rows] = records;
  const columns = chooseColumns(header, options.map);
  const index = Object.fromEntries(
    Object.entries(columns).map(([field, column]) => [field, header.indexOf(column)]),
  ) as Partial<Record<Field, number>>;
  const log: CityLog = { rows: 0, columns, requests: [], unusable: [], oddities: new Map() };
  const seen = new Set<string>();
  let zone: string | null = null;
  for (const [i, row] of rows.entries()) {
    if (log.requests.length >= (options.limit ?? Number.POSITIVE_INFINITY)) break;
    log.rows += 1;
    // The header is line 1.
    const line = i + 2;
    const text = (field: Field) => (index[field] === undefined ? '' : (row[index[field]!] ?? '').trim());
    const point = pointOf(text('lat'), text('lon'));
    if (typeof point === 'string') {
      log.unusable.push({ line, why: point });
      continue;
    }
    zone ??= options.timeZone(point);
    const request = readRow({ line, point, text, zone, odd: (what) => count(log.oddities, what) });
    if (typeof request === 'string') log.unusable.push({ line, why: request });
    else if (seen.has(request.id)) log.unusable.push({ line, why: 'the id was there before' });
    else {
      seen.add(request.id);
      log.requests.push(request);
    }
  }
  log.requests.sort((a, b) => a.openedAt - b.openedAt || a.line - b.line);
  return log;
}

interface Row {
  line: number;
  point: GeoPoint;
  text: (field: Field) => string;
  zone: string;
  odd: (what: string) => void;
}

function readRow({ line, point, text, zone, odd }: Row): LoggedRequest | string {
  if (text('openedAt') === '') return 'the opening time is blank';
  const openedAt = instantOf(text('openedAt'), zone);
  if (openedAt === null) return 'the opening time is not a date';
  const optional = (field: 'dueAt' | 'closedAt', name: string): number | null => {
    if (text(field) === '') return null;
    const at = instantOf(text(field), zone);
    if (at === null) odd(`the ${name} is not a date`);
    else if (at < openedAt) odd(`the ${name} lies before the opening`);
    return at === null || at < openedAt ? null : at;
  };
  return {
    line,
    ...point,
    id: text('id') || `line-${line}`,
    openedAt,
    dueAt: optional('dueAt', 'deadline'),
    closedAt: optional('closedAt', 'closing'),
    onTime: yesOrNo(text('onTime')),
    category: text('category') || 'Request',
    district: text('district') || null,
    channel: text('channel') || null,
    address: text('address') || null,
  };
}

function pointOf(lat: string, lon: string): GeoPoint | string {
  if (lat === '' || lon === '') return 'the coordinates are blank';
  const point = { lat: Number(lat), lon: Number(lon) };
  if (!isGeoPoint(point)) return 'the coordinates are not a place on Earth';
  return point.lat === 0 && point.lon === 0 ? 'the coordinates are 0, 0' : point;
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AP]M))?)?$/i;

/**
 * A time as epoch milliseconds, or null. With an offset it is an instant; without one a wall-clock time of `zone`, where a
 * time that the spring change skips is read as the one after the gap.
 */
export function instantOf(text: string, zone: string): number | null {
  if (/\d(Z|[+-]\d{2}:?\d{2})$/.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : at;
  }
  const fields = localFields(text);
  if (!fields) return null;
  try {
    return Temporal.PlainDateTime.from(fields, { overflow: 'reject' }).toZonedDateTime(zone)
      .epochMilliseconds;
  } catch {
    return null;
  }
}

function localFields(text: string) {
  const iso = LOCAL.exec(text);
  if (iso) {
    const [year, month, day, hour = 0, minute = 0, second = 0] = iso
      .slice(1)
      .map((part) => Number(part ?? 0));
    return { year: year!, month: month!, day: day!, hour, minute, second };
  }
  const american = AMERICAN.exec(text);
  if (!american) return null;
  const [month, day, year, hour = 0, minute = 0, second = 0] = american
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const half = american[7]?.toUpperCase();
  const hours = half ? (hour % 12) + (half === 'PM' ? 12 : 0) : hour;
  return { year: year!, month: month!, day: day!, hour: hours, minute, second };
}

function yesOrNo(text: string): boolean | null {
  if (/^(ontime|on time|yes|y|true|1)$/i.test(text)) return true;
  return /^(overdue|late|no|n|false|0)$/i.test(text) ? false : null;
}

const count = (map: Map<string, number>, what: string) => map.set(what, (map.get(what) ?? 0) + 1);
