import {
  type Evaluation,
  evaluate,
  type MatchJob,
  type MatchPolicy,
  type MatchWorker,
  renderVerdict,
  type SelectionMode,
  score,
} from '#matching';
import type { StoredCandidate } from './round.entity.js';

export interface Judgement {
  candidate: StoredCandidate;
  evaluation: Evaluation;
}

interface Context {
  names: ReadonlyMap<string, string>;
  policy: MatchPolicy;
  mode: Exclude<SelectionMode, 'auto'>;
  /** Who must not be asked (again), with the reason as text. */
  alreadyAsked?: ReadonlyMap<string, string>;
  /** Epoch milliseconds. */
  now: number;
}

/** Everybody's verdict on one job: the able first, in the order of the policy, then the others by distance. */
export function judgeCandidates(
  job: MatchJob,
  workers: readonly MatchWorker[],
  context: Context,
): Judgement[] {
  const judged = workers.map((worker) => judge(job, worker, context));
  const far = ({ candidate }: Judgement) => candidate.distanceMetres ?? Number.POSITIVE_INFINITY;
  const points = ({ candidate }: Judgement) => (context.mode === 'nearest' ? 0 : (candidate.score ?? 0));
  judged.sort(
    (a, b) =>
      Number(b.candidate.eligible) - Number(a.candidate.eligible) ||
      points(b) - points(a) ||
      far(a) - far(b) ||
      (a.candidate.workerId < b.candidate.workerId ? -1 : 1),
  );
  let rank = 0;
  for (const { candidate } of judged) if (candidate.eligible) candidate.rank = ++rank;
  return judged;
}

function judge(job: MatchJob, worker: MatchWorker, context: Context): Judgement {
  const { policy, now, names, alreadyAsked } = context;
  const evaluation = evaluate(job, worker, policy, now);
  const asked = alreadyAsked?.get(worker.id);
  const reasons = evaluation.verdicts.filter((verdict) => !verdict.ok).map(renderVerdict);
  if (asked) reasons.push(asked);
  const eligible = reasons.length === 0;
  const sum = eligible ? score(job, worker, policy, now, evaluation.leg) : null;
  const { distanceMetres, travelSeconds } = evaluation.leg;
  const known = Number.isFinite(distanceMetres);
  const candidate: StoredCandidate = {
    workerId: worker.id,
    name: names.get(worker.id) ?? '',
    eligible,
    rank: null,
    distanceMetres: known ? Math.round(distanceMetres) : null,
    travelSeconds: known ? Math.round(travelSeconds) : null,
    score: sum && round(sum.total),
    terms: (sum?.terms ?? [])
      .filter(({ weight }) => weight !== 0)
      .map(({ term, raw, unit, weight, points }) => ({
        term,
        raw: round(raw),
        unit,
        weight,
        points: round(points),
      })),
    reasons,
  };
  return { candidate, evaluation };
}

const round = (value: number): number => Math.round(value * 100) / 100;
