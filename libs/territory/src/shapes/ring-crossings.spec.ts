import fc from 'fast-check';
import type { Position } from 'geojson';
import { type Effort, firstCrossing } from './ring-crossings.js';
import { crosses, liesOn, type Segment, segmentsOf, touches } from './segments.js';

const closed = (points: Position[]): Position[] => [...points, points[0]!];

/** Every edge against every other: slow, and plain to see. */
function meetsItself(ring: Position[]): boolean {
  const edges = segmentsOf(ring, 0);
  const far = (edge: Segment, other: Segment) =>
    edge.vertex + 1 === other.vertex || (other.vertex === 0 && edge.vertex === edges.length - 1);
  return edges.some((a) =>
    edges.some((b) => {
      if (a === b) return false;
      if (far(a, b)) {
        const end = ring[b.vertex + 1]!;
        const start = ring[a.vertex]!;
        return liesOn(a, end[0]!, end[1]!) || liesOn(b, start[0]!, start[1]!);
      }
      return !far(b, a) && (crosses(a, b) || touches(a, b));
    }),
  );
}

/** Teeth as tall as the whole: each edge stands beside every other on a line from south to north or west to east. */
function comb(teeth: number, slant = 0): Position[] {
  const step = 1 / teeth;
  const edge = Array.from({ length: teeth }, (_, i): Position[] => [
    [i * step, 0],
    [i * step + slant, 1],
    [(i + 0.5) * step + slant, 1],
    [(i + 0.5) * step, 0],
  ]).flat();
  return closed([...edge, [1, -1], [0, -1]]);
}

describe('edges that meet where they should not', () => {
  it('are found exactly where a look at every pair finds some, on a coarse grid full of contacts', () => {
    const vertex = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(vertex, { minLength: 3, maxLength: 10 }), (points) => {
        const ring = closed(points);
        fc.pre(ring.slice(1).every((v, i) => v[0] !== ring[i]![0] || v[1] !== ring[i]![1]));
        expect(firstCrossing([ring]) !== null).toBe(meetsItself(ring));
      }),
      { numRuns: 5_000 },
    );
  });

  it('are found between two rings, and their touching in a point is none', () => {
    const square = (x: number, y: number, side: number): Position[] =>
      closed([
        [x, y],
        [x + side, y],
        [x + side, y + side],
        [x, y + side],
      ]);
    expect(firstCrossing([square(0, 0, 10), square(8, 8, 5)])).not.toBeNull();
    expect(firstCrossing([square(0, 0, 10), square(2, 2, 5)])).toBeNull();
    const diamond = closed([
      [0, 5],
      [5, 0],
      [8, 5],
      [5, 8],
    ]);
    expect(firstCrossing([square(0, 0, 10), diamond])).toBeNull();
  });

  it('are looked for in n log n steps, whatever the shape: a comb of 19,000 corners', () => {
    for (const slant of [0, 0.3]) {
      const ring = comb(4_750, slant);
      expect(ring.length).toBeGreaterThan(18_990);
      const effort: Effort = { comparisons: 0 };
      expect(firstCrossing([ring], effort)).toBeNull();
      // Every pair would be 180 million.
      expect(effort.comparisons).toBeLessThan(ring.length * 200);
      const small: Effort = { comparisons: 0 };
      firstCrossing([comb(475, slant)], small);
      expect(effort.comparisons / small.comparisons).toBeLessThan(20);
    }
  });
});
