/** One stop of a route in its order. Milliseconds. */
export interface TimedStop {
  /** From the place before to this door. */
  wayMs: number;
  /** The earliest the work can begin, as the engine has it. */
  startAt: number;
  workMs: number;
  /** When the present day has it begin, if it has it on this route. */
  heldStartAt: number | null;
  /** The latest the work may begin. */
  closesAt: number;
}

/**
 * The engine says how early everything can be; people were told other times. Each stop keeps its present time if that
 * still works, and otherwise moves no further than it must. When that would break a promise or the end of the shift, the
 * engine's times hold for the whole route.
 *
 * @returns when the work begins, stop by stop.
 */
export function preserveTimes(stops: readonly TimedStop[], shiftEndsAt: number): number[] {
  const starts: number[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const stop of stops) {
    const start = Math.max(stop.startAt, stop.heldStartAt ?? stop.startAt, free + stop.wayMs);
    free = start + stop.workMs;
    if (start > stop.closesAt || free > shiftEndsAt) return stops.map(({ startAt }) => startAt);
    starts.push(start);
  }
  return starts;
}
