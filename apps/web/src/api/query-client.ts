import {
  type Query,
  QueryClient,
  type RefetchOptions,
  type RefetchQueryFilters,
} from '@tanstack/react-query';
import { Problem } from './problem';

/**
 * Who asks for fresh data gets data that is asked for from now on. The library by itself takes the answer of a first
 * request that is under way already, which may know nothing of what has just changed; and it calls off every later one,
 * so that on a slow line a busy city would never be shown again.
 */
export class FreshQueryClient extends QueryClient {
  private readonly next = new Map<Query, Promise<void>>();

  override async refetchQueries(
    filters: RefetchQueryFilters = {},
    options: RefetchOptions = {},
  ): Promise<void> {
    const underWay = new Set(
      this.getQueryCache()
        .findAll(filters)
        .filter((query) => query.isActive() && query.state.fetchStatus === 'fetching'),
    );
    const predicate = (query: Query) => !underWay.has(query) && (filters.predicate?.(query) ?? true);
    await Promise.all([
      super.refetchQueries({ ...filters, predicate }, options),
      ...[...underWay].map((query) => this.fetchNext(query)),
    ]);
  }

  /** One more request after the one under way, however often it is asked for. */
  private fetchNext(query: Query): Promise<void> {
    const waiting = this.next.get(query);
    if (waiting) return waiting;
    const next = (async () => {
      await settled(query.promise);
      this.next.delete(query);
      if (query.isActive()) await settled(query.fetch());
    })();
    this.next.set(query, next);
    return next;
  }
}

/** A failed request is the query's own state, to be shown where it is used. */
const settled = (request: Promise<unknown> | undefined) => request?.catch(() => undefined);

/** Facts say what has changed, so nothing is fetched again merely because time has passed or a window got the focus. */
export const queryClient = new FreshQueryClient({
  defaultOptions: {
    // Without a line a request fails and says so; held back in silence it would look like waiting, and be sent by itself later.
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.status >= 500,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
