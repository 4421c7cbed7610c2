import { checkParts, FREQUENCIES, type Frequency, type RuleParts, ruleFault } from './rule-parts.js';
import { type Instant, isDate } from './wall-time.js';

/** A rule that passed every check. */
export interface Rule {
  /** RFC 5545 RRULE text in capitals, without its name `RRULE:`. */
  text: string;
  /** The same without UNTIL, which is applied to the occurrences and not to bare dates. */
  withoutUntil: string;
  /** UNTIL as a date: the last date that may occur. */
  untilDate?: string;
  /** UNTIL as a UTC time: the last instant that may occur, in epoch milliseconds. */
  untilInstant?: Instant;
  /** COUNT is given: what occurs depends on everything since the start. */
  isCounted: boolean;
}

const MAX_RULE_LENGTH = 500;
const names = new Set(
  'FREQ INTERVAL COUNT UNTIL WKST BYMONTH BYMONTHDAY BYDAY BYYEARDAY BYWEEKNO BYSETPOS'.split(' '),
);

/**
 * Reads RFC 5545 RRULE text and checks each part (section 3.3.10). Rules repeat dates: FREQ is DAILY or longer, and
 * the time of day is not part of the rule.
 *
 * @throws Invalid (`rule`)
 */
export function parseRule(input: string): Rule {
  if (typeof input !== 'string' || input.length > MAX_RULE_LENGTH)
    throw ruleFault(`A rule is a text of at most ${MAX_RULE_LENGTH} characters.`, MAX_RULE_LENGTH);
  const text = input
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '');
  const parts = partsOf(text);
  checkParts(parts, frequencyOf(parts));
  const until = parts.get('UNTIL');
  const withoutUntil = text.split(';').filter((part) => !part.startsWith('UNTIL='));
  return {
    text,
    withoutUntil: withoutUntil.join(';'),
    isCounted: parts.has('COUNT'),
    ...(until !== undefined && untilOf(until)),
  };
}

function partsOf(text: string): RuleParts {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const match = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part);
    if (!match) throw ruleFault('A rule is a list of parts such as FREQ=WEEKLY;BYDAY=MO,WE.');
    const [, name, value] = match as unknown as [string, string, string];
    if (['BYHOUR', 'BYMINUTE', 'BYSECOND'].includes(name))
      throw ruleFault(`${name} cannot be used: the time of day is the one of the start.`);
    if (!names.has(name)) throw ruleFault(`${name.slice(0, 20)} is not a part of a rule.`);
    if (parts.has(name)) throw ruleFault(`${name} is given twice.`);
    parts.set(name, value);
  }
  return parts;
}

function frequencyOf(parts: RuleParts): Frequency {
  const name = parts.get('FREQ');
  if (name === undefined) throw ruleFault('FREQ is missing.', FREQUENCIES.join(', '));
  const frequency = FREQUENCIES.find((known) => known === name);
  if (!frequency)
    throw ruleFault('FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY: nothing shorter than a day.');
  return frequency;
}

function untilOf(value: string): Pick<Rule, 'untilDate' | 'untilInstant'> {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z)?$/.exec(value);
  const date = match ? `${match[1]}-${match[2]}-${match[3]}` : '';
  if (!match || !isDate(date))
    throw ruleFault('UNTIL must be a date (20271231) or a time in UTC (20271231T120000Z).');
  if (match[4] === undefined) return { untilDate: date };
  return { untilInstant: Date.parse(`${date}T${match[4]}:${match[5]}:${match[6]}Z`) };
}
