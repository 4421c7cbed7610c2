import { Temporal } from 'temporal-polyfill';

/** Epoch milliseconds. */
export type Instant = number;

/** Is it a date of the calendar, written YYYY-MM-DD? */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && dateOf(midnight.getTime()) === text;
}

/** The date in UTC, YYYY-MM-DD. */
export const dateOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

/**
 * The instant at which clocks of `timeZone` show `time` (HH:MM) on `date` (YYYY-MM-DD), as RFC 5545, section 3.3.5,
 * reads a local time:
 *
 * - A time that the clocks skip is read with the offset before the gap: where 02:00 is followed by 03:00, 02:30 is the
 *   instant that clocks show as 03:30.
 * - Of a time that the clocks show twice it is the first.
 */
export function instantOf(date: string, time: string, timeZone: string): Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from(time),
  }).epochMilliseconds;
}
