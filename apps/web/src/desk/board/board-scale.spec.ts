import {
  keptScroll,
  left,
  overlaps,
  scaleFor,
  snap,
  ticks,
  timeAt,
  width,
  ZOOMS,
  zoomed,
} from './board-scale';

const HOUR_MS = 3_600_000;
const start = Date.parse('2026-03-02T00:00:00Z');
const span = { start, end: start + 24 * HOUR_MS };
const scale = { ...span, pixelsPerHour: 100 };
const at = (hour: number) => start + hour * HOUR_MS;

describe('time across the board', () => {
  it('goes from times to pixels and back, by five minutes', () => {
    expect(left(scale, at(9))).toBe(900);
    expect(width(scale, at(9), at(9.5))).toBe(50);
    expect(snap(timeAt(scale, 903))).toBe(at(9));
    expect(snap(timeAt(scale, 906))).toBe(at(9) + 5 * 60_000);
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

describe('the steps of the board', () => {
  it.each([214, 848, 1264, 2400])(
    'show all of the day first, and more of the hour with each, in %i pixels',
    (room) => {
      const widths = ZOOMS.map((zoom) => scaleFor(zoom, span, room).pixelsPerHour);
      expect(left(scaleFor('day', span, room), span.end)).toBeCloseTo(room);
      expect([...widths].sort((a, b) => a - b)).toEqual(widths);
      expect(new Set(widths).size).toBe(ZOOMS.length);
    },
  );

  it('show all of a day that a clock change made longer', () => {
    const longer = { start, end: start + 25 * HOUR_MS };
    expect(left(scaleFor('day', longer, 1_000), longer.end)).toBeCloseTo(1_000);
  });

  it('end at both ends', () => {
    expect([zoomed('day', -1), zoomed('day', 1), zoomed('detail', 1)]).toEqual([null, 'half', null]);
  });

  it('write times no closer than they can be read', () => {
    const step = (pixelsPerHour: number) => {
      const [first, second] = ticks({ ...span, pixelsPerHour });
      return (second! - first!) / 60_000;
    };
    expect([9, 35, 52, 105, 210, 420].map(step)).toEqual([360, 120, 60, 60, 30, 15]);
  });

  it('leave the line of the present where it is, else the time in the middle', () => {
    const closer = { ...span, pixelsPerHour: 200 };
    const [room, scroll] = [800, 600];
    const place = (time: number, by: typeof scale, scrolled: number) => left(by, time) - scrolled;
    const to = (now: number, after = { scale: closer, room }) =>
      keptScroll({ scale, room, scroll }, after, now);
    expect(place(at(8), closer, to(at(8)))).toBe(place(at(8), scale, scroll));
    expect(place(at(10), closer, to(at(20)))).toBe(400);
    // In half the room, at half of it.
    expect(place(at(10), scale, to(at(20), { scale, room: 400 }))).toBe(200);
    expect(keptScroll({ scale: closer, room, scroll: 0 }, { scale, room }, at(20))).toBe(0);
  });
});
