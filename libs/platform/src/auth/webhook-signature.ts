import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a provider sent beside the body, as its scheme says. */
export interface SignedHeaders {
  /** The same when the provider sends the message again. */
  messageId: string;
  sentAt: Date;
  /** What is signed before the body. */
  prefix: string;
  /** Any of them may be the right one: providers sign with an old and a new secret while one replaces the other. */
  signatures: Buffer[];
}

/** How a provider lays out its headers; null when they are not there or make no sense. */
export type SignatureScheme = (headers: Record<string, unknown>) => SignedHeaders | null;

const MAX_ID_LENGTH = 150;

/** https://www.standardwebhooks.com: `webhook-id`, `webhook-timestamp` (seconds), `webhook-signature` (`v1,` base64 ...). */
export const standardWebhooks: SignatureScheme = (headers) => {
  const [id, at, list] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name],
  );
  if (typeof id !== 'string' || typeof at !== 'string' || typeof list !== 'string') return null;
  if (id.length > MAX_ID_LENGTH || !/^\d{1,12}$/.test(at)) return null;
  const signatures = list
    .split(' ')
    .slice(0, 10)
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
  return { messageId: id, sentAt: new Date(Number(at) * 1_000), prefix: `${id}.${at}.`, signatures };
};

/** HMAC-SHA256 over `prefix` and the body as it came. */
export function isSigned(body: Buffer, { prefix, signatures }: SignedHeaders, secret: Buffer): boolean {
  const expected = createHmac('sha256', secret).update(prefix).update(body).digest();
  return signatures.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
