import i18next from 'i18next';
import { businessClock } from '../../live/business-clock';
import { clockTime, duration, metres, timeWindow } from '../../ui/format';
import { readVerdict, type Verdict } from './read-verdict';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-/;
const SIGNS: Partial<Record<Verdict['relation'], string>> = { '>': '>', '<': '<', '>=': '≥', '<=': '≤' };

/** The verdict in the reader's language, with its numbers; a code that has no words yet stays as it is. */
export function verdictWords(text: string): string {
  const { code } = readVerdict(text);
  const words = i18next.t(`desk:verdict.${code}`, { defaultValue: code.toLowerCase().replaceAll('_', ' ') });
  const numbers = verdictNumbers(text);
  return numbers ? `${words} (${numbers})` : words;
}

/** What was measured and against what, in the reader's units; empty when nothing was. */
export function verdictNumbers(text: string): string {
  const verdict = readVerdict(text);
  const { subject, actual, relation, limit, unit } = verdict;
  if (relation === '')
    return outOfSight(subject) ? '' : subject ? nameOf(subject) : actual && shown(actual, unit);
  if (outOfSight(actual) || outOfSight(limit)) return '';
  if (relation === 'overlaps')
    return i18next.t('desk:verdictNumbers.overlaps', {
      actual: shown(actual, unit),
      limit: shown(limit, unit),
    });
  if (relation === 'to') return timeWindow(actual, limit, businessClock.now());
  if (relation === 'not in' && verdict.code !== 'NOT_AVAILABLE')
    return i18next.t('desk:verdictNumbers.notIn', { actual, limit });
  const sign = SIGNS[relation];
  if (!sign) return nameOf(actual === 'none' ? limit : actual);
  let [a, b] = [shown(actual, unit), shown(limit, unit)];
  // What is rounded away must not read "3 km > 3 km".
  if (a === b && actual !== limit) [a, b] = [actual, limit];
  return `${subject ? `${subject} ` : ''}${a} ${sign} ${b}`;
}

/** Ids tell a reader nothing. */
const outOfSight = (text: string): boolean => ID.test(text);

const nameOf = (text: string): string =>
  /^[a-z_]+$/.test(text) ? i18next.t(`common:status.${text}`, { defaultValue: answerOf(text) }) : text;
const answerOf = (text: string): string =>
  i18next.t(`desk:verdictNumbers.answer.${text}`, { defaultValue: text });

function shown(value: string, unit: Verdict['unit']): string {
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return clockTime(value, businessClock.now());
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return value;
  if (unit === 'm') return metres(number);
  if (unit === 's') return duration(number);
  if (unit === 'tasks' || unit === 'jobs') return i18next.t('desk:list.load', { count: number });
  return value;
}
