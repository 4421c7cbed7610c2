import { Problem } from '../api/problem';
import type { Me } from '../api/types';

export interface Access {
  token: string;
  /** Wall time of this device, ms. */
  expiresAt: number;
}

/** A line that is silent must not keep the other tabs waiting. */
const TIMEOUT_MS = 20_000;

const JSON_BODY = { 'content-type': 'application/json' };

/** Wall time at which a JWT ends, ms; ten minutes from now when it does not say. */
function endOf(token: string): number {
  try {
    const payload = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    const { exp, iat } = JSON.parse(atob(payload)) as { exp: number; iat?: number };
    // The server's clock may differ from this one: the length of life is what counts.
    return iat ? Date.now() + (exp - iat) * 1000 : exp * 1000;
  } catch {
    return Date.now() + 600_000;
  }
}

async function accessIn(response: Response): Promise<Access> {
  const { accessToken } = (await response.json()) as { accessToken: string };
  return { token: accessToken, expiresAt: endOf(accessToken) };
}

/** The server leaves the refresh token in an `HttpOnly` cookie. @throws Problem */
export async function requestSignIn(email: string, password: string): Promise<Access> {
  const response = await fetch('/api/v1/sessions', {
    method: 'POST',
    headers: JSON_BODY,
    body: JSON.stringify({ email: email.trim(), password, cookie: true }),
  });
  if (!response.ok) throw Problem.from(response.status, await response.json().catch(() => null));
  return accessIn(response);
}

/**
 * Spends the refresh token in the cookie for the next one. `refreshToken` only from before there was a cookie.
 * `ended`: there is nothing left to renew; `unknown`: the server did not say.
 */
export async function requestRefresh(kept: {
  refreshKey: string;
  refreshToken?: string;
}): Promise<Access | 'ended' | 'unknown'> {
  const response = await fetch('/api/v1/sessions/refresh', {
    method: 'POST',
    headers: { ...JSON_BODY, 'idempotency-key': kept.refreshKey },
    body: JSON.stringify({ refreshToken: kept.refreshToken, cookie: true }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return accessIn(response);
  return [401, 403, 422].includes(response.status) ? 'ended' : 'unknown';
}

/** Ends the session at the server, which takes the cookie away. False: the server did not say so. */
export async function requestSignOut(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() };
  return fetch('/api/v1/sessions/current', {
    method: 'DELETE',
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).then(
    ({ ok, status }) => ok || status === 401,
    () => false,
  );
}

export async function requestMe(token: string | undefined): Promise<Me> {
  const response = await fetch('/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`GET /me: ${response.status}`);
  return (await response.json()) as Me;
}
