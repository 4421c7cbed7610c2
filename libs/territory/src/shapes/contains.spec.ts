import { booleanPointInPolygon, point as turfPoint } from '@turf/turf';
import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { destination } from '#kernel';
import { byRank, containsPoint } from './contains.js';

const ring: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [4, 0],
      [4, 3],
      [2, 1],
      [0, 3],
      [0, 0],
    ],
    [
      [0.5, 0.2],
      [0.5, 0.8],
      [1.5, 0.8],
      [1.5, 0.2],
      [0.5, 0.2],
    ],
  ],
};

describe('is this door inside?', () => {
  it('answers for a circle by great-circle distance', () => {
    const circle = { kind: 'circle' as const, lat: 60, lon: 179.99, radiusMetres: 3_000 };
    for (const bearing of [0, 90, 180, 270]) {
      expect(containsPoint(circle, destination(circle, bearing, 2_990))).toBe(true);
      expect(containsPoint(circle, destination(circle, bearing, 3_010))).toBe(false);
    }
  });

  it('answers for polygons with bays and holes as Turf does', () => {
    const degrees = fc.double({ min: -1, max: 5, noNaN: true });
    fc.assert(
      fc.property(degrees, degrees, (lat, lon) => {
        const shape = { kind: 'polygon' as const, polygon: ring };
        expect(containsPoint(shape, { lat, lon })).toBe(booleanPointInPolygon(turfPoint([lon, lat]), ring));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives a door on the border of two neighbours to exactly one', () => {
    const square = (west: number): Polygon => ({
      type: 'Polygon',
      coordinates: [
        [
          [west, 0],
          [west + 1, 0],
          [west + 1, 1],
          [west, 1],
          [west, 0],
        ],
      ],
    });
    const inside = [square(0), square(1)].filter((polygon) =>
      containsPoint({ kind: 'polygon', polygon }, { lat: 0.5, lon: 1 }),
    );
    expect(inside).toHaveLength(1);
  });

  it('prefers priority, then the smaller area, then the older', () => {
    const area = (id: string, priority: number, squareMetres: number) => ({ id, priority, squareMetres });
    const sorted = [area('d', 0, 9), area('c', 0, 5), area('b', 0, 5), area('a', 2, 99)].sort(byRank);
    expect(sorted.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });
});
