import fc from 'fast-check';
import { destination, type GeoPoint, haversineMetres, Invalid, seededRandom } from '#kernel';
import { MovingIndex } from './moving-index.js';

/** Places where indexes break: the antimeridian, both poles, a city, and anywhere. */
const around = (lat: number, lon: number, degrees: number, lonDegrees = degrees) =>
  fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
    .map(([a, b]) => ({
      lat: Math.max(-90, Math.min(90, lat + a * degrees)),
      lon: ((((lon + b * lonDegrees + 180) % 360) + 360) % 360) - 180,
    }));
const place: fc.Arbitrary<GeoPoint> = fc.oneof(
  around(0, 180, 0.5),
  around(-17, -179.9, 3),
  around(90, 0, 2, 180),
  around(-90, 20, 1, 180),
  around(42.36, -71.06, 0.2),
  around(0, 0, 90, 180),
  fc.constantFrom({ lat: 90, lon: 0 }, { lat: -90, lon: 180 }, { lat: 0, lon: 180 }, { lat: 0, lon: -180 }),
);

type Step = { kind: 'insert' | 'move' | 'remove'; pick: number; to: GeoPoint };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('insert', 'move', 'move', 'remove'),
  pick: fc.nat(10_000),
  to: place,
});

/** Applies the steps to the index and to a plain map, which is the truth. */
function live(start: GeoPoint[], steps: Step[]) {
  const index = new MovingIndex(start);
  const truth = new Map(start.map((p, handle) => [handle, p]));
  for (const { kind, pick, to } of steps) {
    const handles = [...truth.keys()];
    const handle = handles[pick % handles.length];
    if (kind === 'insert' || handle === undefined) truth.set(index.insert(to.lat, to.lon), to);
    else if (kind === 'move') {
      index.move(handle, to.lat, to.lon);
      truth.set(handle, to);
    } else {
      index.remove(handle);
      truth.delete(handle);
    }
  }
  return { index, truth };
}

const bruteForce = (truth: Map<number, GeoPoint>, q: GeoPoint) =>
  [...truth]
    .map(([handle, p]) => ({ handle, metres: haversineMetres(q, p) }))
    .sort((a, b) => a.metres - b.metres);

/** Both formulas lose digits towards the antipode, where the arc sine is steep. */
const tolerance = (metres: number) => (metres > 1.9e7 ? 2 : 0.001);

describe('the moving index', () => {
  it('finds the k nearest as brute force does, whatever moved, anywhere on Earth', () => {
    fc.assert(
      fc.property(
        fc.array(place, { maxLength: 120 }),
        fc.array(step, { maxLength: 120 }),
        place,
        fc.integer({ min: 0, max: 30 }),
        (start, steps, q, k) => {
          const { index, truth } = live(start, steps);
          const odd = (handle: number) => handle % 2 === 1;
          for (const filter of [undefined, odd]) {
            const want = bruteForce(truth, q)
              .filter((n) => !filter || filter(n.handle))
              .slice(0, k);
            const got = index.nearestWithMetres(q.lat, q.lon, k, { filter });
            expect(got.length).toBe(want.length);
            got.forEach((n, i) => {
              expect(Math.abs(n.metres - want[i]!.metres)).toBeLessThan(tolerance(n.metres));
              expect(Math.abs(haversineMetres(q, truth.get(n.handle)!) - n.metres)).toBeLessThan(
                tolerance(n.metres),
              );
            });
            expect(new Set(got.map((n) => n.handle)).size).toBe(got.length);
          }
          expect(index.size).toBe(truth.size);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('finds all within a radius, and the nearest of them when asked for a few', () => {
    fc.assert(
      fc.property(
        fc.array(place, { maxLength: 200 }),
        fc.array(step, { maxLength: 60 }),
        place,
        fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 21_000_000 })),
        (start, steps, q, metres) => {
          const { index, truth } = live(start, steps);
          const all = bruteForce(truth, q);
          const sure = all.filter((n) => n.metres < metres - tolerance(metres)).map((n) => n.handle);
          const maybe = new Set(
            all.filter((n) => n.metres <= metres + tolerance(metres)).map((n) => n.handle),
          );
          const got = index.withinRadius(q.lat, q.lon, metres);
          expect(got.every((h) => maybe.has(h))).toBe(true);
          expect(sure.every((h) => got.includes(h))).toBe(true);
          expect(got).toEqual([...got].sort((a, b) => a - b));
          const few = index.nearest(q.lat, q.lon, 5, { maxMetres: metres });
          expect(few.every((h) => maybe.has(h))).toBe(true);
          expect(few.length).toBeGreaterThanOrEqual(Math.min(5, sure.length));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('holds a city of 20,000 while everybody moves, and stays exact', () => {
    const random = seededRandom(7);
    const spot = () => ({ lat: 42.2 + random() * 0.3, lon: -71.3 + random() * 0.4 });
    const index = new MovingIndex(Array.from({ length: 20_000 }, spot));
    const truth = new Map(Array.from({ length: 20_000 }, (_, h) => [h, index.at(h)]));
    for (let i = 0; i < 60_000; i++) {
      const handle = Math.floor(random() * 20_000);
      const to =
        i % 3
          ? destination(truth.get(handle)!, random() * 360, 500)
          : { lat: 42.36 + random() * 0.01, lon: -71.06 };
      index.move(handle, to.lat, to.lon);
      truth.set(handle, to);
    }
    for (let i = 0; i < 20; i++) {
      const q = spot();
      const want = bruteForce(truth, q).slice(0, 20);
      const got = index.nearestWithMetres(q.lat, q.lon, 20);
      got.forEach((n, j) => {
        expect(n.metres).toBeCloseTo(want[j]!.metres, 3);
      });
    }
  });

  it('grows from nothing, takes thousands at one spot, and gives handles out again', () => {
    const index = new MovingIndex();
    for (let i = 0; i < 3_000; i++) expect(index.insert(10, 20)).toBe(i);
    expect(index.nearest(10, 20, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(index.withinRadius(10, 20, 0)).toHaveLength(3_000);
    for (let i = 0; i < 3_000; i++) index.remove(i);
    expect(index.nearest(10, 20, 5)).toEqual([]);
    expect(index.insert(-5, 5)).toBeLessThan(3_000);
    expect(index.size).toBe(1);
  });

  it('refuses what is not a place, naming the field', () => {
    const index = new MovingIndex([{ lat: 1, lon: 2 }]);
    const field = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        if (error instanceof Invalid) return error.errors[0]!.field;
        throw error;
      }
      return 'none';
    };
    expect(field(() => index.insert(91, 0))).toBe('lat');
    expect(field(() => index.move(0, Number.NaN, 0))).toBe('lat');
    expect(field(() => index.move(0, 0, 181))).toBe('lon');
    expect(field(() => index.move(5, 0, 0))).toBe('handle');
    expect(field(() => index.remove(-1))).toBe('handle');
    expect(field(() => index.nearest(0, 0, -1))).toBe('count');
    expect(field(() => index.nearest(0, 0, 1, { maxMetres: -1 }))).toBe('maxMetres');
    expect(field(() => index.withinRadius(0, 0, -1))).toBe('metres');
    expect(field(() => index.withinPolygon([[{ lat: 0, lon: 0 }]]))).toBe('polygon[0]');
    expect(
      field(() =>
        index.withinPolygon([
          [
            { lat: 0, lon: 0 },
            { lat: 99, lon: 0 },
            { lat: 0, lon: 1 },
          ],
        ]),
      ),
    ).toBe('polygon[0][1]');
  });
});
