import { type Evaluation, evaluate, reasonsAgainst } from '../eligibility/evaluate.js';
import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import { type Score, type ScoreTerm, score } from './score.js';

export interface Explanation {
  evaluation: Evaluation;
  score: Score;
  /** The same in words and numbers, one line each; the first line is the verdict. */
  lines: string[];
}

/** Why this worker, or why not: every hard rule that fails, else every term of the score. */
export function explain(job: MatchJob, worker: MatchWorker, policy: MatchPolicy, now: number): Explanation {
  const evaluation = evaluate(job, worker, policy, now);
  const sum = score(job, worker, policy, now, evaluation.leg);
  const { leg } = evaluation;
  const lines = evaluation.eligible
    ? [
        `${worker.id} can do ${job.id}: ${number(sum.total)} points`,
        `${number(leg.distanceMetres)} m from ${leg.origin.replace('_', ' ')}, ${number(leg.travelSeconds / 60)} min travel, arrives ${new Date(leg.arriveAt).toISOString()}`,
        ...sum.terms.filter((t) => t.weight !== 0).map(renderTerm),
      ]
    : [`${worker.id} cannot do ${job.id}`, ...reasonsAgainst(evaluation)];
  return { evaluation, score: sum, lines };
}

/** `travel_time 5.5 min x 1 = -5.5` */
export function renderTerm({ term, raw, unit, weight, points }: ScoreTerm): string {
  return `${term} ${number(raw)} ${unit} x ${number(weight)} = ${points >= 0 ? '+' : ''}${number(points)}`;
}

export const number = (value: number): string =>
  Number.isFinite(value) ? String(Math.round(value * 100) / 100) : 'unknown';
