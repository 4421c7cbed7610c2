import { Invalid } from '../errors.js';
import { LAST_DATE, type Recurrence } from './parse-recurrence.js';
import { parseRule, type Rule } from './rule.js';
import { ruleDates } from './rule-dates.js';
import { dateOf, type Instant, instantOf } from './wall-time.js';

export interface Occurrence {
  at: Date;
  /** The date by the rule, YYYY-MM-DD. By the clock it is a day later where a time before midnight is skipped. */
  date: string;
}

const DAY_MS = 86_400_000;
/** More than any zone's offset from UTC and the longest gap, a skipped date, together. */
const MARGIN_MS = 3 * DAY_MS;
/** Longer than sensible rules pause: 29 February of a given weekday can be 40 years away. */
const MAX_PAUSE_MS = 50 * 366 * DAY_MS;
const FIRST_WINDOW_DAYS = 32;
const MAX_LIMIT = 10_000;

/**
 * The occurrences within [from, to), in order, the first `limit` of them (1 to 10,000). The search ends when nothing
 * occurred for 50 years, so that a rule for 30 February costs little, and with the year 2199.
 *
 * Each date of the rule occurs once, whatever the clocks do on it: `instantOf` says how. (RFC 5545, section 3.3.10,
 * drops an occurrence whose time is skipped; work that is due must not vanish.) Only where a zone skips a whole date
 * do two dates fall on one instant, and count as one occurrence.
 *
 * @throws Invalid (`from`, `to`, `limit`), and (`rule`) for a recurrence that `parseRecurrence` did not make
 */
export function occurrencesBetween(
  recurrence: Recurrence,
  from: Date,
  to: Date,
  limit = 1_000,
): Occurrence[] {
  checkInstant('from', from);
  checkInstant('to', to);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw Invalid.field('limit', `The limit must be a whole number from 1 to ${MAX_LIMIT}.`, MAX_LIMIT);
  const found: Occurrence[] = [];
  for (const occurrence of occurrencesFrom(recurrence, from.getTime(), to.getTime(), limit)) {
    found.push(occurrence);
    if (found.length === limit) break;
  }
  return found;
}

/**
 * The first occurrence later than `after`, or null if there is none. The search ends like that of `occurrencesBetween`.
 *
 * @throws Invalid (`after`), and (`rule`) for a recurrence that `parseRecurrence` did not make
 */
export function nextOccurrence(recurrence: Recurrence, after: Date): Occurrence | null {
  checkInstant('after', after);
  for (const next of occurrencesFrom(recurrence, after.getTime() + 1, Number.POSITIVE_INFINITY, 1))
    return next;
  return null;
}

/**
 * Looks through windows that double in length: a dense rule is not expanded far beyond what is wanted, and a sparse
 * one is found in a few steps.
 */
function* occurrencesFrom(
  recurrence: Recurrence,
  from: Instant,
  before: Instant,
  wanted: number,
): Generator<Occurrence> {
  const occurrencesOn = expanderOf(recurrence);
  const first = Math.max(dayOf(from - MARGIN_MS), Date.parse(recurrence.start));
  const end = Math.min(dayOf(before + MARGIN_MS), Date.parse(LAST_DATE) + DAY_MS);
  let days = Math.max(wanted, FIRST_WINDOW_DAYS);
  let latest = Number.NEGATIVE_INFINITY;
  let giveUp = first + MAX_PAUSE_MS;
  let start = first;
  while (start < Math.min(end, giveUp)) {
    const windowEnd = Math.min(start + days * DAY_MS, end, giveUp);
    for (const { at, date } of occurrencesOn(dateOf(start), dateOf(windowEnd))) {
      if (at <= latest) continue;
      latest = at;
      giveUp = Date.parse(date) + MAX_PAUSE_MS;
      if (from <= at && at < before) yield { at: new Date(at), date };
    }
    start = windowEnd;
    days *= 2;
  }
}

/** Gives the occurrences on dates within [from, before), in order. */
function expanderOf(recurrence: Recurrence) {
  const { start, time, timeZone, extraDates } = recurrence;
  const rule = parseRule(recurrence.rule);
  const datesOf = ruleDates(rule, start);
  const ruleEnd = dayAfterLast(rule);
  const excluded = new Set(recurrence.excludedDates);
  const extra = new Set(extraDates);
  const { untilInstant = Number.POSITIVE_INFINITY } = rule;

  return (from: string, before: string): { date: string; at: Instant }[] => {
    const dates = new Set(datesOf(from, before < ruleEnd ? before : ruleEnd));
    for (const date of extraDates) if (from <= date && date < before) dates.add(date);
    return [...dates]
      .filter((date) => !excluded.has(date))
      .sort()
      .map((date) => ({ date, at: instantOf(date, time, timeZone) }))
      .filter(({ date, at }) => at <= untilInstant || extra.has(date));
  };
}

/** The day after the last date on which the rule can fall, with a margin where UNTIL is an instant. */
function dayAfterLast({ untilDate, untilInstant }: Rule): string {
  let last = Date.parse(LAST_DATE);
  if (untilDate !== undefined) last = Math.min(last, Date.parse(untilDate));
  if (untilInstant !== undefined) last = Math.min(last, untilInstant + MARGIN_MS);
  return dateOf(last + DAY_MS);
}

/** The first instant of the UTC day. */
const dayOf = (at: Instant): Instant => Math.floor(at / DAY_MS) * DAY_MS;

function checkInstant(field: string, date: Date): void {
  if (Number.isNaN(date.getTime())) throw Invalid.field(field, 'The time is not valid.');
}
