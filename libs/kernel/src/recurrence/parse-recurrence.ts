import { type FieldError, Invalid } from '../errors.js';
import { isTimeZone } from '../time-zone.js';
import { parseRule } from './rule.js';
import { isDate } from './wall-time.js';

export interface RecurrenceInput {
  /** RFC 5545 RRULE text, for example `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`. FREQ is DAILY or longer. */
  rule: string;
  /** The date from which the rule counts, YYYY-MM-DD. It occurs only if the rule falls on it. */
  start: string;
  /** Time of day by the clocks of `timeZone`, HH:MM. */
  time: string;
  /** IANA name, for example `Europe/Berlin`. */
  timeZone: string;
  /** Dates that occur besides those of the rule (RDATE); COUNT and UNTIL do not apply to them. */
  extraDates?: readonly string[];
  /** Dates that do not occur, extra or not (EXDATE); COUNT counts them all the same. */
  excludedDates?: readonly string[];
}

/** A checked recurrence: plain data that can be stored as JSON and expanded later. */
export type Recurrence = Readonly<Required<RecurrenceInput>>;

/** No recurrence names or reaches a date outside of these. */
const FIRST_DATE = '1970-01-01';
export const LAST_DATE = '2199-12-31';
const MAX_LISTED_DATES = 1_000;

/** @throws Invalid with every field that is wrong: `rule`, `start`, `time`, `timeZone`, `extraDates[0]` ... */
export function parseRecurrence(input: RecurrenceInput): Recurrence {
  const { start, time, timeZone, extraDates = [], excludedDates = [] } = input;
  const errors: FieldError[] = [
    ...dateErrors('start', start),
    ...listErrors('extraDates', extraDates, start),
    ...listErrors('excludedDates', excludedDates),
  ];
  if (typeof time !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    errors.push({ field: 'time', message: 'The time must be written HH:MM, from 00:00 to 23:59.' });
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone))
    errors.push({ field: 'timeZone', message: 'The time zone must be an IANA name such as Europe/Berlin.' });
  const rule = ruleOf(input.rule, errors);
  if (errors.length > 0) throw new Invalid(errors);
  return {
    rule,
    start,
    time,
    timeZone,
    extraDates: sortedUnique(extraDates),
    excludedDates: sortedUnique(excludedDates),
  };
}

function ruleOf(text: string, errors: FieldError[]): string {
  try {
    return parseRule(text).text;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    errors.unshift(...error.errors);
    return '';
  }
}

function listErrors(field: string, dates: readonly string[], notBefore?: string): FieldError[] {
  if (!Array.isArray(dates) || dates.length > MAX_LISTED_DATES) {
    const message = `At most ${MAX_LISTED_DATES} dates can be listed.`;
    return [{ field, message, limit: MAX_LISTED_DATES }];
  }
  return dates.flatMap((date, index) => dateErrors(`${field}[${index}]`, date, notBefore));
}

function dateErrors(field: string, date: unknown, notBefore?: string): FieldError[] {
  if (typeof date !== 'string' || !isDate(date))
    return [{ field, message: 'The date must exist and be written YYYY-MM-DD.' }];
  if (date < FIRST_DATE || date > LAST_DATE)
    return [{ field, message: `The date must lie between ${FIRST_DATE} and ${LAST_DATE}.` }];
  if (notBefore !== undefined && date < notBefore)
    return [{ field, message: 'An extra date cannot lie before the start.' }];
  return [];
}

const sortedUnique = (dates: readonly string[]): string[] => [...new Set(dates)].sort();
