import { Injectable } from '@nestjs/common';
import { DomainError, NotFound } from '#kernel';
import { asDomainError, CommandRunner, type Principal, type Tx, toProblem } from '#platform';
import { clampTime } from '../lifecycle/clamp-time.js';
import type { Job } from '../lifecycle/job.entity.js';
import { JobsService } from '../lifecycle/jobs.service.js';
import { ConflictsService } from './conflicts.service.js';
import { DeviceTimesService } from './device-times.service.js';
import { correctedTime, judgeLate, type ParkCode } from './judge-late.js';
import { type OperationInput, type OperationResult, readOperation } from './operation.dto.js';
import { OperationExecutorService, type Recorder } from './operation-executor.service.js';

type Done = Pick<OperationResult, 'outcome' | 'state' | 'version' | 'conflictId' | 'problem'>;
type Read = { index: number; operation: OperationInput };

/** Errors of an attempt that a person must judge; whatever else goes wrong the phone can mend itself. */
const PARKED_ERRORS: readonly string[] = ['ILLEGAL_TRANSITION', 'UNDO_WINDOW_OVER', 'VERSION_CONFLICT'];

/**
 * Takes what phones recorded while they were away: in the order of the device, each in its own transaction, once.
 * What cannot be done any more as it was meant is parked for a person, with everything behind it on the same job.
 */
@Injectable()
export class OperationsService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly jobs: JobsService,
    private readonly conflicts: ConflictsService,
    private readonly executor: OperationExecutorService,
    private readonly deviceTimes: DeviceTimesService,
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
        this.executor.checkKind(operation.kind);
        read.push({ index, operation });
      } catch (error) {
        results[index] = { opId: opIdOf(one), ...rejected(asDomainError(error)) };
      }
    });
    const stuck = new Set<string>();
    for (const { index, operation } of inDeviceOrder(read)) {
      const done = stuck.has(operation.jobId)
        ? rejected(
            new DomainError('BEHIND_REJECTED', 409, 'An operation on this job before this one was rejected.'),
          )
        : await this.applyOne(caller, operation, sentAt);
      if (done.outcome === 'rejected') stuck.add(operation.jobId);
      results[index] = { opId: operation.opId, ...done };
    }
    return results;
  }

  private async applyOne(caller: Principal, operation: OperationInput, sentAt: Date | null): Promise<Done> {
    try {
      return await this.once(caller, operation, (tx) => this.apply(tx, caller, operation, sentAt));
    } catch (error) {
      const problem = asDomainError(error);
      if (problem.status >= 500 || ['COMMAND_RUNNING', 'TRY_AGAIN'].includes(problem.code)) throw error;
      if (!PARKED_ERRORS.includes(problem.code)) return rejected(problem);
      const code = problem.code as ParkCode;
      return this.once(caller, operation, async (tx) => {
        const job = await this.lockedJob(tx, operation.jobId, recorderOf(caller).workerId);
        return this.park(tx, job, operation, {
          ...recorderOf(caller),
          sentAt,
          code,
          detail: problem.message,
        });
      });
    }
  }

  private async once(
    caller: Principal,
    operation: OperationInput,
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

  private async apply(
    tx: Tx,
    caller: Principal,
    operation: OperationInput,
    sentAt: Date | null,
  ): Promise<Done> {
    const recorder = recorderOf(caller);
    await this.oneAtATime(tx, recorder.userId, operation.deviceId);
    const device = { userId: recorder.userId, deviceId: operation.deviceId };
    const claim = await this.claimOf(tx, device, operation, sentAt);
    const occurredAt = claim.correctedAt;
    if (this.executor.isAnswer(operation.kind)) {
      if (caller.isSuspended) throw new DomainError('SUSPENDED', 403, 'You are suspended; ask the desk.');
      // The answer tells of the job only to whom it belongs now; whether there is such a job the kind itself must check.
      await this.executor.answer(tx, operation, { ...recorder, occurredAt });
      const job = await this.jobs.get(tx, operation.jobId);
      return job.workerId === recorder.workerId ? this.applied(tx, job.id) : { outcome: 'applied' };
    }
    const job = await this.lockedJob(tx, operation.jobId, recorder.workerId);
    const verdict = judgeLate(
      { kind: operation.kind, workerId: recorder.workerId, occurredAt },
      {
        job,
        now: tx.now,
        suspended: caller.isSuspended ?? false,
        behind: await this.conflicts.isBlocked(tx, job.id, recorder.userId),
        changedByOthers: await this.conflicts.changedByOthers(
          tx,
          job.id,
          recorder.userId,
          operation.baseVersion,
        ),
      },
    );
    if (verdict.do === 'park') return this.park(tx, job, operation, { ...recorder, sentAt, ...verdict });
    if (verdict.do === 'apply')
      await this.executor.execute(tx, job, operation, { ...recorder, occurredAt, claim });
    const { at } = clampTime(claim, { createdAt: job.createdAt, receivedAt: tx.now });
    await this.deviceTimes.keep(tx, device, operation.deviceSeq, at);
    return this.applied(tx, job.id);
  }

  private async applied(tx: Tx, jobId: string): Promise<Done> {
    const { state, version } = await this.jobs.get(tx, jobId);
    return { outcome: 'applied', state, version };
  }

  private async park(
    tx: Tx,
    job: Job,
    operation: OperationInput,
    why: Recorder & { sentAt: Date | null; code: ParkCode; detail: string },
  ): Promise<Done> {
    const claim = await this.claimOf(
      tx,
      { userId: why.userId, deviceId: operation.deviceId },
      operation,
      why.sentAt,
    );
    const { at: occurredAt } = clampTime(claim, { createdAt: job.createdAt, receivedAt: tx.now });
    const conflict = await this.conflicts.park(tx, job, { ...operation }, { ...why, occurredAt });
    return {
      outcome: 'parked',
      conflictId: conflict.id,
      state: job.state,
      version: job.version,
      problem: { code: why.code, detail: why.detail },
    };
  }

  private async claimOf(
    tx: Tx,
    device: { userId: string; deviceId: string },
    operation: OperationInput,
    sentAt: Date | null,
  ) {
    const claimedAt = new Date(operation.occurredAt);
    return {
      claimedAt,
      correctedAt: correctedTime({ occurredAt: claimedAt, sentAt, now: tx.now }),
      notBefore: await this.deviceTimes.notBefore(tx, device, operation.deviceSeq),
    };
  }

  /** Two deliveries from one phone at the same moment do not overtake each other. */
  private async oneAtATime(tx: Tx, userId: string, deviceId: string): Promise<void> {
    await tx.sql(`SELECT pg_advisory_xact_lock(hashtextextended($1, 1))`, [
      `${tx.orgId}/${userId}/${deviceId}`,
    ]);
  }

  /** @throws NotFound for a job that this worker never held */
  private async lockedJob(tx: Tx, jobId: string, workerId: string): Promise<Job> {
    await tx.sql(`SELECT 1 FROM jobs WHERE org_id = $1 AND id = $2 FOR NO KEY UPDATE`, [tx.orgId, jobId]);
    const job = await this.jobs.get(tx, jobId);
    if (job.workerId !== workerId && !job.heldBy.includes(workerId)) throw new NotFound('job');
    return job;
  }
}

/** @throws NotFound for an account that belongs to no worker */
function recorderOf({ workerId, id }: Principal): Recorder {
  if (!workerId) throw new NotFound('job');
  return { workerId, userId: id };
}

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
