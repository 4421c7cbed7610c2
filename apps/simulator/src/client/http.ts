import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** An answer that was an error: problem details as the API sends them. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${code}: ${detail}`);
  }
}

export interface Send {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  token?: string | null;
  /** Same key, same command: kept over repeats of one call. null: none, for what may happen twice. */
  key?: string | null;
  /** How long the server may be away before this gives up, milliseconds. */
  patienceMs?: number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;
const AWAY = new Set([502, 503, 504]);

/**
 * One call of the API, repeated while the server is away or busy with the same command. Repeats carry the same
 * Idempotency-Key, so that none of them is carried out twice.
 * @throws ApiProblem for an answer that a repeat would not change.
 */
export async function call<T>(url: string, path: string, options: Send = {}): Promise<T> {
  const { method = 'GET', body, token, patienceMs = 20_000 } = options;
  const key = method === 'GET' ? undefined : options.key === undefined ? randomUUID() : options.key;
  const form = body instanceof FormData;
  const headers: Record<string, string> = {};
  if (token) headers.authorization = `Bearer ${token}`;
  if (key) headers['idempotency-key'] = key;
  if (body !== undefined && !form) headers['content-type'] = 'application/json';
  const init = { method, headers, body: form ? body : body === undefined ? undefined : JSON.stringify(body) };
  const end = Date.now() + patienceMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await once<T>(`${url}/api/v1/${path}`, init);
    } catch (error) {
      if (!worthRepeating(error) || Date.now() + wait > end) throw error;
      const asked = error instanceof ApiProblem ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
      await delay(Math.max(wait, Math.min(asked, 10_000)));
    }
  }
}

async function once<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = json && text ? JSON.parse(text) : text;
  if (response.ok) return body as T;
  const { code = String(response.status), detail = '' } = (json ? body : {}) as {
    code?: string;
    detail?: string;
  };
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  throw new ApiProblem(response.status, code, detail, Number.isFinite(retryAfter) ? retryAfter : null);
}

function worthRepeating(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return error instanceof TypeError || isNetwork(error);
  return (
    AWAY.has(error.status) || error.status === 429 || ['COMMAND_RUNNING', 'TRY_AGAIN'].includes(error.code)
  );
}

/** undici throws TypeError `fetch failed`; a body cut off half-way has its own names. */
const isNetwork = (error: unknown): boolean =>
  error instanceof Error && /terminated|socket|ECONN|UND_ERR|JSON/i.test(`${error.name} ${error.message}`);
