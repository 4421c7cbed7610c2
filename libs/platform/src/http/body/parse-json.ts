import { isUtf8 } from 'node:buffer';
import { DomainError } from '#kernel';
import { checkPlain, composeTexts } from '../plain-body.js';
import { tooManyValues } from '../too-many-values.js';
import { notUtf8 } from '../utf8-body.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;

/** A name costs the parser two microseconds, where each is another; twenty times as much as a number in a list. */
const MOST_FIELDS = 30_000;

/**
 * How many values and fields a JSON text can hold at most, from its commas, brackets and colons outside of strings: what
 * it costs to parse and check it grows with them, not with its length. Stops counting beyond a limit.
 */
export function countValues(
  text: Buffer,
  mostValues: number,
  mostFields = MOST_FIELDS,
): { values: number; fields: number } {
  let values = 1;
  let fields = 0;
  for (let at = 0; at < text.length && values <= mostValues && fields <= mostFields; at++) {
    const byte = text[at]!;
    if (byte === QUOTE) at = endOfString(text, at);
    else if (byte === COMMA || byte === OPEN_LIST || byte === OPEN_OBJECT) values++;
    else if (byte === COLON) fields++;
  }
  return { values, fields };
}

function endOfString(text: Buffer, start: number): number {
  for (let end = text.indexOf(QUOTE, start + 1); end !== -1; end = text.indexOf(QUOTE, end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * An object or list, or undefined for no text at all.
 * @throws DomainError ENTITY_PARSE_FAILED (400), TOO_MANY_VALUES, TOO_MANY_FIELDS (413); Invalid NOT_UTF8
 */
export function parseJson(text: Buffer, maxValues: number): unknown {
  if (text.length === 0) return {};
  if (!isUtf8(text)) throw notUtf8('body');
  const { values, fields } = countValues(text, maxValues);
  if (values > maxValues) throw tooManyValues(maxValues);
  if (fields > MOST_FIELDS)
    throw new DomainError('TOO_MANY_FIELDS', 413, `A request may hold at most ${MOST_FIELDS} fields.`, {
      limit: MOST_FIELDS,
    });
  let value: unknown;
  try {
    value = JSON.parse(text.toString('utf8'));
  } catch (error) {
    throw new DomainError('ENTITY_PARSE_FAILED', 400, `The body is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null)
    throw new DomainError('ENTITY_PARSE_FAILED', 400, 'The body must be a JSON object or list.');
  checkPlain(value);
  composeTexts(value);
  return value;
}
