import { applyAppearance } from './app/appearance';
import { importWithRetry } from './ui/import-with-retry';

// The entry stays tiny, so that the shell in index.html is painted before the framework is parsed.
applyAppearance();
const start = () => importWithRetry(() => import('./app/start')).then(({ startApp }) => startApp());
requestAnimationFrame(() => setTimeout(start, 0));
