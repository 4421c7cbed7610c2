import { numberText } from '../../ui/format';

/** Values as they are set, not rounded: two that differ are never written the same. */

const unit = (language: string, value: number, name: string): string =>
  numberText(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 3 }, language);

export const exactNumber = (language: string, value: number): string =>
  numberText(value, { maximumFractionDigits: 6 }, language);

/** 450 m, 3.45 km. */
export const exactMetres = (language: string, value: number): string =>
  value < 1_000 ? unit(language, value, 'meter') : unit(language, value / 1_000, 'kilometer');

/** 25 km/h, of metres a second. */
export const exactSpeed = (language: string, value: number): string =>
  unit(language, value * 3.6, 'kilometer-per-hour');

const STEPS = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
] as const;

/** 45 s, 1 min 30 s, 2 h. */
export function exactSeconds(language: string, value: number): string {
  let rest = value;
  const parts: string[] = [];
  for (const { name, seconds } of STEPS) {
    const whole = Math.floor(rest / seconds);
    if (whole > 0) parts.push(unit(language, whole, name));
    rest -= whole * seconds;
  }
  if (rest > 0 || parts.length === 0) parts.push(unit(language, rest, 'second'));
  return parts.join(' ');
}
