import { shiftIntervals } from './shift-intervals.js';

const NEW_YORK = 'America/New_York';
const at = (iso: string) => Date.parse(iso);
const span = (from: string, to: string) => ({ start: at(from), end: at(to) });
const iso = (intervals: { start: number; end: number }[]) =>
  intervals.map(({ start, end }) => [new Date(start).toISOString(), new Date(end).toISOString()]);

const weekly = (startMinute: number, endMinute: number, weekdays = [1, 2, 3, 4, 5, 6, 7]) =>
  weekdays.map((weekday) => ({ weekday, startMinute, endMinute, timeZone: NEW_YORK }));
const none = { exceptions: [], timeOff: [] };

describe('working hours', () => {
  it('follow the local clock over the spring change', () => {
    const week = shiftIntervals(
      { weekly: weekly(8 * 60, 16 * 60), ...none },
      span('2026-03-07T00:00:00Z', '2026-03-10T00:00:00Z'),
    );
    expect(iso(week)).toEqual([
      ['2026-03-07T13:00:00.000Z', '2026-03-07T21:00:00.000Z'],
      ['2026-03-08T12:00:00.000Z', '2026-03-08T20:00:00.000Z'],
      ['2026-03-09T12:00:00.000Z', '2026-03-09T20:00:00.000Z'],
    ]);
  });

  it('make the night shift an hour shorter in spring and longer in autumn', () => {
    const night = { weekly: weekly(22 * 60, 30 * 60, [6]), ...none };
    const hours = (range: { start: number; end: number }) =>
      shiftIntervals(night, range).map(({ start, end }) => (end - start) / 3_600_000);
    expect(hours(span('2026-03-07T12:00:00Z', '2026-03-09T00:00:00Z'))).toEqual([7]);
    expect(hours(span('2026-10-31T12:00:00Z', '2026-11-02T00:00:00Z'))).toEqual([9]);
    expect(hours(span('2026-06-06T12:00:00Z', '2026-06-08T00:00:00Z'))).toEqual([8]);
  });

  it('start after the gap when the clock skips their beginning', () => {
    const early = { weekly: weekly(150, 300, [7]), ...none }; // 02:30 does not exist on 8 March
    expect(iso(shiftIntervals(early, span('2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z')))).toEqual([
      ['2026-03-08T07:30:00.000Z', '2026-03-08T09:00:00.000Z'],
    ]);
  });

  it('see the night shift that began the day before, cut to the range', () => {
    const night = { weekly: weekly(22 * 60, 30 * 60, [1]), ...none };
    expect(iso(shiftIntervals(night, span('2026-06-02T08:00:00Z', '2026-06-02T23:00:00Z')))).toEqual([
      ['2026-06-02T08:00:00.000Z', '2026-06-02T10:00:00.000Z'],
    ]);
  });

  it('give way to exceptions on their date, and to time off', () => {
    const exception = (date: string, startMinute: number | null, endMinute: number | null) => ({
      date,
      startMinute,
      endMinute,
      timeZone: NEW_YORK,
    });
    const schedule = {
      weekly: weekly(8 * 60, 16 * 60),
      exceptions: [
        exception('2026-06-02', null, null),
        exception('2026-06-03', 600, 660),
        exception('2026-06-03', 720, 780),
      ],
      timeOff: [span('2026-06-04T14:00:00Z', '2026-06-04T15:00:00Z')],
    };
    expect(iso(shiftIntervals(schedule, span('2026-06-02T04:00:00Z', '2026-06-05T04:00:00Z')))).toEqual([
      ['2026-06-03T14:00:00.000Z', '2026-06-03T15:00:00.000Z'],
      ['2026-06-03T16:00:00.000Z', '2026-06-03T17:00:00.000Z'],
      ['2026-06-04T12:00:00.000Z', '2026-06-04T14:00:00.000Z'],
      ['2026-06-04T15:00:00.000Z', '2026-06-04T20:00:00.000Z'],
    ]);
  });

  it('join round the clock', () => {
    const always = { weekly: weekly(0, 1_440), ...none };
    const range = span('2026-03-06T00:00:00Z', '2026-03-12T00:00:00Z');
    expect(shiftIntervals(always, range)).toEqual([range]);
  });
});
