/** What a person chose for the look of the page; kept in this browser, applied before the first paint. */
export interface Appearance {
  scheme: 'light' | 'dark' | 'auto';
  contrast: 'normal' | 'high';
}

const KEY = 'doorstep.appearance';

export function readAppearance(): Appearance {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>;
    const wantsContrast = matchMedia('(prefers-contrast: more)').matches ? 'high' : 'normal';
    return { scheme: kept.scheme ?? 'auto', contrast: kept.contrast ?? wantsContrast };
  } catch {
    return { scheme: 'auto', contrast: 'normal' };
  }
}

export function saveAppearance(appearance: Appearance): void {
  localStorage.setItem(KEY, JSON.stringify(appearance));
  applyAppearance(appearance);
}

export function applyAppearance(appearance: Appearance = readAppearance()): void {
  const dark =
    appearance.scheme === 'dark' ||
    (appearance.scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.dataset.scheme = dark ? 'dark' : 'light';
  root.dataset.contrast = appearance.contrast;
}
