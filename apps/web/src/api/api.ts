import type { paths } from './__generated__/schema';
import { authorisedFetch } from './authorised-fetch';

/** The routes of the API's document, by their path without `/api/v1`. */
type Routes = { [P in keyof paths as P extends `/api/v1${infer Path}` ? Path : never]: paths[P] };
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Route<M extends Method> = {
  [P in keyof Routes]: Routes[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof Routes];

/** What may be left out of a query may also be said as null. */
type Query<Q> = { [K in keyof Q]: undefined extends Q[K] ? Q[K] | null : Q[K] };
/** Text, a file or a form of its own media type; everything else is sent as JSON. */
type Content<C> = { [T in keyof C]: T extends 'application/json' ? C[T] : FormData | Blob | string }[keyof C];

interface Options {
  /** The version the caller saw; the server refuses when it has changed since. */
  version?: number;
  /** The same for every try of the same thing; without one, one for this call. */
  key?: string;
  signal?: AbortSignal;
}

type GivenTo<O> = O extends { parameters: { path?: infer P; query?: infer Q } }
  ? Options &
      ([P] extends [object] ? { path: P } : { path?: undefined }) &
      (Partial<Q> extends Q ? { query?: Query<Q> } : { query: Query<Q> }) &
      (O extends { requestBody: { content: infer C } } ? { body: Content<C> } : { body?: undefined })
  : never;
type Given<M extends Method, P extends Route<M>> = GivenTo<Routes[P][M]>;
export type Arguments<M extends Method, P extends Route<M>> =
  Record<never, never> extends Given<M, P> ? [given?: Given<M, P>] : [given: Given<M, P>];
export type Body<M extends Method, P extends Route<M>> = Given<M, P>['body'];

type Succeeded = 200 | 201 | 202 | 204;
type AnswerOf<O> = O extends { responses: infer R }
  ? R[keyof R & Succeeded] extends { content: { 'application/json': infer T } }
    ? T
    : undefined
  : never;
/** Undefined where the route answers nothing. */
export type Answer<M extends Method, P extends Route<M>> = AnswerOf<Routes[P][M]>;

/** Lists that come page by page. */
type PagedRoute = {
  [P in Route<'get'>]: Answer<'get', P> extends { items: unknown[]; nextCursor: unknown } ? P : never;
}[Route<'get'>];
type Item<P extends PagedRoute> = Answer<'get', P> extends { items: (infer T)[] } ? T : never;

interface AnyGiven extends Options {
  path?: Record<string, string>;
  query?: object;
  body?: unknown;
}

function address(route: string, { path = {}, query = {} }: AnyGiven = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && String(value) !== '') search.set(name, String(value));
  const text = search.toString();
  const filled = route.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name]!));
  return `${location.origin}/api/v1${filled}${text ? `?${text}` : ''}`;
}

/** For what is fetched in another way than by `api`. */
export const addressOf = <P extends Route<'get'>>(route: P, ...[given]: Arguments<'get', P>): string =>
  address(route, given);

async function send(method: Method, route: string, given: AnyGiven = {}): Promise<unknown> {
  const { body, version, key, signal } = given;
  const raw = body instanceof FormData || body instanceof Blob || typeof body === 'string';
  const headers = new Headers();
  if (body !== undefined && !raw) headers.set('content-type', 'application/json');
  if (version !== undefined) headers.set('if-match', `"${version}"`);
  if (key) headers.set('idempotency-key', key);
  const request = new Request(address(route, given), {
    method: method.toUpperCase(),
    headers,
    signal,
    body: raw ? body : JSON.stringify(body),
  });
  const response = await authorisedFetch(request);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

const method =
  <M extends Method>(name: M) =>
  <P extends Route<M>>(route: P, ...[given]: Arguments<M, P>) =>
    send(name, route, given) as Promise<Answer<M, P>>;

/**
 * The requests of the API's document. A path, a parameter or a field that the server does not know is an error of types.
 * Each throws `Problem`.
 */
export const api = {
  get: method('get'),
  post: method('post'),
  put: method('put'),
  patch: method('patch'),
  delete: method('delete'),

  /** Every page of a list, 500 at a time. */
  async getAll<P extends PagedRoute>(route: P, ...[given]: Arguments<'get', P>): Promise<Item<P>[]> {
    const items: Item<P>[] = [];
    let cursor: string | null = null;
    do {
      const query: object = { ...given?.query, limit: 500, cursor };
      const page = (await send('get', route, { ...given, query })) as {
        items: Item<P>[];
        nextCursor: string | null;
      };
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  },
};
