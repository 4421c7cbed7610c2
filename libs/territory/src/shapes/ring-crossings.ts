import type { Position } from 'geojson';
import { SplayTreeSet } from 'splaytree-ts';
import {
  byPlace,
  crosses,
  edgeOf,
  liesOn,
  type RingEdge,
  type Segment,
  segmentsOf,
  sideOf,
  touches,
} from './segments.js';

export type { RingEdge } from './segments.js';

type Pair = [RingEdge, RingEdge];

/** How much was done, for tests: comparisons of two edges. */
export interface Effort {
  comparisons: number;
}

/**
 * Two edges of closed rings that meet where they should not: within one ring any contact except that of neighbours in
 * their shared vertex, between rings a true crossing (an inner ring may touch the outline in a point). Null: none.
 * Shamos and Hoey's sweep (1976) with exact predicates: n log n whatever the shape.
 */
export function firstCrossing(rings: Position[][], effort: Effort = { comparisons: 0 }): Pair | null {
  const edges = rings.map(segmentsOf);
  for (const [ring, points] of rings.entries()) {
    const contact =
      sharedVertex(points, ring) ??
      spike(points, ring) ??
      sweep(edges[ring]!, meetWrongly(points.length - 1), effort);
    if (contact) return contact;
  }
  return rings.length > 1 ? sweep(edges.flat(), (a, b) => a.ring !== b.ring && crosses(a, b), effort) : null;
}

/** A vertex that the ring visits twice. */
function sharedVertex(points: Position[], ring: number): Pair | null {
  const seen = new Map<string, number>();
  for (let vertex = 0; vertex < points.length - 1; vertex++) {
    const key = `${points[vertex]![0]} ${points[vertex]![1]}`;
    const earlier = seen.get(key);
    if (earlier !== undefined)
      return [
        { ring, vertex: earlier },
        { ring, vertex },
      ];
    seen.set(key, vertex);
  }
  return null;
}

/** An edge that runs back over the one before it. */
function spike(points: Position[], ring: number): Pair | null {
  const edges = segmentsOf(points, ring);
  for (let vertex = 0; vertex < edges.length; vertex++) {
    const after = (vertex + 1) % edges.length;
    const [farX, farY] = points[after + 1] as [number, number];
    const [startX, startY] = points[vertex] as [number, number];
    if (liesOn(edges[vertex]!, farX, farY) || liesOn(edges[after]!, startX, startY))
      return [
        { ring, vertex: Math.min(vertex, after) },
        { ring, vertex: Math.max(vertex, after) },
      ];
  }
  return null;
}

const meetWrongly =
  (edgeCount: number) =>
  (a: Segment, b: Segment): boolean => {
    const apart = Math.abs(a.vertex - b.vertex);
    return apart !== 1 && apart !== edgeCount - 1 && (crosses(a, b) || touches(a, b));
  };

interface Event {
  segment: Segment;
  x: number;
  y: number;
  ends: boolean;
}

/**
 * Moves a line from west to east and asks `wrong` only about edges that become neighbours on it: the first two that
 * cross must be neighbours before they do.
 */
function sweep(segments: Segment[], wrong: (a: Segment, b: Segment) => boolean, effort: Effort): Pair | null {
  const open = new SplayTreeSet<Segment>((a, b) => {
    effort.comparisons += 1;
    return southToNorth(a, b);
  });
  const pair = (a: Segment, b: Segment | null): Pair | null =>
    b && wrong(a, b) ? (a.vertex <= b.vertex ? [edgeOf(a), edgeOf(b)] : [edgeOf(b), edgeOf(a)]) : null;
  for (const { segment, ends } of eventsOf(segments)) {
    if (ends) {
      const south = open.lastBefore(segment);
      const north = open.firstAfter(segment);
      open.delete(segment);
      const found = south && pair(south, north);
      if (found) return found;
    } else {
      const found = pair(segment, open.lastBefore(segment)) ?? pair(segment, open.firstAfter(segment));
      if (found) return found;
      open.add(segment);
    }
  }
  return null;
}

/** Where edges meet, those that end there leave before others begin. */
function eventsOf(segments: Segment[]): Event[] {
  return segments
    .flatMap((segment) => [
      { segment, x: segment.x1, y: segment.y1, ends: false },
      { segment, x: segment.x2, y: segment.y2, ends: true },
    ])
    .sort((a, b) => byPlace(a.x, a.y, b.x, b.y) || Number(b.ends) - Number(a.ends));
}

/** The order of two edges on the sweep line; the one that begins later is held against the other. */
function southToNorth(a: Segment, b: Segment): number {
  if (a === b) return 0;
  const byShape =
    byPlace(a.x1, a.y1, b.x1, b.y1) >= 0
      ? sideOf(b, a.x1, a.y1) || sideOf(b, a.x2, a.y2)
      : -(sideOf(a, b.x1, b.y1) || sideOf(a, b.x2, b.y2));
  return byShape || a.ring - b.ring || a.vertex - b.vertex;
}
