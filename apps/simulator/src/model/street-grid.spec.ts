import fc from 'fast-check';
import { destination, haversineMetres } from '#kernel';
import { along, StreetGrid } from './street-grid.js';

const origin = { lat: 42.32, lon: -71.08 };
const grid = new StreetGrid({ origin, blockMetres: 130 });
const place = fc
  .record({
    bearing: fc.double({ min: 0, max: 360, noNaN: true }),
    metres: fc.double({ min: 0, max: 6_000, noNaN: true }),
  })
  .map(({ bearing, metres }) => destination(origin, bearing, metres));

describe('a town of straight streets', () => {
  it('leads from any door to any other, no shorter than the crow flies and not absurdly longer', () => {
    fc.assert(
      fc.property(place, place, (from, to) => {
        const path = grid.path(from, to);
        const straight = haversineMetres(from, to);
        expect(path.points[0]).toEqual(from);
        expect(haversineMetres(path.points.at(-1)!, to)).toBeLessThan(1);
        expect(path.lengthMetres).toBeGreaterThanOrEqual(straight - 2);
        expect(path.lengthMetres).toBeLessThanOrEqual(straight * 1.5 + 6 * 130);
      }),
    );
  });

  it('turns only at right angles between the two doors', () => {
    const path = grid.path(destination(origin, 10, 900), destination(origin, 200, 1_700));
    const bearings = path.points.slice(1, -1).flatMap((point, i, all) => {
      const next = all[i + 1];
      return next
        ? [Math.round(along({ points: [point, next], metresAt: [0, 1], lengthMetres: 1 }, 0.5).heading) % 90]
        : [];
    });
    expect(bearings.length).toBeGreaterThan(1);
    for (const bearing of bearings)
      expect(Math.min(Math.abs(bearing - 20), Math.abs(bearing - 110 + 90))).toBeLessThan(3);
  });

  it('is walked steadily from end to end', () => {
    const path = grid.path(destination(origin, 80, 1_000), destination(origin, 300, 1_500));
    let before = along(path, 0);
    for (let metres = 10; metres <= path.lengthMetres; metres += 10) {
      const here = along(path, metres);
      expect(haversineMetres(before, here)).toBeLessThan(10.2);
      before = here;
    }
    expect(along(path, 1e9)).toMatchObject({ lat: path.points.at(-1)!.lat });
  });
});
