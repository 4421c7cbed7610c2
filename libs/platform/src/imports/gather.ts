import { DomainError } from '#kernel';
import { Pieces } from '../http/body/pieces.js';

/** What a route hands over: the whole file, or a stream of it. */
export type ImportBody = Buffer | AsyncIterable<Buffer>;

const MEBIBYTE = 1024 * 1024;

/**
 * The bytes in a buffer of their own, which may be given away to a thread. Reads no further than the limit. What has
 * memory of its own already is not copied: whoever hands it over lets go of it.
 * @throws DomainError FILE_TOO_LARGE (413)
 */
export async function gather(body: ImportBody, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = new Pieces();
  let length = 0;
  for await (const chunk of Buffer.isBuffer(body) ? [body] : body) {
    length += chunk.length;
    if (length > maxBytes)
      throw new DomainError('FILE_TOO_LARGE', 413, `A file may have at most ${maxBytes / MEBIBYTE} MB.`, {
        limitBytes: maxBytes,
      });
    if (Buffer.isBuffer(body) && isAlone(body)) return new Uint8Array(body.buffer);
    pieces.add(chunk);
  }
  return new Uint8Array((await pieces.joined()).buffer as ArrayBuffer);
}

const isAlone = (bytes: Buffer): bytes is Buffer<ArrayBuffer> =>
  bytes.length === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;
