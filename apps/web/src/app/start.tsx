import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import './tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n';
import { followAccountLanguage } from '../session/account-language';
import { session } from '../session/session';
import { keepFocus } from '../ui/keep-focus';
import { App } from './app';
import { preloadRoute } from './routes';

export async function startApp(): Promise<void> {
  // Its answer takes longest of all.
  void session.ready();
  await startI18n();
  preloadRoute(location.pathname);
  followAccountLanguage();
  keepFocus();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
