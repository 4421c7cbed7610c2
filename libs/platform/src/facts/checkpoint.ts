import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson, Invalid } from '#kernel';

/** What a log was at one moment, signed, and kept where whoever can write to the database cannot change it. */
export interface Checkpoint {
  version: 1;
  orgId: string;
  /** The last fact it covers; it stands for all facts before that one too. */
  seq: number;
  /** The chained hash of that fact, hex. */
  hash: string;
  /** Wall time, ISO 8601. */
  at: string;
  /** SHA-256 of the checkpoint before it, hex; null for the first. */
  previous: string | null;
  /** Which key signed it: `keyId` of the public key. */
  key: string;
  /** Ed25519 over everything above, base64. */
  signature: string;
}

const PURPOSE = 'doorstep journal checkpoint\n';
const signedBytes = ({
  signature: _,
  ...rest
}: Checkpoint | (Omit<Checkpoint, 'signature'> & { signature?: string })) =>
  Buffer.from(PURPOSE + canonicalJson(rest));

/** Short name of a public key: the first 16 hex digits of the SHA-256 of its DER form. */
export const keyId = (key: KeyObject): string =>
  createHash('sha256')
    .update(
      createPublicKey(key.export({ type: 'spki', format: 'pem' })).export({ type: 'spki', format: 'der' }),
    )
    .digest('hex')
    .slice(0, 16);

export function signCheckpoint(content: Omit<Checkpoint, 'signature'>, privateKey: KeyObject): Checkpoint {
  return { ...content, signature: sign(null, signedBytes(content), privateKey).toString('base64') };
}

export const isSignedBy = (checkpoint: Checkpoint, publicKey: KeyObject): boolean =>
  verify(null, signedBytes(checkpoint), publicKey, Buffer.from(checkpoint.signature, 'base64'));

export const checkpointHash = (checkpoint: Checkpoint): string =>
  createHash('sha256').update(canonicalJson(checkpoint)).digest('hex');

/**
 * One checkpoint, or several, one a line.
 * @throws Invalid naming the line that is none
 */
export function parseCheckpoints(text: string): Checkpoint[] {
  const whole = asCheckpoint(text);
  if (whole) return [whole];
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const one = asCheckpoint(line);
    if (!one) throw Invalid.field(`line ${at + 1}`, 'is not a checkpoint');
    return [one];
  });
}

function asCheckpoint(text: string): Checkpoint | null {
  try {
    const one = JSON.parse(text) as Checkpoint;
    const known =
      one.version === 1 &&
      Number.isSafeInteger(one.seq) &&
      one.seq > 0 &&
      /^[0-9a-f]{64}$/.test(one.hash) &&
      [one.orgId, one.at, one.key, one.signature].every((value) => typeof value === 'string');
    return known ? one : null;
  } catch {
    return null;
  }
}

/**
 * The first of a series, oldest first, that was not signed or does not follow from the one before it; null when all is
 * well. The last signature vouches for all, because each holds the hash of the one before.
 */
export function faultOfSeries(series: readonly Checkpoint[], publicKey: KeyObject): string | null {
  const last = series.at(-1);
  if (!last) return null;
  if (!isSignedBy(last, publicKey))
    return `the checkpoint of ${last.at} was not signed by key ${keyId(publicKey)}`;
  for (const [at, one] of series.entries()) {
    const before = series[at - 1];
    if (one.previous !== (before ? checkpointHash(before) : null))
      return `the checkpoint of ${one.at} does not follow from the one before it: one was removed or changed`;
  }
  return null;
}
