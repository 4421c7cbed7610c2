export const TEXT_SIZES = ['normal', 'large', 'larger'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

const KEY = 'doorstep.phone.text';
const PERCENT: Record<TextSize, string> = { normal: '', large: '118.75%', larger: '137.5%' };

export function readTextSize(): TextSize {
  const kept = localStorage.getItem(KEY) as TextSize | null;
  return kept && TEXT_SIZES.includes(kept) ? kept : 'normal';
}

/** Everything on the phone pages is measured in rem, so this one number enlarges all of it. */
export function applyTextSize(size: TextSize | null): void {
  document.documentElement.style.fontSize = size ? PERCENT[size] : '';
}

export function saveTextSize(size: TextSize): void {
  localStorage.setItem(KEY, size);
  applyTextSize(size);
}
