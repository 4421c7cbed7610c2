import { randomUUID } from 'node:crypto';
import { ApiProblem, call, type Send } from './http.js';

interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
}

/** A refresh this long before the end, wall milliseconds. */
const EARLY_MS = 120_000;

/** A signed-in caller who keeps signed in: fresh tokens in time, a new sign-in when the session was ended. */
export class Account {
  private tokens: Tokens | null = null;
  private deviceToken: string | undefined;
  private pending: Promise<string> | null = null;

  constructor(
    readonly url: string,
    readonly email: string,
    private readonly password: string,
  ) {}

  /** A token that is good for at least a minute or two. */
  async token(): Promise<string> {
    if (this.tokens && Date.parse(this.tokens.expiresAt) - Date.now() > EARLY_MS)
      return this.tokens.accessToken;
    this.pending ??= this.renew().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  async send<T>(path: string, options: Send = {}): Promise<T> {
    try {
      return await call<T>(this.url, path, { ...options, token: await this.token() });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      this.tokens = null;
      return call<T>(this.url, path, { ...options, token: await this.token() });
    }
  }

  get = <T>(path: string): Promise<T> => this.send<T>(path);

  post = <T>(path: string, body?: unknown, options: Send = {}): Promise<T> =>
    this.send<T>(path, { ...options, method: 'POST', body });

  private async renew(): Promise<string> {
    const spent = this.tokens?.refreshToken;
    this.tokens = null;
    if (spent) {
      try {
        return this.keep(
          await call<Tokens>(this.url, 'sessions/refresh', {
            method: 'POST',
            body: { refreshToken: spent },
            key: randomUUID(),
          }),
        );
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
      }
    }
    const { email, password, deviceToken } = this;
    const signedIn = await call<Tokens & { deviceToken?: string }>(this.url, 'sessions', {
      method: 'POST',
      body: { email, password, ...(deviceToken ? { deviceToken } : {}) },
    });
    this.deviceToken = signedIn.deviceToken ?? this.deviceToken;
    return this.keep(signedIn);
  }

  private keep(tokens: Tokens): string {
    this.tokens = tokens;
    return tokens.accessToken;
  }
}
