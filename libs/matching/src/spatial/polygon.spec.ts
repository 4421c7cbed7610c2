import fc from 'fast-check';
import type { GeoPoint } from '#kernel';
import { MovingIndex } from './moving-index.js';

const box = (south: number, west: number, north: number, east: number): GeoPoint[] => [
  { lat: south, lon: west },
  { lat: south, lon: east },
  { lat: north, lon: east },
  { lat: north, lon: west },
];

const everywhere = (step: number): GeoPoint[] => {
  const points: GeoPoint[] = [];
  for (let lat = -89.5; lat < 90; lat += step)
    for (let lon = -179.7; lon < 180; lon += step) points.push({ lat, lon });
  return points;
};

describe('within a polygon', () => {
  const points = everywhere(3);
  const index = new MovingIndex(points);
  const inside = (polygon: GeoPoint[][]) => index.withinPolygon(polygon).map((h) => points[h]!);

  it('agrees with a plain comparison for boxes anywhere, also across the antimeridian', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -89, max: 60, noNaN: true }),
        fc.double({ min: -180, max: 179, noNaN: true }),
        fc.double({ min: 1, max: 29, noNaN: true }),
        fc.double({ min: 1, max: 170, noNaN: true }),
        (south, west, height, width) => {
          const east = west + width > 180 ? west + width - 360 : west + width;
          const want = points.filter(
            (p) =>
              p.lat > south &&
              p.lat < south + height &&
              (west < east ? p.lon > west && p.lon < east : p.lon > west || p.lon < east),
          );
          expect(inside([box(south, west, south + height, east)])).toEqual(want);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('leaves holes out and asks the filter', () => {
    const ring = [box(0, 0, 60, 60), box(20, 20, 40, 40)];
    const want = points.filter(
      (p) =>
        p.lat > 0 &&
        p.lat < 60 &&
        p.lon > 0 &&
        p.lon < 60 &&
        !(p.lat > 20 && p.lat < 40 && p.lon > 20 && p.lon < 40),
    );
    expect(inside(ring)).toEqual(want);
    expect(index.withinPolygon(ring, (h) => h % 2 === 0)).toEqual(
      index.withinPolygon(ring).filter((h) => h % 2 === 0),
    );
  });

  it.each([1, -1])('takes a ring around the pole as the cap over it (%d)', (side) => {
    const cap = Array.from({ length: 12 }, (_, i) => ({ lat: side * 70, lon: -180 + i * 30 }));
    const want = points.filter((p) => side * p.lat > 70);
    expect(inside([cap])).toEqual(want);
    expect(inside([[...cap].reverse()])).toEqual(want);
  });
});
