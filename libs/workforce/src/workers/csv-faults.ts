import { type FaultSentences, type FaultValues, FILE_FAULTS, lineErrors } from '#kernel';

/** Everything that can be wrong with a file of workers. */
export const CSV_FAULTS = {
  ...FILE_FAULTS,
  MISSING_COLUMN: () => 'is missing',
  EMPTY_NAME: () => 'must not be empty',
  TOO_LONG: ({ actual, limit }) => `has ${actual} characters, at most ${limit}`,
  TOO_MANY_ITEMS: ({ limit }) => `lists more than ${limit}`,
  NUL_CHARACTER: () => 'holds a NUL character',
  NOT_A_PHONE: () => 'must be a telephone number',
  NOT_A_SKILL: ({ value }) => `"${value}" is not a skill such as gas:3`,
  NOT_A_LEVEL: ({ skill, value }) => `the level of ${skill} must be 1 to 5, not "${value}"`,
  DOUBLE_SKILL: ({ skill }) => `${skill} is named twice`,
  NOT_A_WEEKDAY: ({ value }) => `"${value}" is not a weekday (1 to 7, or mon to sun)`,
  NOT_A_TIME: () => 'must be a time such as 08:30',
  PARTIAL_HOURS: () => 'weekdays, start and end belong together',
  UNKNOWN_AREA: ({ value }) => `there is no area named ${value}`,
  UNKNOWN_ZONE: ({ value }) => `${value} is not a known IANA time zone`,
  DOUBLE_REF: ({ other }) => `stands on line ${other} already`,
} satisfies FaultSentences;

export type CsvFault = keyof typeof CSV_FAULTS;

export const csvError = lineErrors(CSV_FAULTS);

/** Thrown where a cell is read, which does not know its line. */
export class BadCell extends Error {
  constructor(
    readonly code: CsvFault,
    readonly values: FaultValues = {},
  ) {
    super(code);
  }
}
