import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { StoredMedia } from './media.js';

/** An answer that is a file. Where the store is cut off on the way the answer is too, so that nobody takes it for whole. */
export function sendMedia({ id, mediaType, bytes }: StoredMedia, content: Readable): StreamableFile {
  return new StreamableFile(content, {
    type: mediaType,
    length: bytes,
    disposition: `inline; filename="${id}.${mediaType.split('/')[1]}"`,
  });
}
