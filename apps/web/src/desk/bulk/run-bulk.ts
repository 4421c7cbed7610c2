import type { Job } from '../../api/types';

/** What came of it for one of the chosen jobs. */
export interface Outcome {
  job: Job;
  /** Why not; undefined: it is done. */
  problem?: string;
  undo?: () => Promise<void>;
}

/** Refused for this job, with the reason in words. */
export class Refused extends Error {}

interface Work {
  jobs: readonly Job[];
  /** Does it for one; answers how to take it back, if it can be. @throws whatever keeps it from being done */
  act: (job: Job) => Promise<(() => Promise<void>) | undefined>;
  words: (error: unknown) => string;
  /** After each one: what is known so far, in the order of `jobs`. */
  onStep: (outcomes: readonly Outcome[]) => void;
}

/** One after the other, each with its own outcome: what fails for one says nothing of the next. */
export async function runBulk({ jobs, act, words, onStep }: Work): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const job of jobs) {
    try {
      outcomes.push({ job, undo: await act(job) });
    } catch (error) {
      outcomes.push({ job, problem: error instanceof Refused ? error.message : words(error) });
    }
    onStep([...outcomes]);
  }
  return outcomes;
}

/** Takes back what can be, the last first. */
export async function undoBulk(outcomes: readonly Outcome[]): Promise<void> {
  for (const { undo } of [...outcomes].reverse()) await undo?.();
}
