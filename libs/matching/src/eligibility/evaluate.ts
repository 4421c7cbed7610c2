import type { MatchJob } from '../model/match-job.js';
import type { MatchPolicy } from '../model/match-policy.js';
import type { MatchWorker } from '../model/match-worker.js';
import { HARD_RULES } from './hard-rules.js';
import { type Leg, planLeg } from './leg.js';
import { renderVerdict } from './render.js';
import type { Verdict } from './verdict.js';

/** Everything the hard rules say about one pair. */
export interface Evaluation {
  jobId: string;
  workerId: string;
  eligible: boolean;
  /** One for each hard rule, in their order. */
  verdicts: Verdict[];
  leg: Leg;
}

/** Asks every hard rule, so that a rejected worker hears all the reasons and not only the first. */
export function evaluate(job: MatchJob, worker: MatchWorker, policy: MatchPolicy, now: number): Evaluation {
  return evaluateLeg(planLeg(job, worker, policy, now), job, worker, policy, now);
}

/** The same for a trip that somebody else has chosen. */
export function evaluateLeg(
  leg: Leg,
  job: MatchJob,
  worker: MatchWorker,
  policy: MatchPolicy,
  now: number,
): Evaluation {
  const context = { job, worker, policy, leg, now };
  const verdicts = HARD_RULES.map(({ rule, code, unit, check }) => {
    const { ok, actual, limit, subject } = check(context);
    return subject === undefined
      ? { rule, code, ok, actual, limit, unit }
      : { rule, code, ok, actual, limit, unit, subject };
  });
  return { jobId: job.id, workerId: worker.id, eligible: verdicts.every((v) => v.ok), verdicts, leg };
}

/** The leg when every rule passes, else null. Stops at the first refusal: for rounds over many pairs. */
export function eligibleLeg(
  job: MatchJob,
  worker: MatchWorker,
  policy: MatchPolicy,
  now: number,
): Leg | null {
  const leg = planLeg(job, worker, policy, now);
  const context = { job, worker, policy, leg, now };
  return HARD_RULES.every((rule) => rule.check(context).ok) ? leg : null;
}

/** The refusals of an evaluation as text, one line a rule. */
export function reasonsAgainst(evaluation: Evaluation): string[] {
  return evaluation.verdicts.filter((v) => !v.ok).map(renderVerdict);
}
