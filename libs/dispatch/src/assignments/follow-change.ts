import type { Promised } from '../manual/day-effect.js';
import type { MovePlan, UnderWay } from './plan-move.js';

interface Change {
  /** The visit as it is promised now. */
  held: { startsAt: Date };
  /** The job as it is to be. */
  window: { windowStart: Date | null; windowEnd: Date | null };
  windowChanged: boolean;
  /** The arrival that goes with the present start. */
  arrival: UnderWay;
  /** The work has begun, or its worker is on the way: the start stays. */
  underWay: boolean;
  /** What the dispatcher asked for. */
  startsAt?: Date;
  /** Warnings that hold for the visit as it is: nobody is asked about them again. */
  known: readonly string[];
  promised: readonly Promised[];
  at: (startsAt: Date, underWay?: UnderWay) => MovePlan;
  now: Date;
}

/** A few seconds at the door are no reason to tell a worker another time. */
const EARLY_MS = 60_000;

/**
 * When a promised visit takes place after its job has changed: at its present time if that still works, else so as to
 * arrive when the window opens, else as soon as other work within the window leaves room. When nothing works, the plan of
 * the first of these that keeps the window, with what stands against it.
 */
export function followChange(change: Change): MovePlan {
  const { held, arrival, underWay, startsAt, at } = change;
  if (startsAt && !underWay) return unasked(at(startsAt), change);
  const keep = unasked(at(held.startsAt, arrival), change);
  if (underWay) return keep;
  const early = change.windowChanged && isEarly(keep, change);
  if (!early && isFree(keep)) return keep;
  const opening = openingOf(change);
  const tried = [opening, ...gapsOf(change, opening)].map((start) => unasked(at(start), change));
  return tried.find(isFree) ?? (early || keep.lateSeconds > 0 ? tried[0]! : keep);
}

const isFree = ({ refusals, warnings }: MovePlan): boolean => refusals.length + warnings.length === 0;

const isEarly = ({ arrivesAt }: MovePlan, { window: { windowStart } }: Change): boolean =>
  windowStart !== null && arrivesAt.getTime() < windowStart.getTime() - EARLY_MS;

const unasked = (plan: MovePlan, { known }: Change): MovePlan => ({
  ...plan,
  warnings: plan.warnings.filter((warning) => !known.includes(warning)),
});

/** Setting off so as to arrive when the window opens, or now. */
function openingOf({ window: { windowStart }, at, now }: Change): Date {
  if (!windowStart || windowStart <= now) return now;
  const { startsAt, arrivesAt } = at(windowStart);
  const wayMs = arrivesAt.getTime() - startsAt.getTime();
  return new Date(Math.max(now.getTime(), windowStart.getTime() - wayMs));
}

/** The ends of other work at which the visit could begin, in order. */
const gapsOf = ({ promised, window: { windowEnd } }: Change, opening: Date): Date[] =>
  promised
    .map(({ endsAt }) => endsAt)
    .filter((end) => end > opening && (!windowEnd || end < windowEnd))
    .sort((a, b) => a.getTime() - b.getTime());
