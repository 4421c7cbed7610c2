/** Pixels. */
export const HEAD_HEIGHT = 28;
export const ROW_HEIGHT = 56;
export const NAME_WIDTH = 176;

/** Time across the board. */
export interface Scale {
  start: number;
  end: number;
  pixelsPerHour: number;
}

export const SNAP_MS = 5 * 60_000;
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

/** How much of the day is seen at once; the first is all of it. */
export const ZOOMS = ['day', 'half', 'quarter', 'detail'] as const;
export type Zoom = (typeof ZOOMS)[number];
export const USUAL_ZOOM: Zoom = 'half';

const SEEN: Record<Exclude<Zoom, 'day'>, { hours: number; atLeast: number }> = {
  half: { hours: 12, atLeast: 96 },
  quarter: { hours: 6, atLeast: 192 },
  detail: { hours: 3, atLeast: 384 },
};

/** The step `by` further in (+1) or out (-1); null where there is none. */
export const zoomed = (zoom: Zoom, by: 1 | -1): Zoom | null => ZOOMS[ZOOMS.indexOf(zoom) + by] ?? null;

/** `room`: pixels of the board beside the names. A small screen shows fewer hours, so that a visit can be read. */
export function scaleFor(zoom: Zoom, span: { start: number; end: number }, room: number): Scale {
  const { start, end } = span;
  if (zoom === 'day') return { start, end, pixelsPerHour: room / ((end - start) / HOUR_MS) };
  const { hours, atLeast } = SEEN[zoom];
  return { start, end, pixelsPerHour: Math.max(room / hours, atLeast) };
}

/**
 * How far to scroll so that the line of the present, or else the time in the middle, is at the same share of the `room` as
 * it was before.
 */
export function keptScroll(
  before: { scale: Scale; room: number; scroll: number },
  after: { scale: Scale; room: number },
  now: number,
): number {
  const { scale, room, scroll } = before;
  const line = left(scale, now) - scroll;
  const kept = line >= 0 && line <= room ? now : timeAt(scale, scroll + room / 2);
  const share = (left(scale, kept) - scroll) / room;
  return Math.max(0, left(after.scale, kept) - share * after.room);
}

const TICK_MINUTES = [15, 30, 60, 120, 180, 360];
/** Pixels that a time over the board takes; less than an hour is only told where there is plenty. */
const TICK_PIXELS = { hours: 44, minutes: 90 };

/** The times that are written over the board. */
export function ticks(scale: Scale): number[] {
  const fits = (minutes: number) =>
    (minutes / 60) * scale.pixelsPerHour >= (minutes < 60 ? TICK_PIXELS.minutes : TICK_PIXELS.hours);
  const step = (TICK_MINUTES.find(fits) ?? 360) * 60_000;
  const list: number[] = [];
  for (let at = scale.start; at < scale.end; at += step) list.push(at);
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
