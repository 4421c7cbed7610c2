import {
  dayOf,
  daysAfter,
  deskZone,
  endOfDay,
  fromLocalInput,
  setDeskZone,
  startOfDay,
  toLocalInput,
} from './zone';

describe('the clock of the city', () => {
  it('is the one that most areas have', () => {
    setDeskZone(['Asia/Shanghai', 'Asia/Tokyo', 'Asia/Shanghai']);
    expect(deskZone()).toBe('Asia/Shanghai');
  });

  it('goes into inputs and comes back', () => {
    const at = Date.parse('2026-03-02T18:30:00Z');
    expect(toLocalInput(at)).toBe('2026-03-03T02:30');
    expect(fromLocalInput('2026-03-03T02:30')).toBe(at);
    expect(dayOf(at)).toBe('2026-03-03');
    expect(fromLocalInput('')).toBeNaN();
  });

  it('says when a day begins and ends, and which one is so many days later', () => {
    expect(startOfDay('2026-03-03')).toBe(Date.parse('2026-03-02T16:00:00Z'));
    expect(startOfDay('2026-03-03', 'Europe/Berlin')).toBe(Date.parse('2026-03-02T23:00:00Z'));
    expect(startOfDay('')).toBeNaN();
    expect(endOfDay('2026-03-03')).toBe('2026-03-03T15:59:59.000Z');
    expect(dayOf(Date.parse('2026-03-02T18:30:00Z'), 'Europe/Berlin')).toBe('2026-03-02');
    expect(daysAfter('2026-03-01', -1)).toBe('2026-02-28');
    // Also over the day with 23 hours.
    setDeskZone(['America/New_York']);
    expect(daysAfter('2026-03-07', 2)).toBe('2026-03-09');
    setDeskZone(['Asia/Shanghai']);
  });
});
