import type { CookieOptions, Request, Response } from 'express';
import { DomainError } from '#kernel';

/** What the pages keep of a sign-in where no script can read it; the access token lives in their memory. */
export interface KeptTokens {
  refreshToken?: string;
  /** Of everybody who signed in on this device, newest first. */
  deviceTokens: string[];
}

const REFRESH = 'doorstep_refresh';
const DEVICE = 'doorstep_device';
const REFRESH_DAYS = 30;
/** The longest that browsers keep a cookie. */
const DEVICE_DAYS = 400;
const MAX_PEOPLE_A_DEVICE = 8;
const DAY_MS = 86_400_000;
const BETWEEN = '~';

/** As the browser says it: whatever proxies stand between, it knows whether its own line is encrypted. */
const originOf = (request: Request): URL | null => {
  const { origin } = request.headers;
  return origin && URL.canParse(origin) ? new URL(origin) : null;
};

/** Browsers give a cookie to every port of a host, so each port has names of its own. */
const named = (request: Request, name: string) => {
  const port = originOf(request)?.port;
  return port ? `${name}_${port}` : name;
};

const options = (request: Request, days: number): CookieOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  secure: originOf(request)?.protocol === 'https:',
  path: '/api/v1/sessions',
  maxAge: days * DAY_MS,
});

function cookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}

export function readSession(request: Request): KeptTokens {
  const devices = cookie(request, named(request, DEVICE));
  return {
    refreshToken: cookie(request, named(request, REFRESH)),
    deviceTokens: devices ? devices.split(BETWEEN).slice(0, MAX_PEOPLE_A_DEVICE) : [],
  };
}

export function keepRefresh(request: Request, response: Response, token: string): void {
  response.cookie(named(request, REFRESH), token, options(request, REFRESH_DAYS));
}

export function keepDevice(request: Request, response: Response, token: string): void {
  const others = readSession(request).deviceTokens.filter((known) => known !== token);
  const tokens = [token, ...others].slice(0, MAX_PEOPLE_A_DEVICE);
  response.cookie(named(request, DEVICE), tokens.join(BETWEEN), options(request, DEVICE_DAYS));
}

/** The device stays known; only the session is forgotten. */
export function forgetRefresh(request: Request, response: Response): void {
  response.clearCookie(named(request, REFRESH), options(request, 0));
}

/**
 * A cookie comes along with whatever makes the browser ask, so it counts only in requests of our own pages. `SameSite` says
 * that to the browser; here it is checked again: where the request came from, and a header that no form can send.
 *
 * @throws DomainError 403 NOT_OUR_PAGE.
 */
export function requireOwnPage(request: Request): void {
  const site = request.headers['sec-fetch-site'];
  const own = site === undefined || site === 'same-origin';
  if (own && request.headers['idempotency-key'] !== undefined) return;
  throw new DomainError(
    'NOT_OUR_PAGE',
    403,
    'Only the pages of this server may use the session cookie, and with an Idempotency-Key; send refreshToken in the body.',
  );
}
