import { Injectable } from '@nestjs/common';
import { DomainError, Invalid, isBlank } from '#kernel';
import type { Tx } from '#platform';
import { JobHistoryService } from '../desk/job-history.service.js';
import { JobArrivalService } from '../field/job-arrival.service.js';
import type { TimeClaim } from '../lifecycle/clamp-time.js';
import type { Job } from '../lifecycle/job.entity.js';
import { mayFire } from '../lifecycle/job-states.js';
import { JobsService } from '../lifecycle/jobs.service.js';
import type { RecordedOperation } from './conflict.entity.js';
import { isJobEvent } from './judge-late.js';
import { OperationKindsService } from './operation-kinds.service.js';

export interface Recorder {
  workerId: string;
  userId: string;
}

/** Does what a worker recorded, as that worker, at that time. */
@Injectable()
export class OperationExecutorService {
  constructor(
    private readonly jobs: JobsService,
    private readonly arrival: JobArrivalService,
    private readonly history: JobHistoryService,
    private readonly kinds: OperationKindsService,
  ) {}

  /** @throws Invalid when no worker can do such a thing */
  checkKind(kind: string): void {
    const known =
      kind === 'note' ||
      this.kinds.of(kind) !== undefined ||
      (isJobEvent(kind) && mayFire('worker', kind) && !OperationKindsService.needsDispatch(kind));
    if (!known) throw Invalid.field('kind', 'is nothing that a worker can record offline');
  }

  /** Whether `kind` is about a job that the worker need not hold. */
  isAnswer(kind: string): boolean {
    return this.kinds.isAnswer(kind);
  }

  /** An answer to a question about a job that the worker need not hold. @throws DomainError as if said at once */
  async answer(
    tx: Tx,
    operation: RecordedOperation,
    { workerId, userId, occurredAt }: Recorder & { occurredAt: Date },
  ): Promise<void> {
    const { kind, jobId, reason } = operation;
    const data = (operation.data ?? {}) as Record<string, unknown>;
    await this.kinds.of(kind)!(tx, {
      jobId,
      workerId,
      userId,
      reason: reason ?? undefined,
      data,
      occurredAt,
    });
  }

  /** @throws DomainError as the verb would, had it been sent at once */
  async execute(
    tx: Tx,
    job: Job,
    operation: RecordedOperation,
    how: Recorder & { occurredAt: Date; claim?: TimeClaim },
  ): Promise<void> {
    const { kind, reason } = operation;
    const data = (operation.data ?? {}) as Record<string, unknown>;
    const { occurredAt, claim = occurredAt, workerId, userId } = how;
    const other = this.kinds.of(kind);
    if (other) {
      await other(tx, { jobId: job.id, workerId, userId, reason: reason ?? undefined, data, occurredAt });
      return;
    }
    if (kind === 'note') {
      const said = {
        text: textOf(data, 'text', true)!,
        authorId: userId,
        authorRole: 'worker',
        workerId,
        occurredAt: claim,
      };
      await this.history.keep(tx, job, said);
      return;
    }
    if (!isJobEvent(kind)) throw new DomainError('UNKNOWN_KIND', 422, `There is no operation ${kind}.`);
    const note = textOf(data, 'note');
    const tag = kind === 'arrive' ? textOf(data, 'tag') : undefined;
    await this.jobs.transition(tx, {
      jobId: job.id,
      event: kind,
      reason,
      occurredAt: claim,
      ...(kind === 'arrive' ? { arrival: this.arrival.evidence(tx, tag) } : {}),
      data: { offline: true, deviceId: operation.deviceId, ...(note ? { note } : {}) },
    });
  }
}

function textOf(data: Record<string, unknown>, field: string, required = false): string | undefined {
  const value = data[field];
  if (value === undefined && !required) return undefined;
  if (typeof value !== 'string' || isBlank(value) || value.length > 5_000)
    throw Invalid.field(`data.${field}`, 'must be a text of 1 to 5,000 characters', 5_000);
  return value;
}
