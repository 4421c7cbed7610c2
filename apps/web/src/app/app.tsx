import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { BrowserRouter } from 'react-router';
import { queryClient } from '../api/query-client';
import { appearance } from './appearance-store';
import { AppRoutes } from './routes';
import { cssVariables, theme } from './theme';

export function App() {
  const { scheme } = useSyncExternalStore(appearance.subscribe, appearance.get);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <AppRoutes />
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
