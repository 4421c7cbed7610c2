import type { ProofKind } from '#kernel';
import type { JobEvent, JobState } from '#libs/job/src/lifecycle/job-states';

export type { ProofKind };
export type OwnStatus = 'off_duty' | 'available' | 'on_break';

/** `waiting`: never tried. `sending`: tried; the answer may have been lost. `rejected`: the worker has to say what now. */
export type EntryState = 'waiting' | 'sending' | 'rejected';

export interface EntryProblem {
  code: string;
  detail: string;
}

interface EntryBase {
  /** Place in the device's own order: `deviceSeq` of the wire. */
  seq: number;
  /** Makes sending it twice harmless. */
  opId: string;
  /** By the phone's clock, ISO. */
  occurredAt: string;
  state: EntryState;
  problem?: EntryProblem;
}

/** A verb of the state table, a note, or an answer to an offer. */
export interface OperationEntry extends EntryBase {
  type: 'operation';
  kind: JobEvent | 'note' | AnswerKind;
  jobId: string;
  /** The job's version that the worker saw. */
  baseVersion: number | null;
  reason?: string;
  data?: Record<string, unknown>;
}

export type AnswerKind = 'accept' | 'decline';

/** Yes or no to an offer. */
export interface AnswerEntry extends OperationEntry {
  kind: AnswerKind;
  data: { offerId: string };
  /** What there is to tell of it when the offer itself is gone; it stays on the phone. */
  about: { address: string; expiresAt: string };
}

export interface ProofEntry extends EntryBase {
  type: 'proof';
  kind: ProofKind;
  jobId: string;
  /** Of the proof item, chosen here. Bytes of a photo lie beside it in the photo store. */
  proofId: string;
  /** Text fields of the form, fixed when it was recorded: the same again must be the same. */
  fields: Record<string, string>;
}

export interface StatusEntry extends EntryBase {
  type: 'status';
  kind: OwnStatus;
  jobId: null;
}

export type LogEntry = OperationEntry | AnswerEntry | ProofEntry | StatusEntry;
type Made = 'seq' | 'opId' | 'occurredAt' | 'state';
/** What the worker did, before the log has given it a place. */
export type NewAnswer = Omit<AnswerEntry, Made>;
export type NewEntry =
  | Omit<OperationEntry, Made>
  | NewAnswer
  | Omit<ProofEntry, Made>
  | Omit<StatusEntry, Made>;

/** The server's answer to one operation. */
export interface OperationAnswer {
  opId: string | null;
  outcome: 'applied' | 'replayed' | 'parked' | 'rejected';
  state?: JobState;
  version?: number;
  conflictId?: string;
  problem?: { code?: string; detail?: string };
}
