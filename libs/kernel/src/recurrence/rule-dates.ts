import { RRuleTemporal } from 'rrule-temporal';
import type { Rule } from './rule.js';
import { dateOf } from './wall-time.js';

/** More than the days of the two centuries that dates can lie in. */
const MAX_STEPS = 200_000;
export const COUNTED_YEARS = 100;

/** Gives the dates of a rule within [from, before), each YYYY-MM-DD, in order. */
export type RuleDates = (from: string, before: string) => string[];

/**
 * Expands a rule, UNTIL apart, in a calendar without time zones: each date is noon in UTC, where no clock ever
 * changes. A date on which the rule does not fall does not occur, the start included. A rule with COUNT ends a century
 * after the start at the latest.
 *
 * @param start YYYY-MM-DD: the first date that may occur, and the one that the rule counts from
 */
export function ruleDates(rule: Rule, start: string): RuleDates {
  const expander = new RRuleTemporal({
    rruleString: `DTSTART:${start.replaceAll('-', '')}T120000Z\nRRULE:${rule.withoutUntil}`,
    maxIterations: MAX_STEPS,
    cache: false,
  });
  const expand: RuleDates = (from, before) =>
    expander
      .between(new Date(`${from}T00:00:00Z`), new Date(`${before}T00:00:00Z`))
      .map((noon) => dateOf(noon.epochMilliseconds));
  if (!rule.isCounted) return (from, before) => (from < before ? expand(from, before) : []);

  // The expander walks from the start each time: once is enough.
  const all = expand(start, `${Number(start.slice(0, 4)) + COUNTED_YEARS}-12-31`);
  return (from, before) => all.filter((date) => from <= date && date < before);
}
