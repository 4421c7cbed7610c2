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
export const fromLocalInput = (text: string): number =>
  text ? dayjs.tz(text, deskZone()).valueOf() : Number.NaN;

/** YYYY-MM-DD of an instant. */
export const dayOf = (at: number): string => dayjs(at).tz(deskZone()).format('YYYY-MM-DD');
