import { type GeoPoint, haversineMetres } from '#kernel';

export interface Fix extends GeoPoint {
  /** Epoch milliseconds. */
  fixAt: number;
  accuracyMetres: number | null;
}

/** Slack for jitter of good receivers and for clocks that round to a second, metres. */
const SLACK_METRES = 60;
/** An accuracy circle larger than this excuses no more, metres. */
const MOST_EXCUSED_METRES = 300;
/** So many fixes in a row that agree with each other are believed whatever the others say: the phone was off, or flew. */
export const ESTABLISHED = 5;
/** A fix weighs something beside another only when so much time lies between them, milliseconds. */
export const STEP_MS = 5_000;
/** How many runs back a chain may skip; wilder tracks than this are noise anyway. */
const LOOK_BACK_RUNS = 24;

/** How fast somebody must have gone from `a` to `b`, metres a second, after what inaccuracy excuses. */
export function speedBetween(a: Fix, b: Fix): number {
  const circles = (a.accuracyMetres ?? 0) + (b.accuracyMetres ?? 0);
  const metres = haversineMetres(a, b) - Math.min(MOST_EXCUSED_METRES, circles) - SLACK_METRES;
  return metres <= 0 ? 0 : metres / Math.max(0.001, Math.abs(b.fixAt - a.fixAt) / 1000);
}

interface Run {
  first: number;
  last: number;
  /** How many of its fixes lie `STEP_MS` or more after the one counted before. */
  weight: number;
  /** Of the best chain that ends with this run. */
  chainWeight: number;
  before: Run | null;
}

/**
 * Which fixes of one track cannot be true? `fixes` are in order of time. The answer holds, for each fix, null when it is
 * believed, or the speed (metres a second) it would have taken to get there.
 *
 * "Reachable at the speed limit" is a partial order of place and time, so the largest set of fixes that one traveller
 * can have been at is a longest chain in it. Neighbours that agree form runs; runs are chained, the heaviest chain is
 * believed, the earlier one when two weigh the same. Weight is fixes that lie `STEP_MS` apart, so that a handful invented
 * within one second outweighs nothing. A wrong fix is therefore alone and condemned wherever it stands, the first one included as soon as two later ones agree with each other; and the verdict depends on the
 * fixes alone, not on the order in which they arrived.
 */
export function judgeFixes(fixes: readonly Fix[], limitMetresPerSecond: number): (number | null)[] {
  const runs = runsOf(fixes, limitMetresPerSecond);
  const believed = new Uint8Array(fixes.length);
  for (const run of runs) if (run.weight >= ESTABLISHED) believed.fill(1, run.first, run.last + 1);
  for (let run = bestChain(fixes, runs, limitMetresPerSecond); run; run = run.before)
    believed.fill(1, run.first, run.last + 1);
  return fixes.map((fix, i) => {
    if (believed[i]) return null;
    const near = [believed.lastIndexOf(1, i), believed.indexOf(1, i)].filter((n) => n >= 0);
    return Math.max(limitMetresPerSecond, ...near.map((n) => speedBetween(fixes[n]!, fix)));
  });
}

function runsOf(fixes: readonly Fix[], limit: number): Run[] {
  const runs: Run[] = [];
  let countedAt = 0;
  for (const [i, fix] of fixes.entries()) {
    const open = runs.at(-1);
    if (!open || speedBetween(fixes[i - 1]!, fix) > limit) {
      runs.push({ first: i, last: i, weight: 1, chainWeight: 0, before: null });
      countedAt = fix.fixAt;
      continue;
    }
    open.last = i;
    if (fix.fixAt - countedAt < STEP_MS) continue;
    open.weight += 1;
    countedAt = fix.fixAt;
  }
  return runs;
}

/** The last run of the heaviest chain. */
function bestChain(fixes: readonly Fix[], runs: readonly Run[], limit: number): Run | null {
  let best: Run | null = null;
  runs.forEach((run, r) => {
    run.chainWeight = run.weight;
    for (let back = r - 1; back >= Math.max(0, r - LOOK_BACK_RUNS); back--) {
      const earlier = runs[back]!;
      if (earlier.chainWeight + run.weight <= run.chainWeight) continue;
      if (speedBetween(fixes[earlier.last]!, fixes[run.first]!) > limit) continue;
      run.chainWeight = earlier.chainWeight + run.weight;
      run.before = earlier;
    }
    if (!best || run.chainWeight > best.chainWeight) best = run;
  });
  return best;
}
