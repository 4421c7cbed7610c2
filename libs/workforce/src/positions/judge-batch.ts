import { ESTABLISHED, type Fix, judgeFixes, STEP_MS } from './judge-fixes.js';

/** The closest fixes of one phone of this product, milliseconds. */
const DENSE_MS = 2_000;
/**
 * How many neighbours in time on either side are read; the nearer half of them is judged again. Enough to see a stretch
 * that is established in fixes as dense as the phone sends them.
 */
export const NEIGHBOURS = 2 * Math.ceil(((ESTABLISHED + 1) * STEP_MS) / DENSE_MS);
/** Two fixes of the same second are one: more of them say nothing more about where somebody was. */
export const slotOf = ({ fixAt }: { fixAt: number }): number => Math.floor(fixAt / 1_000);

export interface Judged<F extends Fix> {
  /** New fixes in order of time with their verdicts, each second once. */
  fresh: (F & { jumpSpeed: number | null })[];
  /** Known ones whose verdict is another now. */
  changed: (F & { jumpSpeed: number | null })[];
  /** Every second looked at (`slotOf`), and its verdict now. */
  verdicts: Map<number, number | null>;
}

/**
 * Judges what arrived of one worker among what is known around it. Of two fixes of the same second the known or first
 * one counts. Known fixes far from anything new only give evidence, since their own neighbours were not all read.
 */
export function judgeBatch<F extends Fix>(
  known: readonly (F & { jumpSpeed: number | null })[],
  arrived: readonly F[],
  limitMetresPerSecond: number,
): Judged<F> {
  const before = new Map(known.map((fix) => [slotOf(fix), fix]));
  const track = new Map<number, F>(before);
  for (const fix of arrived) if (!track.has(slotOf(fix))) track.set(slotOf(fix), fix);
  const fixes = [...track.values()].sort((a, b) => a.fixAt - b.fixAt);
  const speeds = judgeFixes(fixes, limitMetresPerSecond);
  const near = nearFresh(fixes.map((fix) => !before.has(slotOf(fix))));
  const judged: Judged<F> = { fresh: [], changed: [], verdicts: new Map() };
  fixes.forEach((fix, i) => {
    const old = before.get(slotOf(fix));
    const jumpSpeed = old && !near[i] ? old.jumpSpeed : speeds[i]!;
    judged.verdicts.set(slotOf(fix), jumpSpeed);
    if (!old) judged.fresh.push({ ...fix, jumpSpeed });
    else if ((old.jumpSpeed === null) !== (jumpSpeed === null)) judged.changed.push({ ...old, jumpSpeed });
  });
  return judged;
}

/** Is there something new at most half the neighbourhood away? */
function nearFresh(fresh: readonly boolean[]): boolean[] {
  const near = fresh.map(() => false);
  const mark = (order: number[]) => {
    let since = Number.POSITIVE_INFINITY;
    for (const i of order) {
      since = fresh[i] ? 0 : since + 1;
      if (since <= NEIGHBOURS / 2) near[i] = true;
    }
  };
  const order = fresh.map((_, i) => i);
  mark(order);
  mark(order.reverse());
  return near;
}
