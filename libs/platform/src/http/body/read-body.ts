import {
  type BrotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type Gunzip,
  type Inflate,
} from 'node:zlib';
import type { Request } from 'express';
import { DomainError } from '#kernel';
import { type Encoding, tooLarge } from './body.guard.js';
import { Pieces } from './pieces.js';

/** What people's files and forms shrink to at best; a bomb shrinks a thousandfold and more. */
const MAX_RATIO = 30;
/** Too little to tell. */
const RATIO_FROM_BYTES = 64 * 1024;

/** Four times what Node takes by itself: each piece is a way to a thread and back. */
const UNPACKED_AT_ONCE = { chunkSize: 64 * 1024 };

const UNPACK: Record<Encoding, () => Gunzip | Inflate | BrotliDecompress> = {
  gzip: () => createGunzip(UNPACKED_AT_ONCE),
  deflate: () => createInflate(UNPACKED_AT_ONCE),
  br: () => createBrotliDecompress(UNPACKED_AT_ONCE),
};

/**
 * Reads a body to its end, unpacks it, and stops as soon as it is larger than `maxBytes`, has grown more than
 * thirtyfold, or takes too long. What is left unread is thrown away by `discardUnread`.
 *
 * The bytes have memory of their own, so that they can be given away to a thread.
 *
 * @throws DomainError ENTITY_TOO_LARGE, FILE_TOO_LARGE (413), BODY_TOO_SLOW (408), BROKEN_ENCODING (400)
 */
export async function readBody(
  request: Request,
  how: { maxBytes: number; encoding: Encoding | null; isFile: boolean; withinMs: number },
): Promise<Buffer> {
  const { maxBytes, encoding, isFile, withinMs } = how;
  const unpacker = encoding && UNPACK[encoding]();
  const pieces = new Pieces(encoding ? undefined : Number(request.headers['content-length']));
  let bytes = 0;
  const take = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes, isFile);
    if (unpacker && bytes > RATIO_FROM_BYTES && bytes > MAX_RATIO * unpacker.bytesWritten)
      throw new DomainError('PACKED_TOO_TIGHTLY', 413, `A body may grow at most ${MAX_RATIO}fold.`, {
        limitRatio: MAX_RATIO,
      });
    pieces.add(chunk);
  };
  await new Promise<void>((resolve, reject) => {
    const source = unpacker ? request.pipe(unpacker) : request;
    const onData = (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        end(error as Error);
      }
    };
    const onEnd = () => end();
    const onBroken = () =>
      end(new DomainError('BROKEN_ENCODING', 400, `The body is not ${encoding}, or it is cut off.`));
    const onClose = () => {
      if (!request.complete) end(new DomainError('REQUEST_ABORTED', 400, 'The request was cut off.'));
    };
    const timer = setTimeout(
      () => end(new DomainError('BODY_TOO_SLOW', 408, `The body did not come within ${withinMs / 1000} s.`)),
      withinMs,
    );
    const end = (error?: Error) => {
      clearTimeout(timer);
      source.off('data', onData).off('end', onEnd);
      request.off('error', onClose).off('close', onClose);
      if (unpacker) {
        request.unpipe(unpacker);
        unpacker.off('error', onBroken).on('error', () => undefined);
        unpacker.destroy();
      }
      if (error) reject(error);
      else resolve();
    };
    unpacker?.on('error', onBroken);
    request.on('error', onClose).on('close', onClose);
    source.on('data', onData).on('end', onEnd);
    if (request.destroyed) onClose();
  });
  return pieces.joined();
}
