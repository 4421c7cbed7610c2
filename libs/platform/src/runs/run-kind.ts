import type { CodedMessage } from '#kernel';
import type { Tx } from '../database/tx.js';

export interface RunContext<Progress> {
  orgId: string;
  subjectId: string;
  /** Aborted when the run was cancelled, when another process has taken it up, and when this process stops. */
  signal: AbortSignal;
  /** The newest is told to `progressed`, at most once a second. */
  progress(progress: Progress): void;
}

/**
 * One kind of long work, as its stage registers it. Every hook but `run` is part of a transaction of the facility: rows and
 * facts that it writes commit with the run's own state.
 */
export interface RunKind<Result, Progress = never> {
  kind: string;
  /** How many of an organisation may be queued or running at once. */
  maxOpen: number;
  /** How many run at once in one process. */
  concurrency: number;
  /** Does the work, outside of any transaction. From the beginning where a process died of it or was stopped. */
  run(context: RunContext<Progress>): Promise<Result>;
  /** A process has taken it up. */
  started?(tx: Tx, subjectId: string): Promise<void>;
  progressed?(tx: Tx, subjectId: string, progress: Progress): Promise<void>;
  /** What becomes of the result. Neither this nor `failed` is called for a run that was cancelled. */
  done(tx: Tx, subjectId: string, result: Result): Promise<void>;
  failed(tx: Tx, subjectId: string, error: CodedMessage): Promise<void>;
}
