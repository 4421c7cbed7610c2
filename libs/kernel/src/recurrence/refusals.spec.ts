import { Invalid } from '../errors.js';
import { nextOccurrence, occurrencesBetween, parseRecurrence, type RecurrenceInput } from './recurrence.js';

const good: RecurrenceInput = {
  rule: 'FREQ=WEEKLY;BYDAY=MO',
  start: '2026-01-05',
  time: '09:00',
  timeZone: 'Europe/Berlin',
};

function faultsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ field, message }) => `${field}: ${message}`);
    throw error;
  }
  return [];
}

const faultsWith = (change: object) => faultsOf(() => parseRecurrence({ ...good, ...change }));

describe('refusals', () => {
  it.each([
    ['', 'FREQ=WEEKLY;BYDAY=MO,WE'],
    ['FREQ=WEEKLY;', 'FREQ=WEEKLY;BYDAY=MO,WE'],
    ['every Monday', 'FREQ=WEEKLY;BYDAY=MO,WE'],
    ['FREQ=WEEKLY\nFREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,WE'],
    ['BYDAY=MO', 'FREQ is missing'],
    ['FREQ=HOURLY', 'nothing shorter than a day'],
    ['FREQ=MINUTELY;INTERVAL=90', 'nothing shorter than a day'],
    ['FREQ=SECONDLY', 'nothing shorter than a day'],
    ['FREQ=OFTEN', 'DAILY, WEEKLY, MONTHLY or YEARLY'],
    ['FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40', 'BYHOUR cannot be used'],
    ['FREQ=DAILY;RSCALE=HEBREW', 'RSCALE is not a part'],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ is given twice'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL must be'],
    ['FREQ=DAILY;INTERVAL=1,2', 'INTERVAL must be'],
    ['FREQ=YEARLY;INTERVAL=21', 'INTERVAL must be a number from 1 to 20'],
    ['FREQ=DAILY;COUNT=10001', 'COUNT must be a number from 1 to 10000'],
    ['FREQ=DAILY;COUNT=-1', 'COUNT must be'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20270101', 'exclude each other'],
    ['FREQ=DAILY;UNTIL=20270230', 'UNTIL must be'],
    ['FREQ=DAILY;UNTIL=20270101T250000Z', 'UNTIL must be'],
    ['FREQ=DAILY;UNTIL=20270101T120000', 'UNTIL must be'],
    ['FREQ=WEEKLY;WKST=XX', 'WKST must be'],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH must be'],
    ['FREQ=YEARLY;BYMONTH=-1', 'BYMONTH must be'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY must be'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY must be'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY cannot be used with FREQ=WEEKLY'],
    ['FREQ=MONTHLY;BYYEARDAY=1', 'BYYEARDAY cannot be used with FREQ=MONTHLY'],
    ['FREQ=MONTHLY;BYWEEKNO=1', 'BYWEEKNO cannot be used with FREQ=MONTHLY'],
    ['FREQ=YEARLY;BYWEEKNO=1', 'BYWEEKNO needs BYDAY'],
    ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO', 'BYDAY with a number'],
    ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;BYSETPOS=1', 'BYWEEKNO cannot be combined with BYSETPOS'],
    ['FREQ=YEARLY;BYYEARDAY=100;BYDAY=MO', 'BYYEARDAY cannot be combined with BYDAY'],
    ['FREQ=YEARLY;BYMONTHDAY=1;BYDAY=1MO', 'BYMONTHDAY cannot be combined with BYDAY'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY with a number'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'must be 1 to 5'],
    ['FREQ=YEARLY;BYDAY=-53MO', 'must be 1 to 52'],
    ['FREQ=MONTHLY;BYDAY=1MO,TU', 'must number all of its weekdays or none'],
    ['FREQ=WEEKLY;BYDAY=MON', 'BYDAY must be'],
    ['FREQ=DAILY;BYDAY=MO;BYSETPOS=1', 'BYSETPOS cannot be used with FREQ=DAILY'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS chooses among'],
    ['FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3', 'BYSETPOS can be at most 2'],
    [`FREQ=YEARLY;BYYEARDAY=${'1,'.repeat(250)}1`, 'at most 500 characters'],
  ])('of the rule %j', (rule, message) => {
    expect(faultsWith({ rule })).toEqual([expect.stringContaining(message)]);
    expect(faultsWith({ rule })[0]).toMatch(/^rule: /);
  });

  it.each([
    ['start', '2026-02-30'],
    ['start', '5.1.2026'],
    ['start', '1969-12-31'],
    ['start', '2200-01-01'],
    ['start', undefined],
    ['time', '24:00'],
    ['time', '9:00'],
    ['time', undefined],
    ['timeZone', 'Europe/Atlantis'],
    ['timeZone', '+02:00'],
    ['timeZone', undefined],
    ['rule', undefined],
    ['extraDates', Array(1_001).fill('2026-02-02')],
    ['excludedDates', 'none'],
  ])('of the %s %j', (field, value) => {
    expect(faultsWith({ [field]: value })).toEqual([expect.stringMatching(`^${field}: `)]);
  });

  it('name every field at once, and the place in a list', () => {
    const dates = { extraDates: ['2026-02-02', '2026-01-04'], excludedDates: ['2026-13-01'] };
    expect(faultsWith({ rule: 'FREQ=HOURLY', time: 'noon', ...dates })).toEqual([
      expect.stringMatching(/^rule: /),
      expect.stringMatching(/^extraDates\[1\]: .* before the start/),
      expect.stringMatching(/^excludedDates\[0\]: /),
      expect.stringMatching(/^time: /),
    ]);
  });

  it('of questions that have no answer', () => {
    const recurrence = parseRecurrence(good);
    const [now, never] = [new Date('2026-01-01'), new Date(Number.NaN)];
    expect(faultsOf(() => occurrencesBetween(recurrence, never, now))[0]).toMatch(/^from: /);
    expect(faultsOf(() => occurrencesBetween(recurrence, now, never))[0]).toMatch(/^to: /);
    expect(faultsOf(() => nextOccurrence(recurrence, never))[0]).toMatch(/^after: /);
    for (const limit of [0, 1.5, 10_001])
      expect(faultsOf(() => occurrencesBetween(recurrence, now, now, limit))[0]).toMatch(/^limit: /);
    const unchecked = { ...recurrence, rule: 'FREQ=SECONDLY' };
    expect(faultsOf(() => nextOccurrence(unchecked, now))[0]).toMatch(/^rule: /);
  });
});
