import { clock, toHours, toWeek } from './week-hours';

describe('the week as painted', () => {
  it('comes back as it went in', () => {
    const hours = [
      { weekday: 1, startMinute: 480, endMinute: 720 },
      { weekday: 1, startMinute: 780, endMinute: 1_020 },
      { weekday: 7, startMinute: 600, endMinute: 900 },
    ];
    expect(toHours(toWeek(hours))).toEqual(hours);
  });

  it('keeps a night shift in one piece, also from Sunday to Monday', () => {
    const nights = [
      { weekday: 5, startMinute: 1_320, endMinute: 1_800 },
      { weekday: 7, startMinute: 1_380, endMinute: 1_500 },
    ];
    expect(toHours(toWeek(nights)).sort((a, b) => a.weekday - b.weekday)).toEqual(nights);
    expect(toWeek(nights)[0]!.slice(0, 3)).toEqual([true, true, false]);
  });

  it('says the time', () => {
    expect(clock(485)).toBe('08:05');
    expect(clock(1_800)).toBe('06:00');
  });
});
