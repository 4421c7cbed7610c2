import type { Leg } from '../eligibility/leg.js';
import { planLeg } from '../eligibility/leg.js';
import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy, ScoreTermName } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import { SOFT_RULES } from './terms.js';

/** One line of a score: points = sign x raw x weight. */
export interface ScoreTerm {
  term: ScoreTermName;
  raw: number;
  unit: string;
  weight: number;
  points: number;
}

export interface Score {
  jobId: string;
  workerId: string;
  terms: ScoreTerm[];
  /** Higher is better. */
  total: number;
}

/** The whole sum for one pair. Give the leg of an evaluation where it is at hand. */
export function score(
  job: MatchJob,
  worker: MatchWorker,
  policy: MatchPolicy,
  now: number,
  leg: Leg = planLeg(job, worker, policy, now),
): Score {
  const context = { job, worker, policy, leg, now };
  const terms = SOFT_RULES.map(({ term, unit, sign, measure }) => {
    const raw = measure(context);
    const weight = policy.weights[term];
    // A weight of 0 switches a rule off, also where it cannot be measured.
    return { term, raw, unit, weight, points: weight === 0 ? 0 : sign * raw * weight };
  });
  return { jobId: job.id, workerId: worker.id, terms, total: terms.reduce((sum, t) => sum + t.points, 0) };
}

/** The total alone, for rounds over many pairs. */
export function scoreTotal(
  job: MatchJob,
  worker: MatchWorker,
  policy: MatchPolicy,
  now: number,
  leg: Leg,
): number {
  const context = { job, worker, policy, leg, now };
  let total = 0;
  for (const { term, sign, measure } of SOFT_RULES) {
    const weight = policy.weights[term];
    if (weight !== 0) total += sign * weight * measure(context);
  }
  return total;
}
