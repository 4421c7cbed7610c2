import { Temporal } from 'temporal-polyfill';

/** The local day `date` (today without) as instants; a day with a clock change has 23 or 25 hours. */
export function boardSpan(
  date: string | undefined,
  timeZone: string,
  now: Date,
): { date: string; span: { start: Date; end: Date } } {
  const day = date
    ? Temporal.PlainDate.from(date)
    : Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const start = day.toZonedDateTime(timeZone);
  const end = day.add({ days: 1 }).toZonedDateTime(timeZone);
  return {
    date: day.toString(),
    span: { start: new Date(start.epochMilliseconds), end: new Date(end.epochMilliseconds) },
  };
}
