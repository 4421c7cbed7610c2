import { Injectable } from '@nestjs/common';
import { Conflict, DomainError, newId } from '#kernel';
import type { Tx } from '../database/tx.js';
import { type ConflictStatus, OperationConflict } from './conflict.entity.js';
import { conflictParked, conflictResolved } from './offline.facts.js';
import type { OfflineKind, Recorder, SubjectNow } from './offline-kinds.js';
import { OfflineKinds } from './offline-kinds.js';
import { type Operation, subjectOf } from './operation.dto.js';

export interface Settlement {
  /** apply: do it after all; note: keep it as a note; discard: it counts for nothing. */
  choice: 'apply' | 'note' | 'discard';
  reason?: string;
  /** Also those that wait behind it, up to the first that cannot be settled the same way. */
  andFollowing?: boolean;
}

const BECOMES = { apply: 'applied', note: 'noted', discard: 'discarded' } as const satisfies Record<
  Settlement['choice'],
  ConflictStatus
>;

/** Where operations wait that could not be applied. Nothing leaves it; things are only settled in it. */
@Injectable()
export class Parking {
  constructor(private readonly kinds: OfflineKinds) {}

  async park(
    tx: Tx,
    subject: SubjectNow,
    operation: Operation,
    why: Recorder & { occurredAt: Date; code: string; detail: string },
  ): Promise<OperationConflict> {
    const { subjectType, subjectId } = subjectOf(operation);
    const conflict = tx.repo(OperationConflict).create({
      id: newId(),
      orgId: tx.orgId,
      version: 1,
      subjectType,
      subjectId,
      areaId: subject.areaId,
      workerId: why.workerId,
      userId: why.userId,
      opId: operation.opId,
      deviceId: operation.deviceId,
      deviceSeq: String(operation.deviceSeq),
      kind: operation.kind,
      operation,
      baseVersion: operation.baseVersion ?? null,
      occurredAt: why.occurredAt,
      receivedAt: tx.now,
      code: why.code,
      detail: why.detail,
      subjectState: subject.state,
      subjectVersion: subject.version,
      status: 'open',
    });
    await tx.repo(OperationConflict).insert(conflict);
    const { kind: verb, code } = conflict;
    const data = { ...toldOf(conflict, subject), verb, code, state: subject.state };
    tx.record(conflictParked(conflict.id, data, why.occurredAt));
    return conflict;
  }

  /** Whether something of this account about this subject waits already. */
  isBlocked(tx: Tx, operation: Operation, userId: string): Promise<boolean> {
    const where = { orgId: tx.orgId, ...subjectOf(operation), userId, status: 'open' as const };
    return tx.repo(OperationConflict).existsBy(where);
  }

  /** @throws Conflict ALREADY_RESOLVED, EARLIER_CONFLICT_OPEN; what the subject and the verb itself refuse */
  async resolve(tx: Tx, conflict: OperationConflict, by: string, how: Settlement): Promise<void> {
    const { subject, waiting } = await this.stillWaiting(tx, conflict);
    if (waiting[0]!.id !== conflict.id)
      throw new Conflict(
        'EARLIER_CONFLICT_OPEN',
        `Something recorded earlier on this ${conflict.subjectType} waits as well.`,
        { conflictId: waiting[0]!.id },
      );
    await this.settle(tx, conflict, subject, by, how);
    if (!how.andFollowing) return;
    for (const next of waiting.slice(1))
      try {
        await this.settle(tx, next, await this.subjectNow(tx, next), by, how);
      } catch (error) {
        if (error instanceof DomainError && error.status < 500) return;
        throw error;
      }
  }

  /** Whoever recorded it takes it back; in any order, since nothing comes of it. @throws Conflict ALREADY_RESOLVED */
  async withdraw(tx: Tx, conflict: OperationConflict, by: string, reason: string): Promise<void> {
    const { subject } = await this.stillWaiting(tx, conflict);
    await this.settle(tx, conflict, subject, by, { choice: 'discard', reason });
  }

  private async settle(
    tx: Tx,
    conflict: OperationConflict,
    subject: SubjectNow,
    by: string,
    { choice, reason }: Settlement,
  ): Promise<void> {
    const { workerId, userId, occurredAt } = conflict;
    const operation = conflict.operation as Operation;
    const about = this.kinds.subject(conflict.subjectType);
    const recorder = { workerId, userId };
    if (choice === 'apply') {
      about.checkRecorder(subject, recorder);
      const kind = this.kinds.kind(conflict.subjectType, conflict.kind) as OfflineKind;
      const time = { claimedAt: new Date(operation.occurredAt), correctedAt: occurredAt };
      await kind.apply(tx, subject, { ...recorder, operation, data: operation.data ?? {}, time });
    }
    if (choice === 'note') {
      const text = `${conflict.kind} ${operation.reason ?? ''} ${textIn(conflict)}`.trim();
      await about.note(tx, subject, { ...recorder, text, occurredAt });
    }
    const change = {
      status: BECOMES[choice],
      version: conflict.version + 1,
      resolutionReason: reason ?? null,
      resolvedBy: by,
      resolvedAt: tx.now,
    };
    await tx.repo(OperationConflict).update({ id: conflict.id, orgId: tx.orgId }, change);
    tx.record(
      conflictResolved(conflict.id, { ...toldOf(conflict, subject), choice, reason: reason ?? null }),
    );
    Object.assign(conflict, change);
  }

  private subjectNow(tx: Tx, { subjectType, subjectId }: OperationConflict): Promise<SubjectNow> {
    return this.kinds.subject(subjectType).get(tx, subjectId);
  }

  /**
   * What waits of this account about this subject, `conflict` among it, in the order in which it was recorded. One at a time
   * for a subject, so that two desks do not settle its conflicts in different orders.
   */
  private async stillWaiting(tx: Tx, { id, subjectType, subjectId, userId, status }: OperationConflict) {
    const subject = await this.kinds.subject(subjectType).lock(tx, subjectId);
    const waiting = await tx.repo(OperationConflict).find({
      where: { orgId: tx.orgId, subjectType, subjectId, userId, status: 'open' },
      order: { occurredAt: 'ASC', deviceSeq: 'ASC', receivedAt: 'ASC', id: 'ASC' },
    });
    if (!waiting.some((one) => one.id === id))
      throw new Conflict('ALREADY_RESOLVED', `It was ${status} already.`, { status });
    return { subject, waiting };
  }
}

/** A job is named as it always was. */
function toldOf({ id, subjectType, subjectId, workerId, userId }: OperationConflict, { areaId }: SubjectNow) {
  const isJob = subjectType === 'job';
  return {
    conflictId: id,
    jobId: isJob ? subjectId : null,
    workerId,
    areaId,
    ...(isJob ? {} : { subjectType, subjectId }),
    ...(workerId ? {} : { userId }),
  };
}

function textIn({ operation }: OperationConflict): string {
  const { text, note } = (operation.data ?? {}) as { text?: unknown; note?: unknown };
  const said = text ?? note;
  return typeof said === 'string' ? said : '';
}
