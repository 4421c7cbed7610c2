import {
  type Evaluation,
  evaluate,
  type Leg,
  type MatchJob,
  type MatchPolicy,
  type MatchWorker,
  renderVerdict,
} from '#matching';
import type { StoredCandidate } from '../round.entity.js';

export interface RoundInput {
  jobs: readonly MatchJob[];
  workers: readonly MatchWorker[];
  names: ReadonlyMap<string, string>;
  policy: MatchPolicy;
  /** Workers who must not be asked for a job (again) now, with the reason as text. */
  notAgain: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Epoch milliseconds. */
  now: number;
}

export interface Choice {
  jobId: string;
  workerId: string;
  leg: Leg;
}

export interface JobDecision {
  jobId: string;
  choices: Choice[];
  candidates: StoredCandidate[];
}

/** Everybody's verdict on one job, the able first and nearest first, then the others by distance. */
export function rankCandidates(
  job: MatchJob,
  workers: readonly MatchWorker[],
  context: Pick<RoundInput, 'names' | 'policy' | 'now'> & { notAgain?: ReadonlyMap<string, string> },
): { candidate: StoredCandidate; evaluation: Evaluation }[] {
  const { policy, now, names, notAgain } = context;
  const all = workers.map((worker) => {
    const evaluation = evaluate(job, worker, policy, now);
    const asked = notAgain?.get(worker.id);
    const reasons = evaluation.verdicts.filter((v) => !v.ok).map(renderVerdict);
    if (asked) reasons.push(asked);
    const { distanceMetres, travelSeconds } = evaluation.leg;
    const known = Number.isFinite(distanceMetres);
    const candidate: StoredCandidate = {
      workerId: worker.id,
      name: names.get(worker.id) ?? '',
      eligible: reasons.length === 0,
      rank: null,
      distanceMetres: known ? Math.round(distanceMetres) : null,
      travelSeconds: known ? Math.round(travelSeconds) : null,
      score: null,
      reasons,
    };
    return { candidate, evaluation };
  });
  const far = (c: StoredCandidate) => c.travelSeconds ?? Number.POSITIVE_INFINITY;
  all.sort(
    (a, b) =>
      Number(b.candidate.eligible) - Number(a.candidate.eligible) ||
      far(a.candidate) - far(b.candidate) ||
      (a.candidate.workerId < b.candidate.workerId ? -1 : 1),
  );
  let rank = 0;
  for (const { candidate } of all) if (candidate.eligible) candidate.rank = ++rank;
  return all;
}

/** One round over the open jobs of an area, most urgent first: each goes to the nearest able worker still free. */
export function decideRound(input: RoundInput): JobDecision[] {
  const taken = new Set<string>();
  return input.jobs.map((job) => {
    const ranked = rankCandidates(job, input.workers, { ...input, notAgain: input.notAgain.get(job.id) });
    const first = ranked.find(({ candidate }) => candidate.eligible && !taken.has(candidate.workerId));
    if (first) taken.add(first.candidate.workerId);
    return {
      jobId: job.id,
      choices: first
        ? [{ jobId: job.id, workerId: first.candidate.workerId, leg: first.evaluation.leg }]
        : [],
      candidates: ranked.map(({ candidate }) => candidate),
    };
  });
}
