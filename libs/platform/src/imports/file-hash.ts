import { webcrypto } from 'node:crypto';

/** SHA-256 in hex, reckoned away from the event loop. */
export const fileHash = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Buffer<ArrayBuffer>)).toString('hex');
