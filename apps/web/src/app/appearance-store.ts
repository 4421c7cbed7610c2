import { createStore } from '../store/create-store';
import { type Appearance, applyAppearance, readAppearance, saveAppearance } from './appearance';

interface Shown extends Omit<Appearance, 'scheme'> {
  /** What is on the screen now. */
  scheme: 'light' | 'dark';
  /** What was chosen. */
  chosen: Appearance['scheme'];
}

const systemDark = matchMedia('(prefers-color-scheme: dark)');

const look = (kept: Appearance): Shown => ({
  contrast: kept.contrast,
  chosen: kept.scheme,
  scheme: kept.scheme === 'auto' ? (systemDark.matches ? 'dark' : 'light') : kept.scheme,
});

const shown = createStore(() => look(readAppearance()));

function refresh(): void {
  applyAppearance();
  shown.set(look(readAppearance()));
}
systemDark.addEventListener('change', refresh);
addEventListener('storage', refresh);

/** The look of the page as React reads it; other tabs follow. */
export const appearanceStore = {
  get: shown.get,
  subscribe: shown.subscribe,
  set(change: Partial<Appearance>) {
    saveAppearance({ ...readAppearance(), ...change });
    refresh();
  },
};
