/** Pixels. */
export const ROW_HEIGHT = 56;
export const NAME_WIDTH = 176;

/** Time across the board. */
export interface Scale {
  start: number;
  end: number;
  pixelsPerHour: number;
}

const SNAP_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

export const left = (scale: Scale, at: number): number =>
  ((at - scale.start) / HOUR_MS) * scale.pixelsPerHour;
export const width = (scale: Scale, from: number, to: number): number =>
  Math.max(2, ((to - from) / HOUR_MS) * scale.pixelsPerHour);

/** The nearest five minutes. */
export const snap = (at: number): number => Math.round(at / SNAP_MS) * SNAP_MS;

/** The time under a pixel. */
export const timeAt = (scale: Scale, pixels: number): number =>
  scale.start + (pixels / scale.pixelsPerHour) * HOUR_MS;

export function hours(scale: Scale): number[] {
  const list: number[] = [];
  for (let at = scale.start; at < scale.end; at += HOUR_MS) list.push(at);
  return list;
}

/** How much of each other two stretches cover, ms; what a row shows as a conflict. */
export function overlaps(spans: readonly { id: string; from: number; to: number }[]): Set<string> {
  const sorted = [...spans].sort((a, b) => a.from - b.from);
  const clashing = new Set<string>();
  let longest: (typeof sorted)[number] | undefined;
  for (const span of sorted) {
    if (longest && span.from < longest.to) {
      clashing.add(span.id);
      clashing.add(longest.id);
    }
    if (!longest || span.to > longest.to) longest = span;
  }
  return clashing;
}
