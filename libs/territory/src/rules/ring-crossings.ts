import type { Position } from 'geojson';

/** An edge by the ring it belongs to and the number of the vertex it starts at. */
export interface RingEdge {
  ring: number;
  vertex: number;
}

interface Segment extends RingEdge {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  west: number;
  east: number;
}

/**
 * The first two edges of closed rings that meet where they should not: within one ring any contact except that of
 * neighbours in their shared vertex, between rings a true crossing (an inner ring may touch the outline in a point).
 * A sweep over the segments sorted by their western end: n log n for real outlines.
 */
export function firstCrossing(rings: Position[][]): [RingEdge, RingEdge] | null {
  const segments = rings.flatMap((points, ring) => segmentsOf(points, ring)).sort((a, b) => a.west - b.west);
  let open: Segment[] = [];
  for (const next of segments) {
    open = open.filter((segment) => segment.east >= next.west);
    for (const other of open) {
      const touching =
        other.ring === next.ring
          ? meetWrongly(other, next, rings[next.ring]!.length - 1)
          : crosses(other, next);
      if (touching)
        return other.vertex <= next.vertex ? [edge(other), edge(next)] : [edge(next), edge(other)];
    }
    open.push(next);
  }
  return null;
}

const edge = ({ ring, vertex }: Segment): RingEdge => ({ ring, vertex });

function segmentsOf(points: Position[], ring: number): Segment[] {
  return points.slice(0, -1).map(([x1, y1], vertex) => {
    const [x2, y2] = points[vertex + 1] as [number, number];
    return { ring, vertex, x1: x1!, y1: y1!, x2, y2, west: Math.min(x1!, x2), east: Math.max(x1!, x2) };
  });
}

function meetWrongly(a: Segment, b: Segment, edgeCount: number): boolean {
  const [first, second] = a.vertex < b.vertex ? [a, b] : [b, a];
  if (first.vertex + 1 === second.vertex) return foldsBack(first, second);
  if (first.vertex === 0 && second.vertex === edgeCount - 1) return foldsBack(second, first);
  return crosses(a, b) || touches(a, b);
}

/** Twice the signed area of the triangle: positive when c lies left of a -> b. */
const turn = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

function crosses(a: Segment, b: Segment): boolean {
  const d1 = turn(a.x1, a.y1, a.x2, a.y2, b.x1, b.y1);
  const d2 = turn(a.x1, a.y1, a.x2, a.y2, b.x2, b.y2);
  const d3 = turn(b.x1, b.y1, b.x2, b.y2, a.x1, a.y1);
  const d4 = turn(b.x1, b.y1, b.x2, b.y2, a.x2, a.y2);
  return d1 > 0 !== d2 > 0 && d3 > 0 !== d4 > 0 && d1 !== 0 && d2 !== 0 && d3 !== 0 && d4 !== 0;
}

function touches(a: Segment, b: Segment): boolean {
  return liesOn(a, b.x1, b.y1) || liesOn(a, b.x2, b.y2) || liesOn(b, a.x1, a.y1) || liesOn(b, a.x2, a.y2);
}

function liesOn(s: Segment, x: number, y: number): boolean {
  return (
    x >= s.west &&
    x <= s.east &&
    y >= Math.min(s.y1, s.y2) &&
    y <= Math.max(s.y1, s.y2) &&
    turn(s.x1, s.y1, s.x2, s.y2, x, y) === 0
  );
}

/** Does the second of two neighbours run back over the first? */
function foldsBack(first: Segment, second: Segment): boolean {
  return liesOn(first, second.x2, second.y2) || liesOn(second, first.x1, first.y1);
}
