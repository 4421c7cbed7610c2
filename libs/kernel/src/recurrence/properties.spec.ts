import fc from 'fast-check';
import { nextOccurrence, occurrencesBetween, parseRecurrence } from './recurrence.js';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

interface Parts {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  weekStart: number;
  months: number[];
  monthDays: number[];
  /** nth = 0: every such weekday of the period. */
  weekdays: { nth: number; day: number }[];
  positions: number[];
  count: number | undefined;
}

const textOf = ({ freq, interval, weekStart, months, monthDays, weekdays, positions, count }: Parts) =>
  [
    `FREQ=${freq};INTERVAL=${interval};WKST=${WEEKDAYS[weekStart]}`,
    months.length > 0 && `BYMONTH=${months}`,
    monthDays.length > 0 && `BYMONTHDAY=${monthDays}`,
    weekdays.length > 0 && `BYDAY=${weekdays.map(({ nth, day }) => `${nth || ''}${WEEKDAYS[day]}`)}`,
    positions.length > 0 && `BYSETPOS=${positions}`,
    count !== undefined && `COUNT=${count}`,
  ]
    .filter(Boolean)
    .join(';');

/** Only rules that RFC 5545 defines: what does not go with the frequency is left out. */
const partsArbitrary: fc.Arbitrary<Parts> = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.integer({ min: 1, max: 5 }),
    weekStart: fc.integer({ min: 0, max: 6 }),
    months: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    monthDays: fc.uniqueArray(fc.constantFrom(1, 2, 13, 28, 29, 30, 31, -1, -3, -31), { maxLength: 3 }),
    weekdays: fc.uniqueArray(
      fc.record({ nth: fc.constantFrom(0, 0, 1, 2, 5, -1, -2), day: fc.integer({ min: 0, max: 6 }) }),
      { maxLength: 3, selector: ({ nth, day }) => `${nth} ${day}` },
    ),
    positions: fc.uniqueArray(fc.constantFrom(1, 2, -1, -2), { maxLength: 2 }),
    count: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  })
  .map((parts): Parts => {
    const { freq } = parts;
    const monthDays = freq === 'WEEKLY' ? [] : parts.monthDays;
    const numbered = freq === 'MONTHLY' || (freq === 'YEARLY' && monthDays.length === 0);
    const nthWanted = numbered && parts.weekdays[0]?.nth !== 0;
    const weekdays = parts.weekdays.filter(({ nth }) => (nth !== 0) === nthWanted);
    const hasSet = parts.months.length + monthDays.length + weekdays.length > 0;
    const most = { DAILY: 0, WEEKLY: Math.max(1, weekdays.length), MONTHLY: 9, YEARLY: 9 }[freq];
    const positions = hasSet ? parts.positions.filter((position) => Math.abs(position) <= most) : [];
    return { ...parts, monthDays, weekdays, positions };
  });

const startArbitrary = fc
  .integer({ min: 0, max: 3_000 })
  .map((days) => dateOf(Date.UTC(2020, 0, 1) + days * DAY_MS));

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

const weekdayOf = (at: number) => (new Date(at).getUTCDay() + 6) % 7;

/** First day of the period of `at`, and how many periods it is after year 0 or so. */
function periodOf({ freq, weekStart }: Parts, at: number): { key: number; first: number; end: number } {
  const day = new Date(at);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  if (freq === 'YEARLY') return { key: year, first: Date.UTC(year, 0, 1), end: Date.UTC(year + 1, 0, 1) };
  if (freq === 'MONTHLY')
    return { key: year * 12 + month, first: Date.UTC(year, month, 1), end: Date.UTC(year, month + 1, 1) };
  if (freq === 'DAILY') return { key: at / DAY_MS, first: at, end: at + DAY_MS };
  const first = at - ((weekdayOf(at) - weekStart + 7) % 7) * DAY_MS;
  return { key: Math.floor(first / DAY_MS / 7), first, end: first + 7 * DAY_MS };
}

