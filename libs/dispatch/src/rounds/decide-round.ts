import {
  type Draw,
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
import { judgeCandidates } from './judge-candidates.js';
import type { StoredCandidate } from './round.entity.js';

export interface RoundInput {
  jobs: readonly MatchJob[];
  workers: readonly MatchWorker[];
  names: ReadonlyMap<string, string>;
  policy: MatchPolicy;
  /** How long one worker has to answer, unless a wave says otherwise. */
  offerSeconds: number;
  /** Workers who must not be asked for a job (again) now, with the reason as text. */
  alreadyAsked: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** How many waves each job has been through. */
  wavesTried: ReadonlyMap<string, number>;
  /** For random draws; fixed before anybody knows the pool. */
  seed: number;
  /** Who was chosen in this round already, for a job under another policy. */
  taken?: ReadonlySet<string>;
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
  /** A random choice, with all that is needed to make it again. */
  draw: Draw | null;
  /** Every wave has been out: a dispatcher decides. */
  exhausted: boolean;
}

export interface Chosen {
  choices: Choice[];
  draw?: Draw;
  exhausted?: boolean;
}

/**
 * One round over the open jobs of an area, most urgent first. What the policy chooses goes out as offers; every
 * candidate's verdict comes with it, chosen or not.
 */
export function decideRound(input: RoundInput): JobDecision[] {
  const { workers, policy, now } = input;
  const { mode, chosen } = chooseRound(input);
  return input.jobs.map((job) => ({
    jobId: job.id,
    mode,
    choices: chosen.get(job.id)?.choices ?? [],
    draw: chosen.get(job.id)?.draw ?? null,
    exhausted: chosen.get(job.id)?.exhausted ?? false,
    candidates: judgeCandidates(job, workers, {
      ...input,
      policy,
      now,
      mode,
      alreadyAsked: input.alreadyAsked.get(job.id),
    }).map(({ candidate }) => candidate),
  }));
}

/** The choices alone, without everybody's verdict: for replays over many rounds. */
export function chooseRound(input: Omit<RoundInput, 'names'>): {
  mode: JobDecision['mode'];
  chosen: Map<string, Chosen>;
} {
  const mode = modeFor(input.policy, input.jobs.length);
  // Treat workers who declined as blocked for this job.
  const jobs = input.jobs.map((job) => ({
    ...job,
    blockedWorkerIds: [...job.blockedWorkerIds, ...(input.alreadyAsked.get(job.id)?.keys() ?? [])],
  }));
  const free = { ...input, workers: input.workers.filter(({ id }) => !input.taken?.has(id)) };
  return { mode, chosen: mode === 'batch' ? chooseTogether(jobs, free) : chooseInTurn(jobs, mode, free) };
}

type Choosing = Omit<RoundInput, 'names'>;

/** All jobs at once: the choice that is best for all of them together. */
function chooseTogether(jobs: MatchJob[], input: Choosing): Map<string, Chosen> {
  const { assignments } = matchBatch(jobs, input.workers, input.policy, input.now);
  return new Map(
    assignments.map(({ jobId, workerId, candidate }) => {
      const wave = 1 + (input.wavesTried.get(jobId) ?? 0);
      return [jobId, { choices: [{ workerId, leg: candidate.leg, wave, seconds: input.offerSeconds }] }];
    }),
  );
}

/** Job by job, most urgent first; who was chosen is not there for the next. */
function chooseInTurn(
  jobs: MatchJob[],
  mode: Exclude<SelectionMode, 'auto' | 'batch'>,
  input: Choosing,
): Map<string, Chosen> {
  const { policy, now } = input;
  const taken = new Set<string>();
  const chosen = new Map<string, Chosen>();
  jobs.forEach((job, index) => {
    const able = rankAble(
      job,
      input.workers.filter(({ id }) => !taken.has(id)),
      policy,
      now,
    );
    const tried = input.wavesTried.get(job.id) ?? 0;
    const step = mode === 'waves' ? nextWave(able, policy, tried) : null;
    const { workerIds, draw } = step
      ? { workerIds: step.kind === 'offer' ? step.workerIds : [], draw: undefined }
      : select(mode, able, policy, (input.seed + index) | 0);
    for (const id of workerIds) taken.add(id);
    const choices = workerIds.map((workerId) => ({
      workerId,
      leg: able.find((candidate) => candidate.workerId === workerId)!.leg,
      wave: 1 + (step?.kind === 'offer' ? step.wave : tried),
      seconds: step?.kind === 'offer' ? step.waitSeconds : input.offerSeconds,
    }));
    chosen.set(job.id, { choices, draw, exhausted: step?.kind === 'desk' && tried > 0 });
  });
  return chosen;
}
