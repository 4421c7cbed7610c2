import fc from 'fast-check';
import { destination, seededRandom } from '#kernel';
import { judgeBatch } from './judge-batch.js';
import { type Fix, judgeFixes, speedBetween } from './judge-fixes.js';

const LIMIT = 55.6;
const START = { lat: 42.36, lon: -71.06 };
const BASE_MS = Date.parse('2026-03-02T08:00:00Z');

/** A ride north at 10 m/s, one fix every five seconds. */
const ride = (count: number): Fix[] =>
  Array.from({ length: count }, (_, i) => ({
    ...destination(START, 0, i * 50),
    fixAt: BASE_MS + i * 5_000,
    accuracyMetres: 10,
  }));
const far = (fix: Fix, metres = 40_000): Fix => ({ ...fix, ...destination(fix, 90, metres) });
const condemned = (fixes: Fix[]) =>
  judgeFixes(fixes, LIMIT).flatMap((speed, i) => (speed === null ? [] : [i]));

describe('which fixes cannot be true', () => {
  it('believes a plain ride', () => {
    expect(condemned(ride(50))).toEqual([]);
    expect(condemned([])).toEqual([]);
  });

  it('condemns a jump wherever it stands, and says how fast it would have been', () => {
    for (const wrong of [0, 1, 10, 19]) {
      const fixes = ride(20);
      fixes[wrong] = far(fixes[wrong]!);
      expect(condemned(fixes)).toEqual([wrong]);
      expect(judgeFixes(fixes, LIMIT)[wrong]).toBeGreaterThan(5_000);
    }
  });

  it('frees the good fixes from a wrong first one as soon as two agree', () => {
    const fixes = ride(3);
    fixes[0] = far(fixes[0]!);
    expect(condemned(fixes.slice(0, 1))).toEqual([]);
    expect(condemned(fixes.slice(0, 2))).toEqual([1]); // one word against another: the earlier counts
    expect(condemned(fixes)).toEqual([0]);
  });

  it('condemns several in a row, and a pair that agree with each other', () => {
    const fixes = ride(30);
    for (const i of [10, 11, 20]) fixes[i] = far(fixes[i]!);
    fixes[21] = far(fixes[21]!, 90_000);
    expect(condemned(fixes)).toEqual([10, 11, 20, 21]);
  });

  it('is not talked over by a handful invented within a second, nor by a thousand', () => {
    const fixes = ride(6);
    for (const count of [6, 1_000]) {
      const invented = Array.from({ length: count }, (_, i) => ({
        ...far(fixes[5]!, 9_000),
        fixAt: BASE_MS + 30_000 + i,
      }));
      expect(condemned([...fixes, ...invented])).toEqual(invented.map((_, i) => 6 + i));
    }
  });

  it('believes both sides of a flight', () => {
    const fixes = [
      ...ride(10),
      ...ride(20)
        .slice(10)
        .map((fix) => far(fix, 400_000)),
    ];
    expect(condemned(fixes)).toEqual([]);
  });

  it('forgives what bad reception explains', () => {
    const [a, b] = [ride(1)[0]!, { ...ride(1)[0]!, ...destination(START, 0, 300), fixAt: BASE_MS + 1_000 }];
    expect(speedBetween(a, b)).toBeGreaterThan(LIMIT);
    expect(speedBetween(a, { ...b, accuracyMetres: 250 })).toBe(0);
  });
});

describe('judging what arrives', () => {
  it('ends with the same verdicts in whatever order and pieces the fixes arrive', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, batchSize) => {
        const random = seededRandom(seed);
        const fixes = ride(120).map((fix, i) => (i % 17 === 9 ? far(fix) : fix));
        const expected = judgeFixes(fixes, LIMIT);
        const shuffled = fixes
          .map((fix) => ({ fix, key: random() }))
          .sort((a, b) => a.key - b.key)
          .map(({ fix }) => fix);
        const known = new Map<number, Fix & { jumpSpeed: number | null }>();
        for (let from = 0; from < shuffled.length; from += batchSize) {
          const batch = [...shuffled.slice(from, from + batchSize), shuffled[0]!];
          const { fresh, changed } = judgeBatch([...known.values()], batch, LIMIT);
          for (const fix of [...fresh, ...changed]) known.set(fix.fixAt, fix);
        }
        const verdicts = fixes.map((fix) => known.get(fix.fixAt)!.jumpSpeed === null);
        expect(verdicts).toEqual(expected.map((speed) => speed === null));
      }),
      { numRuns: 60 },
    );
  });
});
