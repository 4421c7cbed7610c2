import { HARD_RULES } from './hard-rules.js';
import type { Fact, Unit, Verdict } from './verdict.js';

const BREACH = new Map(HARD_RULES.map((rule) => [rule.rule, rule.breach]));
const OPPOSITE = { '>': '<=', '<': '>=', in: 'not in', 'not in': 'in', lacks: 'has', overlaps: 'clear of' };

const SHOWN_UNIT: Record<Unit, string> = {
  m: ' m',
  s: ' s',
  tasks: ' tasks',
  level: ' level',
  instant: '',
  name: '',
  id: '',
};

/**
 * A verdict as one line: `OUT_OF_RADIUS 3412 > 3000 m`, `MISSING_SKILL gas`, `POSITION_STALE 340 > 120 s`;
 * a passed rule reads `radius 2100 <= 3000 m`, or `radius ok` where nothing had to be measured.
 */
export function renderVerdict(verdict: Verdict): string {
  const { rule, code, ok, actual, limit, unit, subject } = verdict;
  const breach = BREACH.get(rule) ?? '>';
  if (ok) {
    if (actual === null || limit === null || unit === 'id') return `${rule} ok`;
    const about = subject ? `${subject} ` : '';
    return `${rule} ${about}${show(actual, unit, 0)} ${OPPOSITE[breach]} ${show(limit, unit, 0)}${SHOWN_UNIT[unit]}`;
  }
  if (unit === 'id') return code;
  if (unit === 'name') {
    if (subject) return `${code} ${subject}`;
    if (actual === null || limit === null) return code;
    return `${code} ${show(actual, unit, 0)} ${breach} ${show(limit, unit, 0)}`;
  }
  // A miss of a fraction must not read "3000 > 3000".
  const digits = show(actual, unit, 0) === show(limit, unit, 0) ? 3 : 0;
  const about = subject ? `${subject} ` : '';
  return `${code} ${about}${show(actual, unit, digits)} ${breach} ${show(limit, unit, digits)}${SHOWN_UNIT[unit]}`;
}

function show(fact: Fact, unit: Unit, digits: number): string {
  if (fact === null) return 'none';
  if (Array.isArray(fact)) return fact.length ? fact.join(', ') : 'none';
  if (typeof fact === 'string') return fact;
  if (unit === 'instant') return Number.isFinite(fact) ? new Date(fact).toISOString() : 'never';
  return fact.toFixed(digits);
}
