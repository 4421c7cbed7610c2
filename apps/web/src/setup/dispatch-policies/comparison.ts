import type { components } from '../../api/__generated__/schema';

export type DayScores = components['schemas']['ScoreSheetView'];

/** How a figure is written. */
export type Kind = 'count' | 'share' | 'seconds' | 'gini';

interface MeasureRule {
  name: string;
  kind: Kind;
  better: 'more' | 'less';
  of: (sheet: DayScores) => number | null;
}

const perJob = (total: number, { assigned }: DayScores) => (assigned === 0 ? null : total / assigned);

/** What a policy is judged by. Travel and offers count for each job that was given out: who gives out more drives more. */
const RULES = [
  { name: 'assigned', kind: 'count', better: 'more', of: (s) => s.assigned },
  { name: 'unassigned', kind: 'count', better: 'less', of: (s) => s.unassigned },
  { name: 'onTime', kind: 'share', better: 'more', of: (s) => s.onTimeShare },
  { name: 'median', kind: 'seconds', better: 'less', of: (s) => s.timeToAssignSeconds.median },
  { name: 'p90', kind: 'seconds', better: 'less', of: (s) => s.timeToAssignSeconds.p90 },
  { name: 'travel', kind: 'seconds', better: 'less', of: (s) => perJob(s.travelMinutes * 60, s) },
  { name: 'fairness', kind: 'gini', better: 'less', of: (s) => s.gini },
  { name: 'offers', kind: 'count', better: 'less', of: (s) => perJob(s.offers, s) },
] as const satisfies readonly MeasureRule[];

export type ComparisonVerdict = 'better' | 'worse' | 'same' | 'unknown';

export interface Measure {
  name: (typeof RULES)[number]['name'];
  kind: Kind;
  recorded: number | null;
  present: number | null;
  proposed: number | null;
  /** Of the policy tried against the present one. */
  verdict: ComparisonVerdict;
  /** How much they are apart, never negative. */
  by: number | null;
}

/** What is less than this apart is written the same. */
const STEP: Record<Kind, number> = { count: 0.05, share: 0.0005, seconds: 0.5, gini: 0.005 };

export function compare(sheets: Record<'recorded' | 'present' | 'proposed', DayScores>): Measure[] {
  return RULES.map(({ name, kind, better, of }) => {
    const present = of(sheets.present);
    const proposed = of(sheets.proposed);
    const apart = present === null || proposed === null ? null : proposed - present;
    const verdict =
      apart === null
        ? 'unknown'
        : Math.abs(apart) < STEP[kind]
          ? 'same'
          : apart > 0 === (better === 'more')
            ? 'better'
            : 'worse';
    const by = apart === null ? null : Math.abs(apart);
    return { name, kind, recorded: of(sheets.recorded), present, proposed, verdict, by };
  });
}

export const tally = (measures: readonly Measure[]) => ({
  better: measures.filter(({ verdict }) => verdict === 'better').length,
  worse: measures.filter(({ verdict }) => verdict === 'worse').length,
});
