import i18next from 'i18next';
import { majorOf } from '#kernel';
import { deskZone } from './zone';

const locale = (language = i18next.language) => (language === 'zh' ? 'zh-CN' : 'en-GB');

const formats = new Map<string, Intl.DateTimeFormat>();
/** Formats are dear to make, and a list asks for hundreds. */
function formatOf(name: string, options: Intl.DateTimeFormatOptions, zone = deskZone()): Intl.DateTimeFormat {
  const key = `${name} ${locale()} ${zone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), { ...options, timeZone: zone });
    formats.set(key, format);
  }
  return format;
}

const time = (zone?: string) =>
  formatOf('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone);
const day = (zone?: string) => formatOf('day', { day: 'numeric', month: 'short' }, zone);

/** 12:04, or with the day when it is not today: `now` is business time. On the clocks of `zone`, the desk's by default. */
export function clockTime(text: string | number | null | undefined, now?: number, zone?: string): string {
  if (text === null || text === undefined) return '–';
  const at = new Date(text);
  if (now === undefined || day(zone).format(at) === day(zone).format(now)) return time(zone).format(at);
  return `${day(zone).format(at)} ${time(zone).format(at)}`;
}

export const clockSeconds = (at: number, zone?: string): string =>
  formatOf(
    'seconds',
    { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
    zone,
  ).format(at);

export const timeWindow = (start: string | null, end: string | null, now?: number, zone?: string): string =>
  start && end
    ? `${clockTime(start, now, zone)}–${clockTime(end, undefined, zone)}`
    : start || end
      ? clockTime(start ?? end, now, zone)
      : '';

/** Tuesday, 3 March 2026; of a day YYYY-MM-DD, which is the same everywhere. */
export const longDay = (date: string): string =>
  formatOf('longDay', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'UTC').format(
    Date.parse(date),
  );

/** Tue 3 Mar. */
export const shortDay = (date: string): string =>
  formatOf('shortDay', { weekday: 'short', day: 'numeric', month: 'short' }, 'UTC').format(Date.parse(date));

/** Countries by their ISO 3166 codes. */
export const countryNames = (): Intl.DisplayNames =>
  new Intl.DisplayNames(locale(), { type: 'region', fallback: 'code' });

export const numberText = (value: number, options: Intl.NumberFormatOptions, language?: string): string =>
  new Intl.NumberFormat(locale(language), options).format(value);

/** 450 m, 3.4 km. */
export function metres(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const unit = value < 1000 ? 'meter' : 'kilometer';
  const shown = value < 1000 ? Math.round(value) : value / 1000;
  return numberText(shown, { style: 'unit', unit, maximumFractionDigits: value < 1000 ? 0 : 1 });
}

/** 40 s, 12 min, 1 h 5 min. */
export function duration(
  seconds: number | null | undefined,
  unitDisplay: 'short' | 'narrow' = 'short',
): string {
  if (seconds === null || seconds === undefined) return '–';
  const s = Math.max(0, Math.round(seconds));
  const unit = (value: number, name: string) => numberText(value, { style: 'unit', unit: name, unitDisplay });
  if (s < 60) return unit(s, 'second');
  const minutes = Math.round(s / 60);
  if (minutes < 60) return unit(minutes, 'minute');
  const rest = minutes % 60;
  if (minutes >= 48 * 60) return unit(Math.round(minutes / 1440), 'day');
  return rest === 0
    ? unit(minutes / 60, 'hour')
    : `${unit(Math.floor(minutes / 60), 'hour')} ${unit(rest, 'minute')}`;
}

export const ago = (text: string | number, now: number): string =>
  duration((now - new Date(text).getTime()) / 1000, 'narrow');

export const price = (minor: number, currency: string): string =>
  numberText(majorOf({ minor, currency }), { style: 'currency', currency });