/** Is the day in the set of its period, by the table of RFC 5545, section 3.3.10? */
function inSet(parts: Parts, at: number, start: number): boolean {
  const { freq, months, monthDays, weekdays } = parts;
  const [day, from] = [new Date(at), new Date(start)];
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  const monthLength = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  if (months.length > 0 && !months.includes(month + 1)) return false;
  if (monthDays.length > 0 && !monthDays.includes(date) && !monthDays.includes(date - monthLength - 1))
    return false;
  if (weekdays.length > 0) {
    const ofMonth = freq === 'MONTHLY' || months.length > 0;
    const [first, end] = ofMonth
      ? [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)]
      : [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
    const nth = Math.floor((at - first) / DAY_MS / 7) + 1;
    const nthLast = -(Math.floor((end - DAY_MS - at) / DAY_MS / 7) + 1);
    return weekdays.some((w) => w.day === weekdayOf(at) && [0, nth, nthLast].includes(w.nth));
  }
  if (monthDays.length > 0 || freq === 'DAILY') return true;
  if (freq === 'WEEKLY') return weekdayOf(at) === weekdayOf(start);
  if (date !== from.getUTCDate()) return false;
  return freq === 'MONTHLY' || months.length > 0 || month === from.getUTCMonth();
}

/** The dates of a rule before `end`, found by looking at each day: slow, and plain enough to be believed. */
function dayByDay(parts: Parts, startDate: string, end: number): string[] {
  const start = Date.parse(startDate);
  const origin = periodOf(parts, start);
  const found: string[] = [];
  for (let period = origin; period.first < end; period = periodOf(parts, period.end)) {
    if ((period.key - origin.key) % parts.interval !== 0) continue;
    const set: number[] = [];
    for (let at = period.first; at < period.end; at += DAY_MS) if (inSet(parts, at, start)) set.push(at);
    const { positions } = parts;
    const chosen = set.filter(
      (_, i) => positions.length === 0 || positions.includes(i + 1) || positions.includes(i - set.length),
    );
    found.push(...chosen.filter((at) => at >= start && at < end).map(dateOf));
  }
  return found.slice(0, parts.count);
}

describe('whatever the rule', () => {
  it('its dates are those found day by day', () => {
    fc.assert(
      fc.property(partsArbitrary, startArbitrary, (parts, start) => {
        const recurrence = parseRecurrence({ rule: textOf(parts), start, time: '12:00', timeZone: 'UTC' });
        const end = Date.parse(start) + 6 * 366 * DAY_MS;
        const found = occurrencesBetween(recurrence, new Date(0), new Date(end), 10_000);
        expect(found.map(({ date }) => date)).toEqual(dayByDay(parts, start, end));
      }),
      { numRuns: 200 },
    );
  });

  it('occurrences are sorted, once a date, within the range, and the same from every point of view', () => {
    const dates = fc.uniqueArray(fc.integer({ min: 0, max: 800 }), { maxLength: 6 });
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/Santiago',
      'Pacific/Kiritimati',
      'Africa/Casablanca',
    );
    const time = fc.constantFrom('00:00', '00:30', '02:30', '12:00', '23:59');
    const span = fc.tuple(fc.integer({ min: -400, max: 1_500 }), fc.integer({ min: 1, max: 900 }));
    fc.assert(
      fc.property(
        fc.record({
          parts: partsArbitrary,
          start: startArbitrary,
          timeZone: zone,
          time,
          extra: dates,
          out: dates,
          span,
        }),
        ({ parts, start, timeZone, time, extra, out, span: [skip, length] }) => {
          const day = (days: number) => dateOf(Date.parse(start) + days * DAY_MS);
          const lists = { extraDates: extra.map(day), excludedDates: out.map(day) };
          const recurrence = parseRecurrence({ rule: textOf(parts), start, time, timeZone, ...lists });
          const [from, to] = [new Date(day(skip)), new Date(day(skip + length))];
          const found = occurrencesBetween(recurrence, from, to);

          const instants = found.map(({ at }) => at.getTime());
          expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
          expect(new Set(found.map(({ date }) => date)).size).toBe(found.length);
          expect(instants.every((at) => from.getTime() <= at && at < to.getTime())).toBe(true);
          expect(found.filter(({ date }) => recurrence.excludedDates.includes(date))).toEqual([]);

          const middle = new Date((from.getTime() + to.getTime()) / 2);
          expect([
            ...occurrencesBetween(recurrence, from, middle),
            ...occurrencesBetween(recurrence, middle, to),
          ]).toEqual(found);
          expect(occurrencesBetween(recurrence, from, to, 3)).toEqual(found.slice(0, 3));

          let after = new Date(from.getTime() - 1);
          for (const expected of found.slice(0, 4)) {
            expect(nextOccurrence(recurrence, after)).toEqual(expected);
            after = expected.at;
          }
          const beyond = nextOccurrence(recurrence, found.at(-1)?.at ?? after);
          expect(beyond === null || beyond.at >= to).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
