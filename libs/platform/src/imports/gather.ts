import { DomainError } from '#kernel';

/** What a route hands over: the whole file, or a stream of it. */
export type ImportBody = Buffer | AsyncIterable<Buffer>;

const MEBIBYTE = 1024 * 1024;

/**
 * The bytes in a buffer of their own, which may be given away to a thread. Reads no further than the limit.
 * @throws DomainError FILE_TOO_LARGE (413)
 */
export async function gather(body: ImportBody, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of Buffer.isBuffer(body) ? [body] : body) {
    length += chunk.length;
    if (length > maxBytes)
      throw new DomainError('FILE_TOO_LARGE', 413, `A file may have at most ${maxBytes / MEBIBYTE} MB.`, {
        limitBytes: maxBytes,
      });
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
