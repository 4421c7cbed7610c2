import type { Me } from '../api/types';

/** What this browser keeps of a log-in; the access token lives in memory only. */
interface Kept {
  refreshToken: string;
  /** `Idempotency-Key` of the next rotation: a tab killed in the middle asks again with the same and gets the same. */
  refreshKey: string;
}

export type SessionState =
  | { state: 'starting'; me: null }
  | { state: 'signed_out'; me: null }
  | { state: 'signed_in'; me: Me };

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const KEY = 'doorstep.session';
/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 60_000;

let access: { token: string; expiresAt: number } | null = null;
let current: SessionState = { state: 'starting', me: null };
let starting: Promise<void> | null = null;
const listeners = new Set<() => void>();
const channel = new BroadcastChannel('doorstep.session');

const kept = (): Kept | null => JSON.parse(localStorage.getItem(KEY) ?? 'null') as Kept | null;

function become(next: SessionState): void {
  current = next;
  for (const listener of listeners) listener();
}

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

function accept(tokens: Tokens): void {
  access = { token: tokens.accessToken, expiresAt: endOf(tokens.accessToken) };
  localStorage.setItem(
    KEY,
    JSON.stringify({ refreshToken: tokens.refreshToken, refreshKey: crypto.randomUUID() } satisfies Kept),
  );
  channel.postMessage({ access });
}

channel.onmessage = ({ data }: MessageEvent<{ access?: typeof access; signedOut?: true }>) => {
  if (data.access) access = data.access;
  if (data.signedOut) {
    access = null;
    become({ state: 'signed_out', me: null });
  }
};

/** One rotation at a time over all tabs. False: there is no session any more, or no server to ask. */
async function renew(): Promise<boolean> {
  const before = access?.token;
  return navigator.locks.request('doorstep.refresh', async () => {
    // Another tab was quicker, and told us.
    if (access && access.token !== before && access.expiresAt - Date.now() > RENEW_BEFORE_MS) return true;
    const have = kept();
    if (!have) return false;
    const response = await fetch('/api/v1/sessions/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': have.refreshKey },
      body: JSON.stringify({ refreshToken: have.refreshToken }),
    });
    if (response.ok) {
      accept((await response.json()) as Tokens);
      return true;
    }
    if (response.status === 401 || response.status === 403 || response.status === 422) forget();
    return false;
  });
}

function forget(): void {
  access = null;
  localStorage.removeItem(KEY);
}

async function readMe(): Promise<Me> {
  const response = await fetch('/api/v1/me', { headers: { authorization: `Bearer ${access?.token}` } });
  if (!response.ok) throw new Error(`GET /me: ${response.status}`);
  return (await response.json()) as Me;
}

const ME_KEY = 'doorstep.me';

async function start(): Promise<void> {
  if (!kept()) return become({ state: 'signed_out', me: null });
  try {
    if (!(await renew())) {
      if (!kept()) return become({ state: 'signed_out', me: null });
      throw new Error('no answer');
    }
    const me = await readMe();
    localStorage.setItem(ME_KEY, JSON.stringify(me));
    become({ state: 'signed_in', me });
  } catch {
    // Without a line the page opens for whoever was here last; what it sends waits for a fresh token.
    const last = JSON.parse(localStorage.getItem(ME_KEY) ?? 'null') as Me | null;
    become(last ? { state: 'signed_in', me: last } : { state: 'signed_out', me: null });
  }
}

export const session = {
  get: () => current,

  subscribe(listener: () => void) {
    listeners.add(listener);
    starting ??= start();
    return () => listeners.delete(listener);
  },

  /** Resolves when it is known whether somebody is signed in. */
  async ready(): Promise<SessionState> {
    starting ??= start();
    await starting;
    return current;
  },

  /** A token that is good for at least another minute, or null. */
  async accessToken(): Promise<string | null> {
    if (access && access.expiresAt - Date.now() > RENEW_BEFORE_MS) return access.token;
    if (!kept()) return null;
    await renew().catch(() => false);
    return access?.token ?? null;
  },

  renew,

  /** Whether this browser still has something to renew a log-in with; without a line that is all one can know. */
  hasLogin: (): boolean => kept() !== null,

  /** Keeps the tokens of a fresh sign-in. */
  async enter(tokens: Tokens): Promise<Me> {
    accept(tokens);
    const me = await readMe();
    localStorage.setItem(ME_KEY, JSON.stringify(me));
    become({ state: 'signed_in', me });
    return me;
  },

  /** The server no longer knows this session. */
  lapse(): void {
    forget();
    become({ state: 'signed_out', me: null });
    channel.postMessage({ signedOut: true });
  },

  async signOut(): Promise<void> {
    const token = access?.token;
    if (token)
      await fetch('/api/v1/sessions/current', {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
      }).catch(() => undefined);
    localStorage.removeItem(ME_KEY);
    session.lapse();
  },
};
