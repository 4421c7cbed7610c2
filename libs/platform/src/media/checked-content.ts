import { createHash } from 'node:crypto';
import { DomainError } from '#kernel';
import type { ObjectFacts } from './media-store.js';

/**
 * Passes the bytes on and fails unless they are those that were announced. The last piece is passed on only when it is
 * known that they are, so that whoever stores them never has all of something else.
 *
 * @throws DomainError CONTENT_DIFFERS (422)
 */
export async function* checkedContent(
  content: AsyncIterable<Uint8Array>,
  { bytes, sha256 }: ObjectFacts,
): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  let length = 0;
  let last: Uint8Array = new Uint8Array();
  for await (const piece of content) {
    if (last.length > 0) yield last;
    hash.update(piece);
    length += piece.length;
    last = piece;
    if (length > bytes) break;
  }
  if (length !== bytes || hash.digest('hex') !== sha256)
    throw new DomainError('CONTENT_DIFFERS', 422, 'What came is not what was announced; send it anew.');
  yield last;
}
