import { Temporal } from 'temporal-polyfill';
import { type Interval, mergeIntervals, overlaps, subtractIntervals } from '#kernel';

export interface WeeklyHours {
  /** ISO: 1 = Monday to 7 = Sunday. */
  weekday: number;
  startMinute: number;
  /** Past 1440 when the shift ends on the next day. */
  endMinute: number;
  timeZone: string;
}

/** What holds instead of the weekly hours on `date`; null minutes = a day off. Several rows of a date add up. */
export interface ExceptionHours {
  /** Local date, YYYY-MM-DD. */
  date: string;
  startMinute: number | null;
  endMinute: number | null;
  timeZone: string;
}

export interface Schedule {
  weekly: readonly WeeklyHours[];
  exceptions: readonly ExceptionHours[];
  timeOff: readonly Interval[];
}

const DAY_MINUTES = 1_440;
const HOUR_MS = 3_600_000;
const MAX_CACHED = 50_000;
const MOST_PATTERNS = 5_000;

/** Many workers share zone, dates and hours; the conversion is by far the dearest step. */
const instants = new Map<string, number>();

/**
 * The instant at which local clocks of `timeZone` show `minute` of `date`. A time that the spring change skips is read
 * as the time after the gap; one that autumn repeats as the first of the two (Temporal's "compatible").
 */
function instantOf(date: string, minute: number, timeZone: string): number {
  const key = `${timeZone}|${date}|${minute}`;
  let at = instants.get(key);
  if (at === undefined) {
    const day = Temporal.PlainDate.from(date).add({ days: Math.floor(minute / DAY_MINUTES) });
    const inDay = minute % DAY_MINUTES;
    const time = Temporal.PlainTime.from({ hour: Math.floor(inDay / 60), minute: inDay % 60 });
    at = day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
    if (instants.size >= MAX_CACHED) instants.clear();
    instants.set(key, at);
  }
  return at;
}

/** Does any part of that date, as the clocks of its zone count it, lie within the range? */
export const dayTouches = (date: string, timeZone: string, range: Interval): boolean =>
  overlaps({ start: instantOf(date, 0, timeZone), end: instantOf(date, DAY_MINUTES, timeZone) }, range);

/**
 * When this worker works within `range`: the weekly pattern, replaced on the dates of exceptions, less time off.
 * Sorted, joined where they touch, cut to the range. Hours are wall-clock hours: a shift 22:00 to 06:00 is seven hours
 * long in the night when clocks go forward.
 */
export function shiftIntervals(schedule: Schedule, range: Interval): Interval[] {
  const cut = workAround(schedule, range).flatMap((piece) => {
    const start = Math.max(piece.start, range.start);
    const end = Math.min(piece.end, range.end);
    return start < end ? [{ start, end }] : [];
  });
  return schedule.timeOff.length === 0 ? cut : subtractIntervals(cut, schedule.timeOff);
}

/** Most workers have one of a few weekly patterns and no exceptions; a round asks for all of them at once. */
const patterns = new Map<string, Interval[]>();

/** All work of the days around the range, not yet cut to it. */
function workAround(schedule: Schedule, range: Interval): Interval[] {
  const compute = () => {
    const zones = new Set([...schedule.weekly, ...schedule.exceptions].map((hours) => hours.timeZone));
    return mergeIntervals([...zones].flatMap((zone) => intervalsInZone(schedule, zone, range)));
  };
  if (schedule.exceptions.length > 0) return compute();
  let key = hoursOf(range);
  for (const { weekday, startMinute, endMinute, timeZone } of schedule.weekly)
    key += `|${weekday} ${startMinute} ${endMinute} ${timeZone}`;
  let work = patterns.get(key);
  if (!work) {
    work = compute();
    if (patterns.size >= MOST_PATTERNS) patterns.clear();
    patterns.set(key, work);
  }
  return work;
}

function intervalsInZone(schedule: Schedule, timeZone: string, range: Interval): Interval[] {
  const excepted = new Set(schedule.exceptions.map((exception) => exception.date));
  return localDates(timeZone, range).flatMap(({ date, weekday }) => {
    const hours: readonly { startMinute: number | null; endMinute: number | null }[] = excepted.has(date)
      ? schedule.exceptions.filter((e) => e.date === date && e.timeZone === timeZone)
      : schedule.weekly.filter((w) => w.weekday === weekday && w.timeZone === timeZone);
    return hours.flatMap(({ startMinute, endMinute }) =>
      startMinute === null || endMinute === null
        ? []
        : [{ start: instantOf(date, startMinute, timeZone), end: instantOf(date, endMinute, timeZone) }],
    );
  });
}

/** The range in whole hours: what is worked out for one range serves all that begin and end in the same hours. */
const hoursOf = (range: Interval): string =>
  `${Math.floor(range.start / HOUR_MS)}-${Math.ceil(range.end / HOUR_MS)}`;

const dates = new Map<string, { date: string; weekday: number }[]>();

/** The local dates whose shifts may reach into the range: the day before it too, for the night shift. */
function localDates(timeZone: string, range: Interval): { date: string; weekday: number }[] {
  const key = `${timeZone}|${hoursOf(range)}`;
  let list = dates.get(key);
  if (!list) {
    const dateOf = (ms: number) =>
      Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO(timeZone).toPlainDate();
    // Two days back: a shift may be 24 hours long and start late on its day.
    let day = dateOf(range.start).subtract({ days: 2 });
    const last = dateOf(Math.ceil(range.end / HOUR_MS) * HOUR_MS);
    list = [];
    for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
      list.push({ date: day.toString(), weekday: day.dayOfWeek });
    if (dates.size >= 1_000) dates.clear();
    dates.set(key, list);
  }
  return list;
}
