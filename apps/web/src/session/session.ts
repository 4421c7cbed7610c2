import type { Me } from '../api/types';
import { createStore } from '../store/create-store';
import { type Access, requestMe, requestRefresh, requestSignIn, requestSignOut } from './session-calls';

/**
 * What scripts of this browser keep of a log-in. The refresh token itself is in an `HttpOnly` cookie that no script can
 * read; the access token lives in memory only.
 */
interface Kept {
  /** `Idempotency-Key` of the next rotation: a tab killed in the middle asks again with the same and gets the same. */
  refreshKey: string;
  /** Only from before there was a cookie; the next rotation moves it there. */
  refreshToken?: string;
}

export type SessionState =
  | { state: 'starting'; me: null }
  | { state: 'signed_out'; me: null }
  | { state: 'signed_in'; me: Me };

const KEY = 'doorstep.session';
const ME_KEY = 'doorstep.me';
/** Somebody signed out while there was no line: the cookie is still there, and must open nothing. */
const LEAVING_KEY = 'doorstep.leaving';
/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 60_000;

let access: Access | null = null;
const current = createStore<SessionState>({ state: 'starting', me: null });
let starting: Promise<void> | null = null;
const channel = new BroadcastChannel('doorstep.session');

const kept = (): Kept | null => JSON.parse(localStorage.getItem(KEY) ?? 'null') as Kept | null;
const isFresh = (token: Access | null): boolean =>
  token !== null && token.expiresAt - Date.now() > RENEW_BEFORE_MS;

/** One at a time over all tabs: whatever changes the cookie. */
const alone = <T>(work: () => Promise<T>): Promise<T> => navigator.locks.request('doorstep.refresh', work);

function accept(fresh: Access): void {
  access = fresh;
  localStorage.setItem(KEY, JSON.stringify({ refreshKey: crypto.randomUUID() } satisfies Kept));
  channel.postMessage({ access });
}

channel.onmessage = ({ data }: MessageEvent<{ access?: Access; me?: Me; signedOut?: true }>) => {
  if (data.access) access = data.access;
  if (data.signedOut) {
    access = null;
    current.set({ state: 'signed_out', me: null });
  }
  if (!data.me) return;
  // Somebody else signed in in another tab: nothing of the person before may stay on this one.
  const { me } = current.get();
  if (me && me.id !== data.me.id) location.reload();
  else current.set({ state: 'signed_in', me: data.me });
};

/** False: there is no session any more, or no server to ask. */
async function renew(): Promise<boolean> {
  const before = access?.token;
  return alone(async () => {
    // Another tab was quicker, and told us.
    if (access?.token !== before && isFresh(access)) return true;
    const have = kept();
    if (!have) return false;
    const outcome = await requestRefresh(have);
    if (outcome === 'ended') forget();
    if (typeof outcome === 'string') return false;
    accept(outcome);
    return true;
  });
}

function forget(): void {
  access = null;
  localStorage.removeItem(KEY);
}

/** Ends at the server the session that was left without a line; asks again later when nobody answers. */
async function finishLeaving(): Promise<void> {
  if (!localStorage.getItem(LEAVING_KEY)) return;
  await alone(async () => {
    const refreshKey = localStorage.getItem(LEAVING_KEY);
    if (!refreshKey) return;
    const outcome = await requestRefresh({ refreshKey });
    if (outcome === 'unknown') return;
    if (outcome === 'ended' || (await requestSignOut(outcome.token))) localStorage.removeItem(LEAVING_KEY);
  });
}

const leaveWhenPossible = () => void finishLeaving().catch(() => undefined);

async function showMe(): Promise<Me> {
  const me = await requestMe(access?.token);
  localStorage.setItem(ME_KEY, JSON.stringify(me));
  current.set({ state: 'signed_in', me });
  return me;
}

async function start(): Promise<void> {
  addEventListener('online', leaveWhenPossible);
  leaveWhenPossible();
  if (!kept()) return current.set({ state: 'signed_out', me: null });
  try {
    if (!(await renew())) {
      if (!kept()) return current.set({ state: 'signed_out', me: null });
      throw new Error('no answer');
    }
    await showMe();
  } catch {
    // Without a line the page opens for whoever was here last; what it sends waits for a fresh token.
    const last = JSON.parse(localStorage.getItem(ME_KEY) ?? 'null') as Me | null;
    current.set(last ? { state: 'signed_in', me: last } : { state: 'signed_out', me: null });
  }
}

export const session = {
  get: current.get,

  /** The first one to listen starts the session. */
  subscribe(listener: () => void) {
    const stop = current.subscribe(listener);
    starting ??= start();
    return stop;
  },

  /** Resolves when it is known whether somebody is signed in. */
  async ready(): Promise<SessionState> {
    starting ??= start();
    await starting;
    return current.get();
  },

  /** A token that is good for at least another minute, or null. */
  async accessToken(): Promise<string | null> {
    if (access && isFresh(access)) return access.token;
    if (!kept()) return null;
    await renew().catch(() => false);
    return access?.token ?? null;
  },

  renew,

  /** Whether this browser still has something to renew a log-in with; without a line that is all one can know. */
  hasLogin: (): boolean => kept() !== null,

  /** @throws Problem */
  async signIn(email: string, password: string): Promise<Me> {
    await alone(async () => {
      const fresh = await requestSignIn(email, password);
      // The server has ended whatever the cookie held before.
      localStorage.removeItem(LEAVING_KEY);
      accept(fresh);
    });
    const me = await showMe();
    channel.postMessage({ access, me });
    return me;
  },

  /** What the person changed about themselves. */
  keepMe(me: Me): void {
    localStorage.setItem(ME_KEY, JSON.stringify(me));
    current.set({ state: 'signed_in', me });
  },

  /**
   * The server ended the session that this page used. Signs out, unless another tab has signed in meanwhile: then that
   * session is this page's too.
   */
  async recheck(): Promise<void> {
    await alone(async () => {
      const have = kept();
      const outcome = have ? await requestRefresh(have).catch(() => 'unknown' as const) : 'ended';
      if (outcome === 'ended') session.lapse();
      else if (outcome !== 'unknown') accept(outcome);
    });
    const me = access && (await requestMe(access.token).catch(() => null));
    const before = current.get().me;
    if (me && before && me.id !== before.id) location.reload();
  },

  /** The server no longer knows this session. */
  lapse(): void {
    forget();
    current.set({ state: 'signed_out', me: null });
    channel.postMessage({ signedOut: true });
  },

  async signOut(): Promise<void> {
    const refreshKey = kept()?.refreshKey ?? crypto.randomUUID();
    const token = await session.accessToken().catch(() => null);
    const ended = token !== null && (await requestSignOut(token));
    if (!ended && session.hasLogin()) localStorage.setItem(LEAVING_KEY, refreshKey);
    localStorage.removeItem(ME_KEY);
    session.lapse();
  },
};
