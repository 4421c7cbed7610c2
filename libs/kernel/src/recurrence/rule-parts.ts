import { Invalid } from '../errors.js';

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** The parts of a rule by name, for example `BYDAY` -> `MO,WE`. */
export type RuleParts = ReadonlyMap<string, string>;

interface NumberPart {
  name: string;
  highest: number;
  /** Negative numbers count from the end. */
  signed: boolean;
  list: boolean;
  /** RFC 5545 allows the part with these frequencies only. */
  frequencies: readonly Frequency[];
}

const numberParts: readonly NumberPart[] = [
  { name: 'COUNT', highest: 10_000, signed: false, list: false, frequencies: FREQUENCIES },
  { name: 'BYMONTH', highest: 12, signed: false, list: true, frequencies: FREQUENCIES },
  {
    name: 'BYMONTHDAY',
    highest: 31,
    signed: true,
    list: true,
    frequencies: ['DAILY', 'MONTHLY', 'YEARLY'],
  },
  { name: 'BYYEARDAY', highest: 366, signed: true, list: true, frequencies: ['YEARLY'] },
  { name: 'BYWEEKNO', highest: 53, signed: true, list: true, frequencies: ['YEARLY'] },
  {
    name: 'BYSETPOS',
    highest: 366,
    signed: true,
    list: true,
    // A day holds one date, so there is no position to choose.
    frequencies: ['WEEKLY', 'MONTHLY', 'YEARLY'],
  },
];

/** Up to some 20 years from one period to the next: see the length of a search in occurrences.ts. */
const highestInterval = { DAILY: 7_500, WEEKLY: 1_000, MONTHLY: 240, YEARLY: 20 };

const WEEKDAY = /^(MO|TU|WE|TH|FR|SA|SU)$/;
const NTH_WEEKDAY = /^([+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$/;

export const ruleFault = (message: string, limit?: string | number): Invalid =>
  Invalid.field('rule', message, limit);

/** @throws Invalid (`rule`) when a part is out of its range or does not go with the others */
export function checkParts(parts: RuleParts, frequency: Frequency): void {
  const interval = { name: 'INTERVAL', highest: highestInterval[frequency], signed: false, list: false };
  for (const part of [...numberParts, { ...interval, frequencies: FREQUENCIES }])
    checkNumbers(part, parts.get(part.name), frequency);
  const weekStart = parts.get('WKST');
  if (weekStart !== undefined && !WEEKDAY.test(weekStart)) throw ruleFault('WKST must be one of MO to SU.');
  checkWeekdays(parts, frequency);
  checkYearly(parts);
  checkPositions(parts, frequency);
  if (parts.has('COUNT') && parts.has('UNTIL'))
    throw ruleFault('COUNT and UNTIL exclude each other: give one of them.');
}

function checkNumbers(part: NumberPart, value: string | undefined, frequency: Frequency): void {
  if (value === undefined) return;
  const { name, highest, signed, list, frequencies } = part;
  if (!frequencies.includes(frequency))
    throw ruleFault(`${name} cannot be used with FREQ=${frequency}.`, frequencies.join(', '));
  for (const item of list ? value.split(',') : [value]) {
    const number = /^[+-]?\d{1,5}$/.test(item) ? Number(item) : 0;
    const size = signed ? Math.abs(number) : number;
    if (size < 1 || size > highest)
      throw ruleFault(
        `${name} must be ${list ? 'a list of numbers' : 'a number'} from 1 to ${highest}` +
          `${signed ? `, or from -1 to -${highest} to count from the end` : ''}.`,
        highest,
      );
  }
}

function checkWeekdays(parts: RuleParts, frequency: Frequency): void {
  const nth = frequency === 'MONTHLY' || (frequency === 'YEARLY' && !parts.has('BYWEEKNO'));
  // A 53rd weekday exists in few years; the library would take one of the year beside.
  const highest = frequency === 'MONTHLY' || parts.has('BYMONTH') ? 5 : 52;
  const items = parts.get('BYDAY')?.split(',') ?? [];
  if (new Set(items.map((item) => /\d/.test(item))).size > 1)
    throw ruleFault('BYDAY must number all of its weekdays or none.');
  for (const item of items) {
    const match = NTH_WEEKDAY.exec(item);
    if (!match) throw ruleFault('BYDAY must be a list of weekdays such as MO, 1MO or -1FR.');
    if (match[1] === undefined) continue;
    if (!nth)
      throw ruleFault(
        'BYDAY with a number, such as 1MO, needs FREQ=MONTHLY, or FREQ=YEARLY without BYWEEKNO.',
      );
    const size = Math.abs(Number(match[1]));
    if (size < 1 || size > highest)
      throw ruleFault(`The number of a weekday must be 1 to ${highest}.`, highest);
  }
}

/** RFC 5545 allows these combinations too, but libraries expand them to different dates: nobody could rely on them. */
function checkYearly(parts: RuleParts): void {
  const exclude = (name: string, others: readonly string[]) => {
    const other = parts.has(name) && others.find((part) => parts.has(part));
    if (other) throw ruleFault(`${name} cannot be combined with ${other}.`);
  };
  exclude('BYYEARDAY', ['BYWEEKNO', 'BYDAY', 'BYMONTHDAY']);
  exclude('BYWEEKNO', ['BYMONTHDAY', 'BYSETPOS']);
  if (parts.has('BYWEEKNO') && !parts.has('BYDAY'))
    throw ruleFault('BYWEEKNO needs BYDAY: the weekdays of those weeks.');
  if (parts.get('FREQ') === 'YEARLY' && /\d/.test(parts.get('BYDAY') ?? '')) exclude('BYMONTHDAY', ['BYDAY']);
}

function checkPositions(parts: RuleParts, frequency: Frequency): void {
  const positions = parts.get('BYSETPOS');
  if (positions === undefined) return;
  if (![...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS'))
    throw ruleFault('BYSETPOS chooses among the dates of another part: give BYDAY or BYMONTHDAY too.');
  const weekdays = parts.get('BYDAY')?.split(',').length ?? 1;
  const most = { DAILY: 1, WEEKLY: weekdays, MONTHLY: 31, YEARLY: 366 }[frequency];
  if (positions.split(',').some((position) => Math.abs(Number(position)) > most))
    throw ruleFault(`BYSETPOS can be at most ${most} here: there are no more dates to choose from.`, most);
}
