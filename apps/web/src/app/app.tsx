import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  UNSAFE_createBrowserHistory as browserHistory,
  unstable_HistoryRouter as Router,
} from 'react-router';
import { queryClient } from '../api/query-client';
import { useStore } from '../store/use-store';
import { guardedHistory } from '../ui/guarded-history';
import { appearanceStore } from './appearance-store';
import { AppRoutes } from './routes';
import { cssVariables, theme } from './theme';

const history = guardedHistory(browserHistory({ v5Compat: true }));

export function App() {
  const { scheme } = useStore(appearanceStore);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      <QueryClientProvider client={queryClient}>
        {/* Never a moment with the address of one job and the buttons of another: Enter may come right behind it. */}
        <Router history={history} useTransitions={false}>
          <AppRoutes />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}
