import { evaluate } from '../eligibility/evaluate.js';
import { renderVerdict } from '../eligibility/render.js';
import type { Verdict } from '../eligibility/verdict.js';
import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy, ScoreTermName } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import { number } from './explain.js';
import { score } from './score.js';
import { SOFT_RULES } from './terms.js';

/** One single change of a measure that would close the whole gap. */
export interface TermChange {
  term: ScoreTermName;
  unit: string;
  from: number;
  to: number;
}

export interface WhatWouldHaveToChange {
  /** Hard rules the loser must meet first. */
  barriers: Verdict[];
  /** Points the loser is behind; 0 or less = ahead already. */
  behindPoints: number;
  /** Each of these alone would be enough to draw level. */
  anyOf: TermChange[];
  lines: string[];
}

/** Measures that cannot pass these values: no less than nothing, no more than five stars. */
const RANGE: Partial<Record<ScoreTermName, [number, number]>> = {
  lateness_risk: [0, 1],
  idle_fairness: [0, 480],
  preferred_worker: [0, 1],
  continuity: [0, 1],
  rating: [0, 5],
  quality_score: [0, 100],
};

/** What would have to change for the loser to win this job from the winner? */
export function whatWouldHaveToChange(
  job: MatchJob,
  loser: MatchWorker,
  winner: MatchWorker,
  policy: MatchPolicy,
  now: number,
): WhatWouldHaveToChange {
  const barriers = evaluate(job, loser, policy, now).verdicts.filter((v) => !v.ok);
  const mine = score(job, loser, policy, now);
  const behindPoints = score(job, winner, policy, now).total - mine.total;
  const anyOf: TermChange[] = [];
  if (behindPoints > 0 && Number.isFinite(behindPoints))
    for (const [i, { term, unit, sign }] of SOFT_RULES.entries()) {
      const { raw, weight } = mine.terms[i]!;
      if (weight === 0) continue;
      const to = raw + (sign * behindPoints) / weight;
      const [least, most] = RANGE[term] ?? [0, Number.POSITIVE_INFINITY];
      if (to >= least && to <= most) anyOf.push({ term, unit, from: raw, to });
    }
  const lines = [
    ...barriers.map((v) => `must clear ${renderVerdict(v)}`),
    behindPoints > 0
      ? `${loser.id} is ${number(behindPoints)} points behind ${winner.id}`
      : `${loser.id} is not behind ${winner.id} in points`,
    ...anyOf.map((c) => `enough: ${c.term} from ${number(c.from)} to ${number(c.to)} ${c.unit}`),
  ];
  if (behindPoints > 0 && anyOf.length === 0) lines.push('no single term could close the gap');
  return { barriers, behindPoints, anyOf, lines };
}
