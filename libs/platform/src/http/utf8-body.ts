import { isUtf8 } from 'node:buffer';
import { Invalid } from '#kernel';

/** Decoded all the same, its letters would be kept lost. */
export const notUtf8 = (field: string): Invalid =>
  Invalid.field(field, 'is not UTF-8 text', undefined, { code: 'NOT_UTF8' });

/** @throws Invalid NOT_UTF8 */
export function checkUtf8(content: Buffer, field: string): void {
  if (!isUtf8(content)) throw notUtf8(field);
}
