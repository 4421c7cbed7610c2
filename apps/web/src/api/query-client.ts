import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

/** Facts say what has changed, so nothing is fetched again merely because time has passed or a window got the focus. */
export const queryClient = new QueryClient({
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
