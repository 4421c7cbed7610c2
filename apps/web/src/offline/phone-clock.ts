/** Differences smaller than this are the two clocks' own business, milliseconds. */
const TOLERANCE_MS = 120_000;

/**
 * What the server's business clock would have shown when this phone's clock showed `wallMs`, ISO; for what is sent without
 * the phone's own time beside it.
 */
export function serverTime(wallMs: number, offsetMs: number): string {
  return new Date(wallMs + (Math.abs(offsetMs) > TOLERANCE_MS ? offsetMs : 0)).toISOString();
}
