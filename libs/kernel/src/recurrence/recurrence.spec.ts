import { nextOccurrence, occurrencesBetween, parseRecurrence, type RecurrenceInput } from './recurrence.js';

const berlin = { start: '2026-01-05', time: '09:00', timeZone: 'Europe/Berlin' };
const recurrenceOf = (rule: string, more: Partial<RecurrenceInput> = {}) =>
  parseRecurrence({ ...berlin, rule, ...more });
const datesIn = (rule: string, more?: Partial<RecurrenceInput>, from = '2026-01-01', to = '2027-01-01') =>
  occurrencesBetween(recurrenceOf(rule, more), new Date(from), new Date(to)).map(({ date }) => date);

describe('a recurrence', () => {
  it('is plain data that can be stored and read again', () => {
    const input = { ...berlin, extraDates: ['2026-03-02', '2026-02-01', '2026-03-02'] };
    const recurrence = parseRecurrence({ ...input, rule: ' rrule:freq=weekly;byday=mo ' });
    expect(recurrence).toEqual({
      ...berlin,
      rule: 'FREQ=WEEKLY;BYDAY=MO',
      extraDates: ['2026-02-01', '2026-03-02'],
      excludedDates: [],
    });
    expect(parseRecurrence(JSON.parse(JSON.stringify(recurrence)))).toEqual(recurrence);
  });

  it('keeps its wall time over the year', () => {
    const found = occurrencesBetween(
      recurrenceOf('FREQ=MONTHLY;BYMONTHDAY=1'),
      new Date('2026-03-01'),
      new Date('2026-05-01'),
    );
    expect(found.map(({ at }) => at.toISOString())).toEqual([
      '2026-03-01T08:00:00.000Z',
      '2026-04-01T07:00:00.000Z',
    ]);
  });

  it('is asked for a half-open range', () => {
    const daily = recurrenceOf('FREQ=DAILY');
    const [first, second] = [new Date('2026-01-06T08:00:00Z'), new Date('2026-01-07T08:00:00Z')];
    expect(occurrencesBetween(daily, first, second)).toEqual([{ at: first, date: '2026-01-06' }]);
    expect(occurrencesBetween(daily, first, first)).toEqual([]);
    expect(occurrencesBetween(daily, second, first)).toEqual([]);
    expect(nextOccurrence(daily, first)).toEqual({ at: second, date: '2026-01-07' });
  });

  it('occurs on its start only if the rule falls on it', () => {
    expect(datesIn('FREQ=WEEKLY;BYDAY=TU;COUNT=2')).toEqual(['2026-01-06', '2026-01-13']);
  });

  it('ends with UNTIL, a whole date or an instant', () => {
    const until = (value: string) => datesIn(`FREQ=DAILY;UNTIL=${value}`);
    expect(until('20260107')).toEqual(['2026-01-05', '2026-01-06', '2026-01-07']);
    expect(until('20260107T080000Z')).toEqual(['2026-01-05', '2026-01-06', '2026-01-07']);
    expect(until('20260107T075959Z')).toEqual(['2026-01-05', '2026-01-06']);
    expect(until('20250101')).toEqual([]);
    expect(until('00010101')).toEqual([]);
    expect(until('99991231T235959Z')).toHaveLength(361);
  });

  it('takes UNTIL as an instant where the date in UTC is another', () => {
    const far = (value: string, timeZone: string, time: string) =>
      datesIn(`FREQ=DAILY;UNTIL=${value}`, { timeZone, time });
    expect(far('20260106T100000Z', 'Pacific/Kiritimati', '00:00').at(-1)).toBe('2026-01-07');
    expect(far('20260107T105959Z', 'Pacific/Pago_Pago', '23:59').at(-1)).toBe('2026-01-06');
  });

  it('has extra dates beyond the rule, and none of the excluded ones', () => {
    const more = {
      extraDates: ['2026-01-05', '2026-01-15', '2026-06-01', '2026-06-02'],
      excludedDates: ['2026-01-19', '2026-06-02', '2030-01-01'],
    };
    const extra = ['2026-01-15', '2026-06-01'];
    const expected = ['2026-01-05', '2026-01-12', ...extra];
    expect(datesIn('FREQ=WEEKLY;COUNT=3', more)).toEqual(expected);
    expect(datesIn('FREQ=WEEKLY;UNTIL=20260119', more)).toEqual(expected);
    expect(datesIn('FREQ=WEEKLY;UNTIL=20260119T120000Z', more)).toEqual(expected);
    expect(nextOccurrence(recurrenceOf('FREQ=WEEKLY;COUNT=3', more), new Date('2026-02-01'))?.date).toBe(
      extra[1],
    );
  });

  it('that began twenty years ago is expanded today', () => {
    const old = { start: '2006-01-01' };
    expect(datesIn('FREQ=DAILY', old)).toHaveLength(365);
    expect(datesIn('FREQ=DAILY;INTERVAL=7', old)[0]).toBe('2026-01-04');
    expect(datesIn('FREQ=DAILY;COUNT=7306', old)).toEqual(['2026-01-01']);
    const next = nextOccurrence(recurrenceOf('FREQ=DAILY', old), new Date('2026-07-01T12:00:00Z'));
    expect(next).toEqual({ at: new Date('2026-07-02T07:00:00Z'), date: '2026-07-02' });
  });

  it('gives the first of many, and looks far ahead for a rare one', () => {
    const daily = recurrenceOf('FREQ=DAILY');
    const [start, end] = [new Date(-8.64e15), new Date(8.64e15)];
    expect(occurrencesBetween(daily, start, end)).toHaveLength(1_000);
    expect(occurrencesBetween(daily, start, end, 10_000)).toHaveLength(10_000);
    expect(occurrencesBetween(daily, start, end, 2).map(({ date }) => date)).toEqual([
      '2026-01-05',
      '2026-01-06',
    ]);
    const rare = recurrenceOf('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA');
    // 2100 has no 29 February.
    expect(nextOccurrence(rare, new Date('2073-01-01'))?.date).toBe('2076-02-29');
    expect(nextOccurrence(rare, new Date('2077-01-01'))?.date).toBe('2116-02-29');
    expect(occurrencesBetween(recurrenceOf('FREQ=YEARLY'), start, end)).toHaveLength(174);
    expect(nextOccurrence(daily, new Date('2199-12-31T12:00:00Z'))).toBeNull();
    expect(nextOccurrence(daily, end)).toBeNull();
  });

  it.each([
    'FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2',
    'FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2',
    'FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2;COUNT=10000',
    'FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1',
    'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6',
    'FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1',
    'FREQ=MONTHLY;BYMONTH=2;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=31;COUNT=10000',
  ])('may never occur: %s', (rule) => {
    expect(nextOccurrence(recurrenceOf(rule), new Date('2026-01-01'))).toBeNull();
    expect(datesIn(rule, { start: '1970-01-01' }, '1970-01-01', '2199-12-31')).toEqual([]);
  });
});
