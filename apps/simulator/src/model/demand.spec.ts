import { seededRandom } from '#kernel';
import { atDaytime, demandAt, localDate, localHour, requestsFor, requestsIn } from './demand.js';
import { stormFactor, stormOn } from './storm.js';

const DAY = 86_400_000;
const hourOf = (at: number) => (at % DAY) / 3_600_000;

function requestsOfADay(perHour: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: 24 }, () => requestsIn({ hours: 1, perHour, most: 10_000, random }));
}

describe('demand', () => {
  it('has a peak in the morning and one in the evening, and averages to what was asked', () => {
    const hours = Array.from({ length: 240 }, (_, i) => i / 10);
    const mean = hours.reduce((sum, hour) => sum + demandAt(hour), 0) / hours.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(demandAt(9)).toBeGreaterThan(1.5 * demandAt(13.2));
    expect(demandAt(17.5)).toBeGreaterThan(1.5 * demandAt(13.2));
    expect(demandAt(3)).toBeLessThan(0.4);
  });

  it('brings about as many requests as asked, the same ones for the same seed', () => {
    const day = requestsOfADay(100, 7);
    const total = day.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(total - 2_400)).toBeLessThan(4 * Math.sqrt(2_400));
    expect(requestsOfADay(100, 7)).toEqual(day);
    expect(requestsOfADay(100, 8)).not.toEqual(day);
  });

  it('brings none when nothing is asked or no time has passed, and never more than the most', () => {
    const random = seededRandom(1);
    expect(requestsIn({ hours: 5, perHour: 0, most: 20, random })).toBe(0);
    expect(requestsIn({ hours: 0, perHour: 50, most: 20, random })).toBe(0);
    expect(requestsIn({ hours: 500, perHour: 50, most: 20, random })).toBe(20);
  });

  it('fits the people on duty: they are busy, and not all of the time', () => {
    const workSeconds = 1_700;
    const busyHours = (requestsFor(26, workSeconds) * (workSeconds + 420)) / 3_600;
    expect(busyHours / 26).toBeGreaterThan(0.4);
    expect(busyHours / 26).toBeLessThan(0.7);
    expect(requestsFor(0, workSeconds)).toBe(0);
  });

  it('storms on some days, once, for an hour at most', () => {
    const days = Array.from({ length: 365 }, (_, day) => new Date(day * DAY).toISOString().slice(0, 10));
    const storms = days.map((day) => stormOn(1, day)).filter((storm) => storm !== null);
    expect(storms.length).toBeGreaterThan(100);
    expect(storms.length).toBeLessThan(200);
    for (const { fromHour, toHour } of storms) expect(toHour - fromHour).toBeLessThanOrEqual(1);
    const stormy = days.find((day) => stormOn(1, day))!;
    const calm = days.find((day) => !stormOn(1, day))!;
    const middle = stormOn(1, stormy)!.fromHour + 0.1;
    expect(stormFactor(1, stormy, middle)).toBe(2);
    expect(stormFactor(1, stormy, middle + 1.5)).toBe(1);
    expect(stormFactor(1, calm, middle)).toBe(1);
  });

  it('promises nobody a visit by night', () => {
    for (let hour = 0; hour < 48; hour += 0.25) {
      const at = atDaytime(hour * 3_600_000, hourOf);
      expect(hourOf(at)).toBeGreaterThanOrEqual(7.5);
      expect(hourOf(at)).toBeLessThan(21);
      expect(at - hour * 3_600_000).toBeLessThan(DAY / 2);
    }
    expect(atDaytime(9 * 3_600_000, hourOf)).toBe(9 * 3_600_000);
  });

  it('reads the hour on the local clock', () => {
    expect(localHour('America/New_York')(Date.parse('2026-01-10T17:30:00Z'))).toBe(12.5);
    expect(localDate('Asia/Shanghai')(Date.parse('2026-01-10T17:30:00Z'))).toBe('2026-01-11');
  });
});
