import { seededRandom } from '#kernel';
import { atDaytime, demandAt, localHour, nextRequestAt } from './demand.js';

const DAY = 86_400_000;
const hourOf = (at: number) => (at % DAY) / 3_600_000;

function aDayOf(jobsPerHour: number, seed: number): number[] {
  const random = seededRandom(seed);
  const times: number[] = [];
  let at = nextRequestAt({ now: 0, jobsPerHour, hourOf, random });
  while (at < DAY) {
    times.push(at);
    at = nextRequestAt({ now: at, jobsPerHour, hourOf, random });
  }
  return times;
}

describe('demand', () => {
  it('has a peak in the morning and one in the evening, and averages to what was asked', () => {
    const hours = Array.from({ length: 240 }, (_, i) => i / 10);
    const mean = hours.reduce((sum, hour) => sum + demandAt(hour), 0) / hours.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(demandAt(8.5)).toBeGreaterThan(2 * demandAt(13));
    expect(demandAt(18)).toBeGreaterThan(2 * demandAt(13));
    expect(demandAt(3)).toBeLessThan(0.4);
  });

  it('brings about as many requests as asked, the same ones for the same seed', () => {
    const times = aDayOf(100, 7);
    expect(Math.abs(times.length - 2_400)).toBeLessThan(4 * Math.sqrt(2_400));
    expect(aDayOf(100, 7)).toEqual(times);
    expect(aDayOf(100, 8)).not.toEqual(times);
    const between = (from: number, to: number) =>
      times.filter((t) => hourOf(t) >= from && hourOf(t) < to).length;
    expect(between(7, 10)).toBeGreaterThan(2 * between(11, 14));
  });

  it('never comes when nothing is asked', () => {
    expect(nextRequestAt({ now: 0, jobsPerHour: 0, hourOf, random: seededRandom(1) })).toBe(
      Number.POSITIVE_INFINITY,
    );
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
  });
});
