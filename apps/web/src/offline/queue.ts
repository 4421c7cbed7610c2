import { isAnswer } from './answers';
import type {
  EntryProblem,
  LogEntry,
  OperationAnswer,
  OperationEntry,
  ProofEntry,
  StatusEntry,
} from './entry';
import { inOrder } from './optimistic';

export const MAX_BATCH = 50;

export type Batch =
  | { type: 'operations'; entries: OperationEntry[] }
  | { type: 'proof'; entry: ProofEntry }
  | { type: 'status'; entry: StatusEntry };

/**
 * What goes next: in the order of the device, as many operations together as stand in a row. What was refused holds
 * everything behind it on the same job, until the worker has said what is to become of it; other jobs go on.
 *
 * Answers to offers go before all of it and neither hold nor are held: an offer lives for seconds, perhaps behind ten
 * photos, and what is said to it stands on nothing that was done before.
 */
export function nextBatch(entries: readonly LogEntry[], most = MAX_BATCH): Batch | null {
  const held = new Set<string>();
  const inTurn = inOrder(entries);
  const answers = inTurn.filter(isAnswer).filter((entry) => entry.state !== 'rejected');
  if (answers.length > 0) return { type: 'operations', entries: answers.slice(0, most) };
  const operations: OperationEntry[] = [];
  for (const entry of inTurn) {
    if (isAnswer(entry)) continue;
    if (entry.state === 'rejected') {
      if (entry.jobId) held.add(entry.jobId);
      continue;
    }
    if (entry.jobId && held.has(entry.jobId)) continue;
    if (entry.type === 'operation') {
      operations.push(entry);
      if (operations.length >= most) break;
      continue;
    }
    if (operations.length > 0) break;
    return entry.type === 'proof' ? { type: 'proof', entry } : { type: 'status', entry };
  }
  return operations.length > 0 ? { type: 'operations', entries: operations } : null;
}

export type Fate =
  | { do: 'done'; state?: OperationAnswer['state']; version?: number }
  | { do: 'park'; conflictId: string; problem: EntryProblem }
  | { do: 'reject'; problem: EntryProblem }
  /** It stays in the queue; `untried` when the server has certainly done nothing with it. */
  | { do: 'keep'; untried: boolean };

/** What becomes of an operation by its answer. What merely stood behind a refused one stays in the queue. */
export function fateOf(answer: OperationAnswer | undefined): Fate {
  if (!answer) return { do: 'keep', untried: false };
  const problem = { code: answer.problem?.code ?? 'UNKNOWN', detail: answer.problem?.detail ?? '' };
  switch (answer.outcome) {
    case 'applied':
    case 'replayed':
      return { do: 'done', state: answer.state, version: answer.version };
    case 'parked':
      return answer.conflictId
        ? { do: 'park', conflictId: answer.conflictId, problem }
        : { do: 'keep', untried: false };
    case 'rejected':
      return problem.code === 'BEHIND_REJECTED' ? { do: 'keep', untried: true } : { do: 'reject', problem };
  }
}

/** How a request as a whole went. */
export type Reply<T = unknown> =
  | { ok: true; body: T }
  | {
      ok: false;
      status: number;
      code: string;
      detail: string;
      retryAfterMs?: number;
      /** The server has certainly done nothing with it. */
      untried?: boolean;
    };

const PASSING_STATUSES = new Set([0, 408, 425, 429]);
const PASSING_CODES = new Set(['COMMAND_RUNNING', 'TRY_AGAIN']);

/** Whether the same thing may succeed later by itself. */
export const isPassing = ({ status, code }: { status: number; code: string }): boolean =>
  status >= 500 || PASSING_STATUSES.has(status) || PASSING_CODES.has(code);

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * Milliseconds until the next try: doubling to a minute, each shortened at random by up to half, so that a hundred phones
 * that lost the same mast do not come back in one moment. `random` is in [0, 1).
 */
export function backOffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (1 - random / 2));
}
