import { daysAndWeeks } from '../testing/rfc-days-and-weeks.js';
import { monthsAndYears } from '../testing/rfc-months-and-years.js';
import { nextOccurrence, occurrencesBetween, parseRecurrence, uncounted } from './recurrence.js';

const examples = [...daysAndWeeks, ...monthsAndYears];

/** `1997-09: 2-4 7` -> the four dates. */
function datesOf(months: string[]): string[] {
  return months.flatMap((line) => {
    const [month, days] = line.split(': ') as [string, string];
    return days.split(' ').flatMap((range) => {
      const [first, last = first] = range.split('-').map(Number) as [number, number?];
      return Array.from(
        { length: last - first + 1 },
        (_, i) => `${month}-${String(first + i).padStart(2, '0')}`,
      );
    });
  });
}

const newYork = new Intl.DateTimeFormat('sv', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'short',
});

describe('the examples of RFC 5545', () => {
  it.each(examples)('$rule from $start', ({ rule, start, dates, to = '2199-01-01', excludedDates }) => {
    const recurrence = parseRecurrence({
      ...{ rule, start, time: '09:00', timeZone: 'America/New_York' },
      ...(excludedDates && { excludedDates }),
    });
    const found = occurrencesBetween(recurrence, new Date(0), new Date(to));
    expect(found.map(({ date }) => date)).toEqual(datesOf(dates));
    expect(found.map(({ at }) => newYork.format(at))).toEqual(datesOf(dates).map((date) => `${date} 09:00`));
  });

  it('end where UNTIL or COUNT says', () => {
    for (const { rule, start, dates } of examples.filter(({ to }) => !to)) {
      const recurrence = parseRecurrence({ rule, start, time: '09:00', timeZone: 'America/New_York' });
      expect(nextOccurrence(recurrence, new Date(`${datesOf(dates).at(-1)}T15:00:00Z`))).toBeNull();
    }
  });

  it('with COUNT end on the same date without it', () => {
    const counted = [
      ...examples.filter(({ rule }) => rule.includes('COUNT=')),
      // It occurs less often in its century than it counts.
      { rule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;COUNT=100', start: '1997-09-02' },
    ];
    expect(counted.length).toBeGreaterThan(5);
    for (const { rule, start } of counted) {
      const recurrence = parseRecurrence({ rule, start, time: '09:00', timeZone: 'America/New_York' });
      const steps = uncounted(recurrence);
      let step = steps.next();
      while (!step.done) step = steps.next();
      expect(step.value.rule).toMatch(/;UNTIL=/);
      const all = (of: typeof recurrence) => occurrencesBetween(of, new Date(0), new Date('2199-01-01'));
      expect([rule, all(step.value)]).toEqual([rule, all(recurrence)]);
    }
  });
});
