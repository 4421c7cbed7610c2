import { kinks, polygon as turfPolygon } from '@turf/turf';
import fc from 'fast-check';
import type { Position } from 'geojson';
import { Invalid } from '#kernel';
import { containsPoint } from './contains.js';
import { firstCrossing } from './ring-crossings.js';
import { validateCircle, validatePolygon } from './validate-shape.js';

const polygon = (...coordinates: unknown[]) => ({ type: 'Polygon', coordinates });
const square = [
  [13, 52],
  [14, 52],
  [14, 53],
  [13, 53],
  [13, 52],
];

const fault = (value: unknown): { field: string; message: string } => {
  try {
    validatePolygon(value);
  } catch (error) {
    if (error instanceof Invalid) return error.errors[0]!;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('a polygon that is to be an area', () => {
  it('is measured, wound as RFC 7946 says, and has a point inside', () => {
    const clockwise = [...square].reverse();
    const { polygon: wound, squareMetres, inside } = validatePolygon(polygon(clockwise));
    expect(squareMetres / 1e6).toBeCloseTo(7_600, -3);
    expect(wound.coordinates[0]).toHaveLength(5);
    expect(containsPoint({ kind: 'polygon', polygon: wound }, inside)).toBe(true);
    expect(validatePolygon(wound).polygon).toEqual(wound);
  });

  it('may have several parts and holes', () => {
    const hole = [
      [13.4, 52.4],
      [13.6, 52.4],
      [13.6, 52.6],
      [13.4, 52.6],
      [13.4, 52.4],
    ];
    const other = square.map(([lon, lat]) => [lon! + 2, lat!]);
    const all = validatePolygon({ type: 'MultiPolygon', coordinates: [[square, hole], [other]] });
    const shape = { kind: 'polygon' as const, polygon: all.polygon };
    expect(containsPoint(shape, { lat: 52.5, lon: 13.5 })).toBe(false);
    expect(containsPoint(shape, { lat: 52.5, lon: 15.5 })).toBe(true);
  });

  it('names ring and vertex of what is wrong', () => {
    expect(fault(null).field).toBe('polygon.type');
    expect(fault(polygon()).field).toBe('polygon.coordinates');
    expect(fault(polygon(square.slice(0, 4)))).toMatchObject({
      field: 'polygon.coordinates[0][3]',
      message: expect.stringContaining('not closed'),
    });
    expect(fault(polygon(square.slice(0, 2))).field).toBe('polygon.coordinates[0]');
    expect(fault(polygon([...square.slice(0, 2), [14, Number.NaN], [13, 52]])).field).toBe(
      'polygon.coordinates[0][2]',
    );
    expect(
      fault(
        polygon([
          [116, 39],
          [39, 116],
          [116, 40],
          [116, 39],
        ]),
      ).message,
    ).toContain('swapped');
    expect(
      fault(
        polygon([
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ]),
      ).message,
    ).toContain('crosses itself');
    expect(
      fault(
        polygon([
          [0, 0],
          [2, 0],
          [2, 2],
          [1, 0],
          [0, 2],
          [0, 0],
        ]),
      ).message,
    ).toContain('crosses itself');
    expect(
      fault(
        polygon([
          [0, 0],
          [0.00001, 0],
          [0, 0.00001],
          [0, 0],
        ]),
      ).message,
    ).toContain('empty');
    expect(
      fault(
        polygon([
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 0],
        ]),
      ).message,
    ).toContain('three different');
    expect(
      fault(
        polygon([
          [-170, 0],
          [170, 0],
          [170, 10],
          [-170, 0],
        ]),
      ).message,
    ).toContain('180° meridian');
    expect(
      fault(
        polygon(
          square,
          square.map(([lon, lat]) => [lon! + 5, lat!]),
        ),
      ).message,
    ).toContain('outside');
    expect(
      fault(
        polygon(
          square,
          square.map(([lon, lat]) => [lon! + 0.5, lat! + 0.5]),
        ),
      ).message,
    ).toContain('crosses ring');
    expect(
      fault(
        polygon([
          [-90, -60],
          [90, -60],
          [90, 60],
          [-90, 60],
          [-90, -60],
        ]),
      ).message,
    ).toContain('km²');
    expect(fault({ type: 'MultiPolygon', coordinates: [[square], [[[0, 0]]]] }).field).toBe(
      'polygon.coordinates[1][0]',
    );
  });

  it('crosses itself exactly when Turf finds a kink', () => {
    const vertex = fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 1_000 }));
    fc.assert(
      fc.property(fc.uniqueArray(vertex, { minLength: 3, maxLength: 9, selector: String }), (points) => {
        const jitter = ([x, y]: [number, number], i: number): Position => [
          x / 100 + i * 1e-7,
          y / 100 + i * i * 1e-8,
        ];
        const open = points.map(jitter);
        const closed = [...open, open[0]!];
        expect(firstCrossing([closed]) !== null).toBe(kinks(turfPolygon([closed])).features.length > 0);
      }),
      { numRuns: 500 },
    );
  });

  it('has a sane radius when it is a circle', () => {
    expect(validateCircle({ lat: 1, lon: 1, radiusMetres: 1_000 })).toBeCloseTo(Math.PI * 1e6);
    for (const radiusMetres of [0, 49, 200_001, Number.NaN])
      expect(() => validateCircle({ lat: 1, lon: 1, radiusMetres })).toThrow(Invalid);
  });
});
