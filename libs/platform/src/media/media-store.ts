import type { Readable } from 'node:stream';
import { DomainError } from '#kernel';

/** Read from its beginning, again for each attempt to store it. What it throws ends the attempt, and nothing is stored. */
export type Content = () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What is known of an object before a byte of it is sent. */
export interface ObjectFacts {
  bytes: number;
  /** Hex. */
  sha256: string;
}

/**
 * Where the bytes of files lie: a folder, or a bucket. Keys are made here, of hex digits, dashes and slashes, and name one
 * content for ever; the first part of a key is the organisation. Every call fails with MEDIA_UNAVAILABLE (503) when the
 * store does not answer, and may then be made again.
 */
export abstract class MediaStore {
  /** All of it is safe when this ends; when it fails nothing stands under the key, or all of it. */
  abstract put(key: string, content: Content, facts: ObjectFacts): Promise<void>;

  /** From the beginning, as it comes. @throws NotFound */
  abstract read(key: string): Promise<Readable>;

  /** Nothing happens where there is nothing. */
  abstract delete(key: string): Promise<void>;

  /** Everything whose key starts with `folder` and a slash. */
  abstract deleteFolder(folder: string): Promise<void>;
}

export const mediaUnavailable = (): DomainError =>
  new DomainError(
    'MEDIA_UNAVAILABLE',
    503,
    'Files cannot be stored or read at this moment. Nothing was lost; send the same again.',
    { retryAfterSeconds: 10 },
  );
