import type { Recurrence } from './parse-recurrence.js';
import { parseRule, type Rule } from './rule.js';
import { COUNTED_YEARS, ruleDates } from './rule-dates.js';

/**
 * The same dates by a rule with UNTIL in place of COUNT. A rule with COUNT is expanded from its start each time (up to
 * 0.5 s where it rarely occurs); this counts once, a year in each step, so that whoever asks can pause between steps.
 *
 * @throws Invalid (`rule`) for a recurrence that `parseRecurrence` did not make
 */
export function* uncounted(recurrence: Recurrence): Generator<void, Recurrence> {
  const rule = parseRule(recurrence.rule);
  const count = Number(/(?:^|;)COUNT=\+?(\d+)/.exec(rule.text)?.[1]);
  if (!rule.isCounted) return recurrence;
  const endless: Rule = {
    text: withoutCount(rule.text),
    withoutUntil: withoutCount(rule.withoutUntil),
    isCounted: false,
  };
  const datesOf = ruleDates(endless, recurrence.start);
  const first = Number(recurrence.start.slice(0, 4));
  let left = count;
  for (let year = first; year <= first + COUNTED_YEARS; year++) {
    const from = year === first ? recurrence.start : `${year}-01-01`;
    const dates = datesOf(from, `${year + 1}-01-01`);
    const last = dates[left - 1];
    if (last) return until(recurrence, endless, last);
    left -= dates.length;
    yield;
  }
  return until(recurrence, endless, `${first + COUNTED_YEARS}-12-30`);
}

const withoutCount = (text: string): string =>
  text
    .split(';')
    .filter((part) => !part.startsWith('COUNT='))
    .join(';');

const until = (recurrence: Recurrence, endless: Rule, date: string): Recurrence => ({
  ...recurrence,
  rule: `${endless.text};UNTIL=${date.replaceAll('-', '')}`,
});
