import { type GeoPoint, haversineMetres, seededRandom } from '#kernel';
import { StraightLineLegs } from './straight-line-legs.js';

describe('straight-line legs', () => {
  const random = seededRandom(3);
  const anywhere = (): GeoPoint => ({ lat: 180 * random() - 90, lon: 360 * random() - 180 });
  const near = ({ lat, lon }: GeoPoint, degrees: number): GeoPoint => ({
    lat: lat + degrees * (random() - 0.5),
    lon: lon + degrees * (random() - 0.5),
  });

  it('are as long as by haversine, in a street, across the antimeridian, at the poles and to the antipodes', () => {
    const city = { lat: 31.2245, lon: 121.459 };
    const places = [
      city,
      city,
      ...Array.from({ length: 40 }, () => near(city, 1e-5)),
      ...Array.from({ length: 40 }, () => near(city, 0.5)),
      ...Array.from({ length: 40 }, anywhere),
      { lat: 10, lon: 179.9999 },
      { lat: 10, lon: -179.9999 },
      { lat: 89.9999, lon: 0 },
      { lat: 89.9999, lon: 180 },
      { lat: -90, lon: 77 },
    ];
    const legs = new StraightLineLegs(places, { metresPerSecond: 8, detourFactor: 1.35 });
    const longest = legs.longest();
    for (const [i, a] of places.entries())
      for (const [j, b] of places.entries()) {
        const metres = haversineMetres(a, b) * 1.35;
        // Near the antipodes both formulas lose digits.
        expect(Math.abs(legs.metres(i, j) - metres)).toBeLessThan(metres < 1.9e7 ? 1e-5 : 1);
        expect(legs.seconds(i, j)).toBe(legs.metres(i, j) / 8);
        expect(legs.metres(i, j)).toBe(legs.metres(j, i));
        expect(legs.metres(i, j)).toBeLessThanOrEqual(longest.metres);
      }
  });
});
