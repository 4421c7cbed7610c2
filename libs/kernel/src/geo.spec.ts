import { bearingDegrees, destination, haversineMetres, isGeoPoint } from './geo.js';

const boston = { lat: 42.3601, lon: -71.0589 };

describe('geo', () => {
  it('measures a quarter of the equator and across the antimeridian', () => {
    expect(haversineMetres({ lat: 0, lon: 0 }, { lat: 0, lon: 90 })).toBeCloseTo(10_007_557, -1);
    expect(haversineMetres({ lat: 10, lon: 179.9 }, { lat: 10, lon: -179.9 })).toBeLessThan(22_000);
  });

  it('goes out and comes back', () => {
    for (const bearing of [0, 45, 123, 270]) {
      const there = destination(boston, bearing, 2_500);
      expect(haversineMetres(boston, there)).toBeCloseTo(2_500, 3);
      expect(bearingDegrees(boston, there)).toBeCloseTo(bearing, 6);
    }
  });

  it('refuses what is not a place', () => {
    for (const p of [
      null,
      {},
      { lat: Number.NaN, lon: 0 },
      { lat: 91, lon: 0 },
      { lat: 0, lon: 181 },
      { lat: '1', lon: 2 },
    ])
      expect(isGeoPoint(p)).toBe(false);
    expect(isGeoPoint(boston)).toBe(true);
  });
});
