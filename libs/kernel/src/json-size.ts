import { DomainError } from './errors.js';

export interface JsonLimits {
  /** Each field of an object and each item of a list is a value. */
  values: number;
  fields: number;
  fieldsOfOne: number;
  levels: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Judges a JSON text by its commas, brackets and colons outside of strings, before anything parses it: what it costs to
 * parse and check it grows with its values and names, not with its length. Looks no further than the first limit.
 *
 * @throws DomainError TOO_MANY_VALUES, TOO_MANY_FIELDS (413), TOO_DEEP (400)
 */
export function checkJsonSize(text: Uint8Array, limits: JsonLimits): void {
  let [values, fields, level] = [1, 0, 0];
  /** How many fields the object has that is open at each level. */
  const own: number[] = [0];
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!;
    if (byte === QUOTE) at = endOfString(text, at);
    else if (byte === COMMA) values++;
    else if (byte === COLON) {
      fields++;
      if (++own[level]! > limits.fieldsOfOne) throw tooManyFields(limits.fieldsOfOne, 'An object');
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      values++;
      own[++level] = 0;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) level--;
    else continue;
    if (level > limits.levels) throw tooDeep(limits.levels);
    if (values > limits.values) throw tooManyValues(limits.values);
    if (fields > limits.fields) throw tooManyFields(limits.fields, 'A request');
  }
}

function endOfString(text: Uint8Array, start: number): number {
  for (let end = text.indexOf(QUOTE, start + 1); end !== -1; end = text.indexOf(QUOTE, end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

export const tooManyValues = (limit: number) =>
  new DomainError('TOO_MANY_VALUES', 413, `A request may hold at most ${limit} values here.`, { limit });

const tooManyFields = (limit: number, of: string) =>
  new DomainError('TOO_MANY_FIELDS', 413, `${of} may hold at most ${limit} fields here.`, { limit });

export const tooDeep = (limit: number) =>
  new DomainError('TOO_DEEP', 400, `Nothing may be nested deeper than ${limit} levels.`, { limit });
