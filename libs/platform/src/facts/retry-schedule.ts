/** A lost connection is over at once, a dependency that is down within minutes; what lasts longer needs a person. */
const RETRY_SECONDS = [0, 0, 1, 5, 30, 120, 600] as const;

/** How often a fact is tried before it is parked, the first time included. */
export const MAX_TRIES = RETRY_SECONDS.length + 1;

/** When a fact that failed `failures` times is tried again; null: it is parked until a person decides. */
export function nextTry(failures: number, now: Date): Date | null {
  const seconds = RETRY_SECONDS[failures - 1];
  return seconds === undefined ? null : new Date(now.getTime() + seconds * 1_000);
}
