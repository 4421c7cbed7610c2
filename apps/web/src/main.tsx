import { applyAppearance } from './app/appearance';

// The entry stays tiny, so that the shell in index.html is painted before the framework is parsed.
applyAppearance();
const start = () => import('./app/start').then(({ startApp }) => startApp());
requestAnimationFrame(() => setTimeout(start, 0));

/** A page opened before an update asks for parts that are no longer there: it becomes the new one, once. */
addEventListener('vite:preloadError', (event) => {
  const KEY = 'doorstep.renewed';
  const last = Number(sessionStorage.getItem(KEY) ?? 0);
  if (!navigator.onLine || Date.now() - last < 30_000) return;
  event.preventDefault();
  sessionStorage.setItem(KEY, String(Date.now()));
  location.reload();
});
