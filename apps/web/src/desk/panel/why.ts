import type { Candidate } from '../../api/types';
import { readVerdict } from './read-verdict';

export type Why =
  | { kind: 'nobody' }
  | { kind: 'first'; first: Candidate; able: number }
  | { kind: 'none'; count: number; reasons: { code: string; count: number }[] };

/** "Why this worker" or "why nobody": the parts of the sentence above the candidates. */
export function whyOf(candidates: readonly Candidate[]): Why {
  if (candidates.length === 0) return { kind: 'nobody' };
  const able = candidates.filter((c) => c.eligible);
  const [first] = [...able].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
  if (first) return { kind: 'first', first, able: able.length };
  const counts = new Map<string, number>();
  for (const { reasons } of candidates) {
    const { code: rule, actual } = readVerdict(reasons[0] ?? '');
    // What the worker is doing is the reason, not that they get no offers.
    const code = rule === 'NOT_AVAILABLE' && actual ? `${rule}_${actual}` : rule;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const reasons = [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
  return { kind: 'none', count: candidates.length, reasons };
}
