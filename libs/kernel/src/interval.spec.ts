import fc from 'fast-check';
import { contains, mergeIntervals, overlaps, subtractIntervals } from './interval.js';

const minutes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 })), { maxLength: 8 })
  .map((list) => list.map(([start, length]) => ({ start, end: start + length })));

const covers = (list: { start: number; end: number }[], t: number) =>
  list.some((i) => i.start <= t && t < i.end);

describe('intervals', () => {
  it('are half-open', () => {
    expect(overlaps({ start: 0, end: 10 }, { start: 10, end: 20 })).toBe(false);
    expect(contains({ start: 0, end: 10 }, { start: 0, end: 10 })).toBe(true);
  });

  it('merge and subtract as sets of instants do', () => {
    fc.assert(
      fc.property(minutes, minutes, (a, b) => {
        const merged = mergeIntervals(a);
        const rest = subtractIntervals(a, b);
        for (let t = 0; t < 90; t++) {
          expect(covers(merged, t)).toBe(covers(a, t));
          expect(covers(rest, t)).toBe(covers(a, t) && !covers(b, t));
        }
      }),
    );
  });
});
