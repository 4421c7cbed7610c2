import { authorisedFetch } from './authorised-fetch';

type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  query?: Query;
  body?: unknown;
  /** The version the caller saw; the server refuses when it has changed since. */
  version?: number;
  /** The same for every try of the same thing; without one, one for this call. */
  key?: string;
  signal?: AbortSignal;
}

function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  const text = search.toString();
  return `${location.origin}/api/v1${path}${text ? `?${text}` : ''}`;
}

/** One request of the API; `path` without `/api/v1`. @throws Problem */
export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const { query, body, version, key, signal } = options;
  const raw = body instanceof FormData || body instanceof Blob || typeof body === 'string';
  const headers = new Headers();
  if (body !== undefined && !raw) headers.set('content-type', 'application/json');
  if (version !== undefined) headers.set('if-match', `"${version}"`);
  if (key) headers.set('idempotency-key', key);
  const request = new Request(address(path, query), {
    method,
    headers,
    signal,
    body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
  });
  const response = await authorisedFetch(request);
  if (response.status === 204) return undefined as T;
  const json = response.headers.get('content-type')?.includes('json');
  const text = await response.text();
  return (json && text !== '' ? JSON.parse(text) : text) as T;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Every page of a list, 500 at a time. */
export async function callAll<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null | undefined;
  do {
    const page: Page<T> = await call<Page<T>>('GET', path, {
      query: { ...query, limit: 500, cursor },
      signal,
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}
