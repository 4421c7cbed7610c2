import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import type { Principal } from '../auth/principal.js';
import { CommandRunner } from '../commands/command-runner.js';
import type { Tx } from '../database/tx.js';
import { asDomainError } from '../http/as-domain-error.js';
import { toProblem } from '../http/problem.filter.js';
import { DeviceTimes } from './device-times.js';
import { correctedTime, judgeRecorded } from './judge-recorded.js';
import {
  type OfflineAnswer,
  OfflineKinds,
  type RecordedTime,
  type RecordedWork,
  type Recorder,
  type SubjectNow,
} from './offline-kinds.js';
import { type Operation, type OperationResult, readOperation, subjectOf } from './operation.dto.js';
import { Parking } from './parking.js';

type Done = Pick<OperationResult, 'outcome' | 'state' | 'version' | 'conflictId' | 'problem'>;
type Read = { index: number; operation: Operation };

/** Of whatever subject; others add theirs. */
const PARKED_ERROR = 'VERSION_CONFLICT';

/**
 * Takes what phones recorded while they were away: in the order of the device, each in its own transaction, once.
 * What cannot be done any more as it was meant is parked for a person, with everything behind it about the same subject.
 */
@Injectable()
export class OfflineOperations {
  constructor(
    private readonly commands: CommandRunner,
    private readonly kinds: OfflineKinds,
    private readonly parking: Parking,
    private readonly deviceTimes: DeviceTimes,
  ) {}

  /** @returns one result for each of `raw`, in its order. @throws DomainError >= 500 or "try again"; nothing is lost then */
  async applyAll(
    caller: Principal,
    raw: readonly unknown[],
    sentAt: Date | null,
  ): Promise<OperationResult[]> {
    const results: OperationResult[] = [];
    const read: Read[] = [];
    raw.forEach((one, index) => {
      try {
        const operation = readOperation(one);
        this.kinds.kind(subjectOf(operation).subjectType, operation.kind);
        read.push({ index, operation });
      } catch (error) {
        results[index] = { opId: opIdOf(one), ...rejected(asDomainError(error)) };
      }
    });
    const stuck = new Set<string>();
    for (const { index, operation } of inDeviceOrder(read)) {
      const { subjectType, subjectId } = subjectOf(operation);
      const subject = `${subjectType}/${subjectId}`;
      const done = stuck.has(subject)
        ? rejected(
            new DomainError(
              'BEHIND_REJECTED',
              409,
              `An operation on this ${subjectType} before this one was rejected.`,
            ),
          )
        : await this.applyOne(caller, operation, sentAt);
      if (done.outcome === 'rejected') stuck.add(subject);
      results[index] = { opId: operation.opId, ...done };
    }
    return results;
  }

  private async applyOne(caller: Principal, operation: Operation, sentAt: Date | null): Promise<Done> {
    try {
      return await this.once(caller, operation, (tx) => this.apply(tx, caller, operation, sentAt));
    } catch (error) {
      const problem = asDomainError(error);
      const { code, status, message: detail } = problem;
      if (status >= 500 || ['COMMAND_RUNNING', 'TRY_AGAIN'].includes(code)) throw error;
      const about = this.kinds.subject(subjectOf(operation).subjectType);
      if (code !== PARKED_ERROR && !about.parkedErrors.includes(code)) return rejected(problem);
      return this.once(caller, operation, async (tx) => {
        const subject = await this.open(tx, caller, operation);
        const time = await this.timeOf(tx, caller, operation, sentAt);
        return this.park(tx, subject, { ...recorderOf(caller), operation, time }, { code, detail });
      });
    }
  }

  private async once(
    caller: Principal,
    operation: Operation,
    work: (tx: Tx) => Promise<Done>,
  ): Promise<Done> {
    const { response, replayed } = await this.commands.run(
      {
        orgId: caller.orgId,
        actorId: caller.id,
        key: operation.opId,
        body: { route: 'me/operations', operation: { ...operation } },
      },
      work,
    );
    return replayed && response.outcome === 'applied' ? { ...response, outcome: 'replayed' } : response;
  }

