import { Invalid } from '#kernel';
import type { MatchPolicy, SelectionMode } from '../model/match-policy.js';
import { byDistance, byPoints, type Candidate } from './candidates.js';
import { type Draw, draw } from './draw.js';
import { nextWave, type WaveStep } from './waves.js';

/** Who is asked first, and how it came about. */
export interface Selection {
  mode: Exclude<SelectionMode, 'auto' | 'batch'>;
  /** In order of preference; empty = nobody can. */
  workerIds: string[];
  /** Only for `random`. */
  draw?: Draw;
  /** Only for `waves`: the first step. */
  wave?: WaveStep;
}

type Selector = (
  candidates: readonly Candidate[],
  policy: MatchPolicy,
  seed: number,
) => Omit<Selection, 'mode'>;

const ids = (candidates: readonly Candidate[]): string[] => candidates.map((c) => c.workerId);
const first = (candidates: readonly Candidate[], order: (a: Candidate, b: Candidate) => number): string[] =>
  ids([...candidates].sort(order).slice(0, 1));

/** One line a policy. `batch` is not among them: it decides for all jobs at once. */
const SELECTORS: Record<Selection['mode'], Selector> = {
  nearest: (candidates) => ({ workerIds: first(candidates, byDistance) }),
  best_score: (candidates) => ({ workerIds: first(candidates, byPoints) }),
  broadcast: (candidates, policy) => ({
    workerIds: ids([...candidates].sort(byPoints).slice(0, policy.broadcastCount)),
  }),
  waves: (candidates, policy) => {
    const wave = nextWave([...candidates].sort(byPoints), policy, 0);
    return { workerIds: wave.kind === 'offer' ? wave.workerIds : [], wave };
  },
  least_loaded: (candidates) => ({
    workerIds: first(candidates, (a, b) => a.worker.tasksToday - b.worker.tasksToday || byPoints(a, b)),
  }),
  random: (candidates, _policy, seed) => {
    const record = draw(ids(candidates), seed);
    return { workerIds: record.drawn === null ? [] : [record.drawn], draw: record };
  },
};

/** Applies one policy to the candidates of one job. */
export function select(
  mode: Selection['mode'],
  candidates: readonly Candidate[],
  policy: MatchPolicy,
  seed = 0,
): Selection {
  const selector = SELECTORS[mode];
  if (!selector) throw Invalid.field('mode', `"${mode}" does not choose for a single job`);
  return { mode, ...selector(candidates, policy, seed) };
}

/** `auto` is greedy for one open job and batch for two or more; every other mode is itself. */
export function modeFor(policy: MatchPolicy, openJobs: number): Exclude<SelectionMode, 'auto'> {
  if (policy.mode !== 'auto') return policy.mode;
  return openJobs >= 2 ? 'batch' : 'best_score';
}
