import { api } from './api';
import { queryClient } from './query-client';
import type { ClientSettings } from './types';

const NONE: ClientSettings = { mapStyleUrl: null, geocoderUrl: null, demo: false, clock: 'system' };

/** What the operator configured for the pages; the plain product when it cannot be asked. */
export const clientSettings = (): Promise<ClientSettings> =>
  queryClient
    .fetchQuery({
      queryKey: ['client-settings'],
      queryFn: () => api.get('/client-settings'),
      staleTime: Number.POSITIVE_INFINITY,
    })
    .catch(() => NONE);
