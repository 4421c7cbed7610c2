import { applyAppearance } from './app/appearance';

// The entry stays tiny, so that the shell in index.html is painted before the framework is parsed.
applyAppearance();
const start = () => import('./app/start').then(({ startApp }) => startApp());
requestAnimationFrame(() => setTimeout(start, 0));
