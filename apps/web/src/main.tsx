import { applyAppearance } from './app/appearance';
import { fetchPart } from './ui/fetch-part';

// The entry stays tiny, so that the shell in index.html is painted before the framework is parsed.
applyAppearance();
const start = () => fetchPart(() => import('./app/start')).then(({ startApp }) => startApp());
requestAnimationFrame(() => setTimeout(start, 0));
