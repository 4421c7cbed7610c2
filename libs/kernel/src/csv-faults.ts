import type { FieldError } from './errors.js';

/** Lines count from 1, the header included; 0 is the file as a whole. No column: the whole line. */
export interface LineError extends FieldError {
  line: number;
  column: string;
}

export type FaultValues = Record<string, string | number>;
/** Faults by their code, each with the English sentence for its values. */
export type FaultSentences = Record<string, (values: FaultValues) => string>;

/** What keeps a file from being a table at all. */
export const FILE_FAULTS = {
  EMPTY_FILE: () => 'the file is empty',
  NOT_CSV: ({ reason }) => `${reason}`,
  NO_ROWS: () => 'there is no line below the header',
  TOO_MANY_ROWS: ({ limit }) => `has more than ${limit} rows`,
  TOO_MANY_COLUMNS: ({ limit }) => `has more than ${limit} columns`,
  WRONG_WIDTH: ({ actual, wanted }) => `has ${actual} columns, the header has ${wanted}`,
  UNKNOWN_COLUMN: ({ known }) => `there is no such column; known are ${known}`,
  DOUBLE_COLUMN: ({ field }) => `says the same as another column (${field})`,
} satisfies FaultSentences;

/** Builds errors of a file from its table of faults. */
export const lineErrors =
  <T extends FaultSentences>(sentences: T) =>
  (line: number, column: string, code: keyof T & string, values: FaultValues = {}): LineError => ({
    field: line === 0 ? 'file' : column ? `line ${line}, column ${column}` : `line ${line}`,
    message: sentences[code]!(values),
    code,
    values,
    line,
    column,
  });
