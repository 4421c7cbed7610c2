/**
 * Refresh and device tokens: ids in the open, and a MAC (HMAC-SHA256, RFC 2104) that only this server can make. Nothing
 * in the database is enough to make one, and neither is the server's secret without the session's salt.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface RefreshClaim {
  orgId: string;
  sessionId: string;
  /** Which rotation of the session this token is, from 0. */
  generation: number;
}

const REFRESH = 'dsr_';
const DEVICE = 'dsd_';
const KEY = 'dsk_';
const LINK = 'dsl_';
const MAC_BYTES = 32;

const idBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
const idText = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const mac = (secret: string, purpose: string, ...parts: Buffer[]): Buffer => {
  const hmac = createHmac('sha256', secret).update(`doorstep ${purpose} 1\n`);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};

const split = (token: string, prefix: string, bodyBytes: number): { body: Buffer; seal: Buffer } | null => {
  if (!token.startsWith(prefix)) return null;
  const bytes = Buffer.from(token.slice(prefix.length), 'base64url');
  if (bytes.length !== bodyBytes + MAC_BYTES) return null;
  return { body: bytes.subarray(0, bodyBytes), seal: bytes.subarray(bodyBytes) };
};

export function makeRefreshToken(claim: RefreshClaim, salt: Buffer, secret: string): string {
  const generation = Buffer.alloc(4);
  generation.writeUInt32BE(claim.generation);
  const body = Buffer.concat([idBytes(claim.orgId), idBytes(claim.sessionId), generation]);
  return REFRESH + Buffer.concat([body, mac(secret, 'refresh', body, salt)]).toString('base64url');
}

/** What a refresh token claims to be; null when it is none. Believe it only after `isRefreshToken`. */
export function readRefreshToken(token: string): RefreshClaim | null {
  const parts = split(token, REFRESH, 36);
  if (!parts) return null;
  const { body } = parts;
  return {
    orgId: idText(body.subarray(0, 16)),
    sessionId: idText(body.subarray(16, 32)),
    generation: body.readUInt32BE(32),
  };
}

export function isRefreshToken(token: string, salt: Buffer, secret: string): boolean {
  const parts = split(token, REFRESH, 36);
  return parts !== null && timingSafeEqual(parts.seal, mac(secret, 'refresh', parts.body, salt));
}

/** Proves that `userId` signed in on this device before (OWASP device cookies); gives no rights by itself. */
export function makeDeviceToken(userId: string, secret: string): string {
  const body = Buffer.concat([idBytes(userId), randomBytes(16)]);
  return DEVICE + Buffer.concat([body, mac(secret, 'device', body)]).toString('base64url');
}

/** The device's id when `token` was made for `userId`, else null. */
export function deviceOf(token: string | undefined, userId: string, secret: string): string | null {
  const parts = token ? split(token, DEVICE, 32) : null;
  if (!parts || !timingSafeEqual(parts.seal, mac(secret, 'device', parts.body))) return null;
  if (!parts.body.subarray(0, 16).equals(idBytes(userId))) return null;
  return parts.body.subarray(16).toString('hex');
}

/** A new API key: 256 random bits. `prefix` may be shown for ever, `secret` once. */
export function makeApiKey(): { secret: string; prefix: string } {
  const secret = KEY + randomBytes(32).toString('base64url');
  return { secret, prefix: secret.slice(0, KEY.length + 6) };
}

/** The secret of a private link: 256 random bits, shown once. */
export const makeLinkSecret = (): string => LINK + randomBytes(32).toString('base64url');

export const isApiKey = (bearer: string): boolean => bearer.startsWith(KEY);

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
