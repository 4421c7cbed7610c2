export interface Span {
  workerId: string;
  from: Date;
  to: Date;
}

/** A pause longer than this begins a new span, so that one late fix does not read all that lies between, ms. */
const PAUSE_MS = 5 * 60_000;

/** The stretches of time in which these fixes lie. */
export function spansOf(workerId: string, fixes: readonly { fixAt: number }[]): Span[] {
  const times = fixes.map((fix) => fix.fixAt).sort((a, b) => a - b);
  const spans: Span[] = [];
  let start = times[0]!;
  times.forEach((time, i) => {
    const next = times[i + 1];
    if (next !== undefined && next - time <= PAUSE_MS) return;
    spans.push({ workerId, from: new Date(start), to: new Date(time) });
    if (next !== undefined) start = next;
  });
  return spans;
}