  private async apply(tx: Tx, caller: Principal, operation: Operation, sentAt: Date | null): Promise<Done> {
    const { subjectType, subjectId } = subjectOf(operation);
    const kind = this.kinds.kind(subjectType, operation.kind);
    await this.oneAtATime(tx, caller.id, operation.deviceId);
    const time = await this.timeOf(tx, caller, operation, sentAt);
    const work = { ...recorderOf(caller), operation, data: operation.data ?? {}, time };
    if ('answer' in kind) return this.answer(tx, caller, kind, work);
    const about = this.kinds.subject(subjectType);
    const subject = await this.open(tx, caller, operation);
    const general = judgeRecorded({
      subjectType,
      now: tx.now,
      occurredAt: time.correctedAt,
      suspended: caller.isSuspended ?? false,
      behind: await this.parking.isBlocked(tx, operation, caller.id),
    });
    const verdict = general.do === 'apply' ? await about.judge(tx, subject, work) : general;
    if (verdict.do === 'park') return this.park(tx, subject, work, verdict);
    if (verdict.do === 'apply') await kind.apply(tx, subject, work);
    const { userId } = work;
    const device = { userId, deviceId: operation.deviceId };
    await this.deviceTimes.keep(tx, device, operation.deviceSeq, keptTime(time, subject, tx.now));
    return applied(await about.get(tx, subjectId));
  }

  private async answer(tx: Tx, caller: Principal, kind: OfflineAnswer, work: RecordedWork): Promise<Done> {
    if (caller.isSuspended) throw new DomainError('SUSPENDED', 403, 'You are suspended; ask the desk.');
    // Whether there is such a subject, and whether this caller was asked about it, the kind itself must check.
    await kind.answer(tx, caller, work);
    const { subjectType, subjectId } = subjectOf(work.operation);
    const subject = await this.kinds.subject(subjectType).get(tx, subjectId);
    return kind.isTold(caller, subject) ? applied(subject) : { outcome: 'applied' };
  }

  private async park(
    tx: Tx,
    subject: SubjectNow,
    { operation, time, ...recorder }: Recorder & { operation: Operation; time: RecordedTime },
    { code, detail }: { code: string; detail: string },
  ): Promise<Done> {
    const { workerId, userId } = recorder;
    const occurredAt = keptTime(time, subject, tx.now);
    const why = { workerId, userId, occurredAt, code, detail };
    const conflict = await this.parking.park(tx, subject, { ...operation }, why);
    const { state, version } = subject;
    return { outcome: 'parked', conflictId: conflict.id, state, version, problem: { code, detail } };
  }

  private async timeOf(
    tx: Tx,
    { id: userId }: Principal,
    { occurredAt, deviceId, deviceSeq }: Operation,
    sentAt: Date | null,
  ): Promise<RecordedTime> {
    const claimedAt = new Date(occurredAt);
    return {
      claimedAt,
      correctedAt: correctedTime({ occurredAt: claimedAt, sentAt, now: tx.now }),
      notBefore: await this.deviceTimes.notBefore(tx, { userId, deviceId }, deviceSeq),
    };
  }

  /** Two deliveries from one phone at the same moment do not overtake each other. */
  private async oneAtATime(tx: Tx, userId: string, deviceId: string): Promise<void> {
    await tx.sql(`SELECT pg_advisory_xact_lock(hashtextextended($1, 1))`, [
      `${tx.orgId}/${userId}/${deviceId}`,
    ]);
  }

  /** @throws NotFound for what this caller may record nothing about */
  private async open(tx: Tx, caller: Principal, operation: Operation): Promise<SubjectNow> {
    const { subjectType, subjectId } = subjectOf(operation);
    const about = this.kinds.subject(subjectType);
    const subject = await about.lock(tx, subjectId);
    about.checkAccess(caller, subject);
    return subject;
  }
}

const recorderOf = ({ workerId, id }: Principal): Recorder => ({ workerId: workerId ?? null, userId: id });

/** Between what came before it and the moment the server heard of it. */
function keptTime({ correctedAt, notBefore }: RecordedTime, { createdAt }: SubjectNow, now: Date): Date {
  const earliest = Math.max(createdAt.getTime(), notBefore?.getTime() ?? 0);
  return new Date(Math.min(now.getTime(), Math.max(earliest, correctedAt.getTime())));
}

const applied = ({ state, version }: SubjectNow): Done => ({ outcome: 'applied', state, version });

const inDeviceOrder = (read: Read[]): Read[] =>
  read.toSorted(
    ({ operation: a }, { operation: b }) =>
      (a.deviceId < b.deviceId ? -1 : a.deviceId > b.deviceId ? 1 : 0) || a.deviceSeq - b.deviceSeq,
  );

const rejected = (error: DomainError): Done => ({ outcome: 'rejected', problem: toProblem(error) });

function opIdOf(raw: unknown): string | null {
  const { opId } = (raw ?? {}) as { opId?: unknown };
  return typeof opId === 'string' ? opId.slice(0, 200) : null;
}
