import { occurrencesBetween, parseRecurrence } from './recurrence.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2028, 0, 1);
const dates = Array.from({ length: (to - from) / DAY_MS }, (_, i) => dateOf(from + i * DAY_MS));
const times = Array.from(
  { length: 48 },
  (_, i) => `${String(i >> 1).padStart(2, '0')}:${i % 2 ? '30' : '00'}`,
);

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** What the clocks of a zone show, by the runtime's own table: `2026-03-29 03:30`. */
function clockOf(timeZone: string) {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const shown = (at: number) => format.format(at);
  const offset = (at: number) => Date.parse(`${shown(at).replace(' ', 'T')}:00Z`) - at;
  return { shown, offset };
}

/** Every whole half hour of the two years after which the offset is another. */
function changesOf(timeZone: string): { at: number; byMs: number }[] {
  const { offset } = clockOf(timeZone);
  return dates.flatMap((date) => {
    const day = Date.parse(date);
    if (offset(day) === offset(day + DAY_MS)) return [];
    const halfHours = Array.from({ length: 48 }, (_, i) => day + (i * HOUR_MS) / 2);
    return halfHours.flatMap((at) => {
      const byMs = offset(at + HOUR_MS / 2) - offset(at);
      return byMs === 0 ? [] : [{ at: at + HOUR_MS / 2, byMs }];
    });
  });
}

const daily = (timeZone: string, time: string, start = '2025-12-30') =>
  parseRecurrence({ rule: 'FREQ=DAILY', start, time, timeZone });

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Casablanca',
  'Asia/Beirut',
];

describe.each(zones)('two years of clock changes in %s', (timeZone) => {
  const { shown, offset } = clockOf(timeZone);
  const changes = changesOf(timeZone);

  it('are known to the runtime', () => {
    expect(changes.filter(({ byMs }) => byMs > 0)).toHaveLength(2);
    expect(changes.filter(({ byMs }) => byMs < 0)).toHaveLength(2);
  });

  it('leave one occurrence for each date, at the wanted time unless clocks skip it', () => {
    let skipped = 0;
    for (const time of times) {
      const found = occurrencesBetween(daily(timeZone, time), new Date(from - DAY_MS), new Date(to + DAY_MS));
      const byDate = new Map(found.map((occurrence) => [occurrence.date, occurrence.at.getTime()]));
      expect(byDate.size).toBe(found.length);
      expect(dates.filter((date) => !byDate.has(date))).toEqual([]);
      for (const [date, at] of byDate) {
        if (!changes.some((change) => Math.abs(at - change.at) < 2 * DAY_MS)) continue;
        const wanted = `${date} ${time}`;
        const asUtc = Date.parse(`${date}T${time}:00Z`);
        if (shown(at) === wanted) {
          // Of two instants that look the same it is the first.
          expect([shown(at - HOUR_MS / 2), shown(at - HOUR_MS)]).not.toContain(wanted);
        } else {
          skipped++;
          const around = Array.from({ length: 96 }, (_, i) => asUtc + (i - 48) * (HOUR_MS / 2));
          expect(around.map(shown)).not.toContain(wanted);
          const gap = changes.find((change) => change.at <= at && at < change.at + change.byMs)!;
          expect(at).toBe(asUtc - offset(gap.at - HOUR_MS));
        }
      }
    }
    const gapMs = changes.reduce((sum, { byMs }) => sum + Math.max(0, byMs), 0);
    expect(skipped).toBe(gapMs / (HOUR_MS / 2));
  });
});

describe('known clock changes', () => {
  const onDate = (timeZone: string, time: string, date: string) =>
    occurrencesBetween(
      daily(timeZone, time),
      new Date(Date.parse(date) - DAY_MS),
      new Date(Date.parse(date) + 2 * DAY_MS),
    )
      .filter((occurrence) => occurrence.date === date)
      .map(({ at }) => at.toISOString());

  it.each([
    ['Europe/Berlin', '02:30', '2026-03-29', '2026-03-29T01:30:00.000Z'],
    ['Europe/Berlin', '02:30', '2026-10-25', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '02:30', '2027-03-14', '2027-03-14T07:30:00.000Z'],
    ['America/New_York', '01:30', '2027-11-07', '2027-11-07T05:30:00.000Z'],
    ['Australia/Lord_Howe', '02:15', '2026-10-04', '2026-10-03T15:45:00.000Z'],
    ['Australia/Lord_Howe', '01:45', '2026-04-05', '2026-04-04T14:45:00.000Z'],
    ['Asia/Beirut', '00:30', '2026-03-29', '2026-03-28T22:30:00.000Z'],
  ])('%s %s on %s', (timeZone, time, date, expected) => {
    expect(onDate(timeZone, time, date)).toEqual([expected]);
  });

  it('make one occurrence of two dates where a zone skips a whole date', () => {
    const apia = daily('Pacific/Apia', '12:00', '2011-12-28');
    const found = occurrencesBetween(apia, new Date('2011-12-28'), new Date('2012-01-02'));
    expect(found.map(({ at }) => at.toISOString().slice(0, 13))).toEqual([
      '2011-12-28T22',
      '2011-12-29T22',
      '2011-12-30T22',
      '2011-12-31T22',
      '2012-01-01T22',
    ]);
  });
});
