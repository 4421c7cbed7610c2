/** A half-open stretch of time [start, end) in epoch milliseconds. */
export interface Interval {
  start: number;
  end: number;
}

export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

export const contains = (outer: Interval, inner: Interval): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Sorted union of intervals: touching and overlapping ones become one. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => a.start - b.start)) {
    if (next.end <= next.start) continue;
    const last = merged.at(-1);
    if (last && next.start <= last.end) last.end = Math.max(last.end, next.end);
    else merged.push({ ...next });
  }
  return merged;
}

/** What is left of `from` when every interval of `holes` is taken out. */
export function subtractIntervals(from: readonly Interval[], holes: readonly Interval[]): Interval[] {
  const cuts = mergeIntervals(holes);
  return mergeIntervals(from).flatMap((piece) => {
    const left: Interval[] = [];
    let start = piece.start;
    for (const cut of cuts) {
      if (cut.end <= start || cut.start >= piece.end) continue;
      if (cut.start > start) left.push({ start, end: cut.start });
      start = Math.max(start, cut.end);
    }
    if (start < piece.end) left.push({ start, end: piece.end });
    return left;
  });
}
