import i18next from 'i18next';
import { entityStore } from '../../store/entity-store';
import { clockTime, duration } from '../../ui/format';

/** What keeps a job out of a worker's day, as the routing engine says it. */
interface Refusal {
  rule: string;
  actual: number | string;
  limit: number | string;
  unit: string;
}

/** The tokens by which the engine knows abilities: `gas at level 2`, `brings ladder`, `speaks zh`. */
const abilityWords = (tokens: string): string =>
  tokens
    .split(', ')
    .map((token) => {
      const brings = /^brings (.+)$/.exec(token)?.[1];
      if (brings) return i18next.t('plan:ability.brings', { what: brings });
      const speaks = /^speaks (.+)$/.exec(token)?.[1];
      if (speaks) return i18next.t('plan:ability.speaks', { what: speaks });
      const [, skill, level] = /^(.+) at level (\d+)$/.exec(token) ?? [];
      return skill ? `${skill} ≥ ${level}` : token;
    })
    .join(', ');

/** The rule and its numbers in the reader's language; `midnight` is where the engine's seconds begin, epoch ms. */
export function refusalWords({ rule, actual, limit, unit }: Refusal, midnight: number): string {
  const numbers = { actual: shown(actual, rule, unit, midnight), limit: shown(limit, rule, unit, midnight) };
  return i18next.t(`plan:rule.${rule}`, {
    ...numbers,
    defaultValue: `${rule.toLowerCase().replaceAll('_', ' ')}: ${numbers.actual} / ${numbers.limit}`,
  });
}

const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** Rules whose numbers are seconds of the day. */
const BY_THE_CLOCK = new Set(['TOO_LATE', 'SHIFT_END']);

function shown(value: number | string, rule: string, unit: string, midnight: number): string {
  if (rule === 'MISSING_SKILL') return abilityWords(String(value));
  if (unit === 'worker') return entityStore.workers.get(String(value))?.name ?? String(value);
  if (unit === 'job') return entityStore.jobs.get(String(value))?.address ?? String(value);
  if (unit === 'certificate' && INSTANT.test(String(value))) return clockTime(Date.parse(String(value)), 0);
  const seconds = Number(value);
  if (!Number.isFinite(seconds)) return String(value);
  if (BY_THE_CLOCK.has(rule)) return clockTime(midnight + seconds * 1000);
  return unit === 's' || unit === 's of slack' ? duration(seconds) : String(value);
}
