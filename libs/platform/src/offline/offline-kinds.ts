import { Injectable } from '@nestjs/common';
import { Invalid } from '#kernel';
import type { Principal } from '../auth/principal.js';
import type { Tx } from '../database/tx.js';
import type { LateVerdict } from './judge-recorded.js';
import type { Operation } from './operation.dto.js';

/** Whose phone recorded it. */
export interface Recorder {
  userId: string;
  /** null: an account that is no worker's. */
  workerId: string | null;
}

/** When it happened, as the phone says it. */
export interface RecordedTime {
  /** By the phone's own clock. */
  claimedAt: Date;
  /** The same by the server's clock, where the phone said how late its own is. */
  correctedAt: Date;
  /** The last thing that this phone recorded before. */
  notBefore?: Date | null;
}

export interface RecordedWork extends Recorder {
  operation: Operation;
  /** `operation.data`, or an empty object. */
  data: Record<string, unknown>;
  time: RecordedTime;
}

/** What operations are about, as all kinds of subjects have it. */
export interface SubjectNow {
  id: string;
  state: string;
  version: number;
  areaId: string | null;
  createdAt: Date;
}

/** One kind of thing that phones record work about: a job, a report. Its stage says how it is found, guarded and judged. */
export interface OfflineSubject<S extends SubjectNow = SubjectNow> {
  /** As `subjectType` says it. */
  type: string;
  /** @throws NotFound */
  get(tx: Tx, id: string): Promise<S>;
  /** The same, its row held to the end of the transaction: one operation after the other. @throws NotFound */
  lock(tx: Tx, id: string): Promise<S>;
  /** @throws NotFound for a caller who may record nothing about it */
  checkAccess(caller: Principal, subject: S): void;
  /** Whether what was recorded can still be done as it was meant. */
  judge(tx: Tx, subject: S, work: RecordedWork): Promise<LateVerdict>;
  /** Codes of errors that a person must judge; whatever else goes wrong the phone can mend itself. */
  parkedErrors: readonly string[];
  /** Before the desk applies it after all, as its recorder. @throws Conflict when they are not the one to do it any more */
  checkRecorder(subject: S, recorder: Recorder): void;
  /** The desk keeps it as a note instead. */
  note(tx: Tx, subject: S, said: Recorder & { text: string; occurredAt: Date }): Promise<void>;
}

/** Something that a phone may record: a verb of the subject. */
export interface OfflineKind<S extends SubjectNow = SubjectNow> {
  subjectType: string;
  /** At most 40 characters; one of its subject. */
  kind: string;
  /** @throws DomainError as the verb would, had it been sent at once */
  apply(tx: Tx, subject: S, work: RecordedWork): Promise<void>;
}

/**
 * An answer to a question that was put to this very person, about something that is not theirs (yet): an offer, say. It is
 * taken or refused, never judged late or parked.
 */
export interface OfflineAnswer<S extends SubjectNow = SubjectNow> {
  subjectType: string;
  kind: string;
  /** @throws NotFound unless this person was asked about this very subject */
  answer(tx: Tx, caller: Principal, work: RecordedWork): Promise<void>;
  /** Whether the caller may hear what became of the subject. */
  isTold(caller: Principal, subject: S): boolean;
}

/** What phones may record without a line. Each stage registers its subjects, and its kinds about whatever subject. */
@Injectable()
export class OfflineKinds {
  private readonly subjects = new Map<string, OfflineSubject>();
  private readonly kinds = new Map<string, OfflineKind | OfflineAnswer>();

  addSubject<S extends SubjectNow>(subject: OfflineSubject<S>): void {
    if (this.subjects.has(subject.type)) throw new Error(`two stages have the subject ${subject.type}`);
    this.subjects.set(subject.type, subject as unknown as OfflineSubject);
  }

  add<S extends SubjectNow>(...kinds: (OfflineKind<S> | OfflineAnswer<S>)[]): void {
    for (const kind of kinds) {
      const name = `${kind.subjectType}/${kind.kind}`;
      if (this.kinds.has(name)) throw new Error(`two handlers for the offline operation ${name}`);
      this.kinds.set(name, kind as unknown as OfflineKind);
    }
  }

  /** @throws Invalid for what no stage knows (any more) */
  subject(type: string): OfflineSubject {
    const subject = this.subjects.get(type);
    if (!subject) throw Invalid.field('subjectType', 'is nothing that operations can be about');
    return subject;
  }

  /** @throws Invalid */
  kind(subjectType: string, kind: string): OfflineKind | OfflineAnswer {
    this.subject(subjectType);
    const found = this.kinds.get(`${subjectType}/${kind}`);
    if (!found) throw Invalid.field('kind', `is nothing that can be recorded offline about a ${subjectType}`);
    return found;
  }
}
