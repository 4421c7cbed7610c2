import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Invalid } from '#kernel';

/** A request whose bytes were no UTF-8: decoded all the same, its letters would be kept lost. */
export interface MaybeBroken extends IncomingMessage {
  /** What to name in the refusal. */
  notUtf8?: string;
}

const notUtf8 = (field: string): Invalid =>
  Invalid.field(field, 'is not UTF-8 text', undefined, { code: 'NOT_UTF8' });

/** @throws Invalid NOT_UTF8 */
export function checkUtf8(content: Buffer, field: string): void {
  if (!isUtf8(content)) throw notUtf8(field);
}

/**
 * `verify` of the body parsers; `charset` is what the content type says, UTF-8 when it says nothing. An error thrown
 * here would lose what it says on its way through them, so `refuseBroken` throws it behind them.
 */
export const markBroken =
  (field: string) =>
  (request: MaybeBroken, _response: unknown, content: Buffer, charset: string): void => {
    if (charset.toLowerCase() === 'utf-8' && !isUtf8(content)) request.notUtf8 = field;
  };

/** @throws Invalid NOT_UTF8 */
export function refuseBroken(request: MaybeBroken): void {
  if (request.notUtf8) throw notUtf8(request.notUtf8);
}
