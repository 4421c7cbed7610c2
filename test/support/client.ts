import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
}

interface Options {
  headers?: Record<string, string>;
  /** Sent as `Idempotency-Key`; a fresh one by default for what changes something, null for none. */
  key?: string | null;
}

/** A caller of the API as any client would be: a base address and perhaps a token. */
export class Client {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  get<T = Record<string, never>>(path: string, options: Options = {}): Promise<Answer<T>> {
    return this.send<T>('GET', path, undefined, { ...options, key: null });
  }

  post<T = Record<string, never>>(path: string, body?: unknown, options: Options = {}): Promise<Answer<T>> {
    return this.send<T>('POST', path, body, options);
  }

  patch<T = Record<string, never>>(path: string, body?: unknown, options: Options = {}): Promise<Answer<T>> {
    return this.send<T>('PATCH', path, body, options);
  }

  put<T = Record<string, never>>(path: string, body?: unknown, options: Options = {}): Promise<Answer<T>> {
    return this.send<T>('PUT', path, body, options);
  }

  delete<T = Record<string, never>>(path: string, options: Options = {}): Promise<Answer<T>> {
    return this.send<T>('DELETE', path, undefined, options);
  }

  async send<T>(method: string, path: string, body: unknown, options: Options = {}): Promise<Answer<T>> {
    const raw = typeof body === 'string' || body instanceof FormData;
    const key = options.key === undefined ? randomUUID() : options.key;
    const response = await fetch(`${this.url}${path.startsWith('/') ? path : `/api/v1/${path}`}`, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}),
        ...(key === null ? {} : { 'idempotency-key': key }),
        ...options.headers,
      },
      body: body === undefined ? undefined : raw ? (body as string | FormData) : JSON.stringify(body),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text !== '';
    return {
      status: response.status,
      body: (json ? JSON.parse(text) : text) as T,
      headers: response.headers,
    };
  }

  /** Opens the live channel. */
  live(lastSeq?: unknown): Socket {
    return io(`${this.url}/live`, {
      auth: { token: this.token, ...(lastSeq === undefined ? {} : { lastSeq }) },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
  }
}

/** What must happen is waited for as long as a busy machine may take; only a test that fails waits to the end. */
export const PATIENCE_MS = 60_000;

/** Waits until `probe` answers something, looking again every few milliseconds; for what another process does. */
export async function eventually<T>(
  probe: () => Promise<T | null | undefined | false>,
  withinMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`it did not happen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
