import type { Position } from 'geojson';
import { orient2d } from 'robust-predicates';

/** An edge by the ring it belongs to and the number of the vertex it starts at. */
export interface RingEdge {
  ring: number;
  vertex: number;
}

/** An edge with its ends in the order of the sweep: west to east, and south to north where it stands upright. */
export interface Segment extends RingEdge {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export const edgeOf = ({ ring, vertex }: Segment): RingEdge => ({ ring, vertex });

/** Sweep order of points: by x, then by y. */
export const byPlace = (ax: number, ay: number, bx: number, by: number): number => ax - bx || ay - by;

export function segmentsOf(points: Position[], ring: number): Segment[] {
  return points.slice(0, -1).map(([ax, ay], vertex) => {
    const [bx, by] = points[vertex + 1] as [number, number];
    return byPlace(ax!, ay!, bx, by) <= 0
      ? { ring, vertex, x1: ax!, y1: ay!, x2: bx, y2: by }
      : { ring, vertex, x1: bx, y1: by, x2: ax!, y2: ay! };
  });
}

/** Positive when the point lies left of the segment (above it), exactly 0 when on its line. */
export const sideOf = (s: Segment, x: number, y: number): number => -orient2d(s.x1, s.y1, s.x2, s.y2, x, y);

/** Do the insides of both segments share exactly one point? */
export function crosses(a: Segment, b: Segment): boolean {
  return (
    sideOf(a, b.x1, b.y1) * sideOf(a, b.x2, b.y2) < 0 && sideOf(b, a.x1, a.y1) * sideOf(b, a.x2, a.y2) < 0
  );
}

/** Does an end of one lie on the other? */
export function touches(a: Segment, b: Segment): boolean {
  return liesOn(a, b.x1, b.y1) || liesOn(a, b.x2, b.y2) || liesOn(b, a.x1, a.y1) || liesOn(b, a.x2, a.y2);
}

export function liesOn(s: Segment, x: number, y: number): boolean {
  return (
    x >= s.x1 && x <= s.x2 && y >= Math.min(s.y1, s.y2) && y <= Math.max(s.y1, s.y2) && sideOf(s, x, y) === 0
  );
}
