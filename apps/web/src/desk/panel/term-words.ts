import i18next from 'i18next';
import { numberText } from '../../ui/format';

/** One line of a score. */
export interface Term {
  term: string;
  raw: number | null;
  weight: number;
  points: number | null;
}

const number = (value: number, signDisplay: 'auto' | 'exceptZero' = 'auto', digits = 1): string =>
  numberText(value, { maximumFractionDigits: digits, signDisplay });

export const termName = (term: string): string =>
  i18next.t(`desk:term.${term}`, { defaultValue: term.replaceAll('_', ' ') });

/** What was measured, with its unit: `12 min`, `4.2 stars`. */
export function termValue(term: string, raw: number | null): string {
  if (raw === null) return i18next.t('desk:explain.unknown');
  if (term === 'preferred_worker')
    return raw > 0 ? i18next.t('desk:explain.yes') : i18next.t('desk:explain.no');
  return i18next.t(`desk:termValue.${term}`, { value: number(raw), defaultValue: number(raw) });
}

export const weightOf = (weight: number): string => number(weight, 'auto', 3);
export const points = (value: number | null): string =>
  value === null ? i18next.t('desk:explain.unknown') : number(value, 'exceptZero', 2);

/** The terms that move the sum most, the strongest first. */
export const strongest = <T extends Term>(terms: readonly T[], most: number): T[] =>
  terms
    .filter(({ points }) => points !== null && Math.abs(points) >= 0.05)
    .sort((a, b) => Math.abs(b.points ?? 0) - Math.abs(a.points ?? 0))
    .slice(0, most);
