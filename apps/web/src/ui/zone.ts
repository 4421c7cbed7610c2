import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import { usualZone } from '#kernel';

dayjs.extend(utc);
dayjs.extend(timezone);

let zone: string | undefined;

/** The clock on the wall of the city that is worked in; wherever the desk itself stands. */
export const deskZone = (): string => zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Said once the areas are known: the zone that most of them are in. */
export function setDeskZone(zones: readonly string[]): void {
  zone = usualZone(zones);
}

/** For `<input type="datetime-local">`. */
export const toLocalInput = (at: number | string): string =>
  dayjs(at).tz(deskZone()).format('YYYY-MM-DDTHH:mm');
/** Epoch ms of what such an input says; NaN when it says nothing. */
export const fromLocalInput = (text: string, zone = deskZone()): number =>
  text ? dayjs.tz(text, zone).valueOf() : Number.NaN;

/** ISO text of what such an input says. */
export const instantOf = (text: string): string => new Date(fromLocalInput(text)).toISOString();

/** YYYY-MM-DD of an instant. */
export const dayOf = (at: number, zone = deskZone()): string => dayjs(at).tz(zone).format('YYYY-MM-DD');
/** YYYY-MM-DD so many days later. */
export const daysAfter = (day: string, days: number): string =>
  dayjs.utc(day).add(days, 'day').format('YYYY-MM-DD');
/** Midnight at which a day begins, epoch ms. */
export const startOfDay = (day: string, zone?: string): number => fromLocalInput(day && `${day}T00:00`, zone);
/** ISO text of the last second of a day. */
export const endOfDay = (day: string): string => instantOf(`${day}T23:59:59`);
