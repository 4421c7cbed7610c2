import { hours, left, overlaps, snap, timeAt, width } from './board-scale';

const start = Date.parse('2026-03-02T00:00:00Z');
const scale = { start, end: start + 24 * 3_600_000, pixelsPerHour: 100 };

describe('time across the board', () => {
  it('goes from times to pixels and back, by five minutes', () => {
    const nine = start + 9 * 3_600_000;
    expect(left(scale, nine)).toBe(900);
    expect(width(scale, nine, nine + 1_800_000)).toBe(50);
    expect(snap(timeAt(scale, 903))).toBe(nine);
    expect(snap(timeAt(scale, 906))).toBe(nine + 5 * 60_000);
    expect(hours(scale)).toHaveLength(24);
  });

  it('sees who is in two places, also across a short visit within a long one', () => {
    const spans = [
      { id: 'long', from: 0, to: 100 },
      { id: 'short', from: 10, to: 20 },
      { id: 'late', from: 50, to: 120 },
      { id: 'after', from: 120, to: 130 },
    ];
    expect(overlaps(spans)).toEqual(new Set(['long', 'short', 'late']));
  });
});
