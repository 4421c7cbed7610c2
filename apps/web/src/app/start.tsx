import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import './tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n';
import { followAccountLanguage } from '../session/account-language';
import { keepFocus } from '../ui/keep-focus';
import { App } from './app';

export async function startApp(): Promise<void> {
  await startI18n();
  followAccountLanguage();
  keepFocus();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
