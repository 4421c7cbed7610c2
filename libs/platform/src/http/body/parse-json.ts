import { isUtf8 } from 'node:buffer';
import { checkJsonSize, DomainError } from '#kernel';
import { checkPlain, composeTexts, MAX_LEVELS } from '../plain-body.js';
import { notUtf8 } from '../utf8-body.js';

/** A name costs the parser about two microseconds where each is another, twenty times as much as a number in a list. */
const MOST_FIELDS = { fields: 30_000, fieldsOfOne: 1_000 };

/**
 * An object or list, or undefined for no text at all.
 * @throws DomainError ENTITY_PARSE_FAILED, TOO_DEEP (400), TOO_MANY_VALUES, TOO_MANY_FIELDS (413); Invalid NOT_UTF8
 */
export function parseJson(text: Buffer, maxValues: number): unknown {
  if (text.length === 0) return {};
  if (!isUtf8(text)) throw notUtf8('body');
  checkJsonSize(text, { values: maxValues, ...MOST_FIELDS, levels: MAX_LEVELS });
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
