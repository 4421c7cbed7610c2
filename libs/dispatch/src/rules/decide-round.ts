import {
  type Leg,
  type MatchJob,
  type MatchPolicy,
  type MatchWorker,
  matchBatch,
  modeFor,
  nextWave,
  rankCandidates as rankAble,
  type SelectionMode,
  select,
} from '#matching';
import type { StoredCandidate } from '../round.entity.js';
import { judgeCandidates } from './judge-candidates.js';

export interface RoundInput {
  jobs: readonly MatchJob[];
  workers: readonly MatchWorker[];
  names: ReadonlyMap<string, string>;
  policy: MatchPolicy;
  /** How long one worker has to answer, unless a wave says otherwise. */
  offerSeconds: number;
  /** Workers who must not be asked for a job (again) now, with the reason as text. */
  notAgain: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** How many waves each job has been through. */
  wavesTried: ReadonlyMap<string, number>;
  /** For random draws; fixed before anybody knows the pool. */
  seed: number;
  /** Epoch milliseconds. */
  now: number;
}

/** Somebody to be offered a job, and for how long. */
export interface Choice {
  workerId: string;
  leg: Leg;
  /** 1 = the first time this job goes out. */
  wave: number;
  seconds: number;
}

export interface JobDecision {
  jobId: string;
  mode: Exclude<SelectionMode, 'auto'>;
  choices: Choice[];
  candidates: StoredCandidate[];
}

type Chosen = Map<string, Choice[]>;

/**
 * One round over the open jobs of an area, most urgent first. What the policy chooses goes out as offers; every
 * candidate's verdict comes with it, chosen or not.
 */
export function decideRound(input: RoundInput): JobDecision[] {
  const { workers, policy, now } = input;
  const mode = modeFor(policy, input.jobs.length);
  // Who said no is to this job what a blocked worker is.
  const jobs = input.jobs.map((job) => ({
    ...job,
    blockedWorkerIds: [...job.blockedWorkerIds, ...(input.notAgain.get(job.id)?.keys() ?? [])],
  }));
  const chosen = mode === 'batch' ? chooseTogether(jobs, input) : chooseInTurn(jobs, mode, input);
  return input.jobs.map((job) => ({
    jobId: job.id,
    mode,
    choices: chosen.get(job.id) ?? [],
    candidates: judgeCandidates(job, workers, {
      ...input,
      policy,
      now,
      mode,
      notAgain: input.notAgain.get(job.id),
    }).map(({ candidate }) => candidate),
  }));
}

/** All jobs at once: the choice that is best for all of them together. */
function chooseTogether(jobs: MatchJob[], input: RoundInput): Chosen {
  const { assignments } = matchBatch(jobs, input.workers, input.policy, input.now);
  return new Map(
    assignments.map(({ jobId, workerId, candidate }) => [
      jobId,
      [
        {
          workerId,
          leg: candidate.leg,
          wave: 1 + (input.wavesTried.get(jobId) ?? 0),
          seconds: input.offerSeconds,
        },
      ],
    ]),
  );
}

/** Job by job, most urgent first; who was chosen is not there for the next. */
function chooseInTurn(
  jobs: MatchJob[],
  mode: Exclude<SelectionMode, 'auto' | 'batch'>,
  input: RoundInput,
): Chosen {
  const { policy, now } = input;
  const taken = new Set<string>();
  const chosen: Chosen = new Map();
  jobs.forEach((job, index) => {
    const able = rankAble(
      job,
      input.workers.filter(({ id }) => !taken.has(id)),
      policy,
      now,
    );
    const tried = input.wavesTried.get(job.id) ?? 0;
    const step = mode === 'waves' ? nextWave(able, policy, tried) : null;
    const workerIds = step
      ? step.kind === 'offer'
        ? step.workerIds
        : []
      : select(mode, able, policy, (input.seed + index) | 0).workerIds;
    for (const id of workerIds) taken.add(id);
    chosen.set(
      job.id,
      workerIds.map((workerId) => ({
        workerId,
        leg: able.find((candidate) => candidate.workerId === workerId)!.leg,
        wave: 1 + (step?.kind === 'offer' ? step.wave : tried),
        seconds: step?.kind === 'offer' ? step.waitSeconds : input.offerSeconds,
      })),
    );
  });
  return chosen;
}
