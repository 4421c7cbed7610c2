import { Injectable } from '@nestjs/common';
import { Conflict, DomainError, Invalid, isBlank, NotFound } from '#kernel';
import { checkVersion, type Principal, type Tx } from '#platform';
import { JobHistoryService } from '../desk/job-history.service.js';
import { conflictResolved } from '../job.facts.js';
import { JobsService } from '../lifecycle/jobs.service.js';
import type { Resolution } from './conflict.dto.js';
import { type ConflictStatus, OperationConflict } from './conflict.entity.js';
import { ConflictsService } from './conflicts.service.js';
import { OperationExecutorService } from './operation-executor.service.js';

const BECOMES = { apply: 'applied', note: 'noted', discard: 'discarded' } as const satisfies Record<
  string,
  ConflictStatus
>;

/** Settles what was parked. */
@Injectable()
export class ConflictResolverService {
  constructor(
    private readonly conflicts: ConflictsService,
    private readonly jobs: JobsService,
    private readonly executor: OperationExecutorService,
    private readonly history: JobHistoryService,
  ) {}

  /**
   * @throws NotFound; Invalid when a discard has no reason; Conflict VERSION_CONFLICT | ALREADY_RESOLVED |
   * EARLIER_CONFLICT_OPEN | OTHER_WORKER, and what the verb itself refuses
   */
  async resolve(
    tx: Tx,
    caller: Principal,
    id: string,
    how: Resolution & { expectedVersion?: number },
  ): Promise<OperationConflict> {
    const conflict = await this.conflicts.get(tx, caller, id, 'resolve');
    checkVersion(how.expectedVersion, conflict.version);
    if (how.choice === 'discard' && isBlank(how.reason ?? ''))
      throw Invalid.field('reason', 'a reason is required');
    const waiting = await this.stillWaiting(tx, conflict);
    if (waiting[0]!.id !== id)
      throw new Conflict('EARLIER_CONFLICT_OPEN', 'Something recorded earlier on this job waits as well.', {
        conflictId: waiting[0]!.id,
      });
    const settled = await this.settle(tx, caller, conflict, how);
    if (how.andFollowing) await this.settleFollowing(tx, caller, waiting.slice(1), how);
    return settled;
  }

  /**
   * The worker takes back what their own phone recorded; in any order, since nothing comes of it.
   *
   * @throws NotFound for what another account's phone sent; Conflict ALREADY_RESOLVED
   */
  async withdraw(tx: Tx, caller: Principal, id: string, reason?: string): Promise<OperationConflict> {
    const conflict = await this.conflicts.get(tx, caller, id, 'withdraw');
    if (conflict.userId !== caller.id) throw new NotFound('conflict');
    await this.stillWaiting(tx, conflict);
    return this.settle(tx, caller, conflict, {
      choice: 'discard',
      reason: reason?.trim() || 'Withdrawn by the worker.',
    });
  }

  /** Those that can be settled the same way, up to the first that cannot. */
  private async settleFollowing(
    tx: Tx,
    caller: Principal,
    following: OperationConflict[],
    how: Resolution,
  ): Promise<void> {
    for (const next of following)
      try {
        await this.settle(tx, caller, next, how);
      } catch (error) {
        if (error instanceof DomainError && error.status < 500) return;
        throw error;
      }
  }

  private async settle(
    tx: Tx,
    caller: Principal,
    conflict: OperationConflict,
    { choice, reason }: Resolution,
  ): Promise<OperationConflict> {
    const job = await this.jobs.get(tx, conflict.jobId);
    if (choice === 'apply') {
      if (job.workerId !== conflict.workerId)
        throw new Conflict('OTHER_WORKER', 'The worker who recorded it does not hold the job now.', {
          state: job.state,
        });
      const claimedAt = new Date(conflict.operation.occurredAt);
      await this.executor.execute(tx, job, conflict.operation, {
        ...conflict,
        claim: { claimedAt, correctedAt: conflict.occurredAt },
      });
    }
    if (choice === 'note')
      await this.history.keep(tx, job, {
        text: `${conflict.kind} ${conflict.operation.reason ?? ''} ${textIn(conflict)}`.trim(),
        authorId: conflict.userId,
        authorRole: 'worker',
        workerId: conflict.workerId,
        occurredAt: conflict.occurredAt,
      });
    const change = {
      status: BECOMES[choice],
      version: conflict.version + 1,
      resolutionReason: reason ?? null,
      resolvedBy: caller.id,
      resolvedAt: tx.now,
    };
    await tx.repo(OperationConflict).update({ id: conflict.id, orgId: tx.orgId }, change);
    tx.record(
      conflictResolved(conflict.id, {
        conflictId: conflict.id,
        jobId: conflict.jobId,
        workerId: conflict.workerId,
        areaId: job.areaId,
        choice,
        reason: reason ?? null,
      }),
    );
    return Object.assign(conflict, change);
  }

  /**
   * What waits of this account on this job, `conflict` among it, in the order in which it was recorded. One at a time
   * for a job, so that two desks do not settle its conflicts in different orders.
   */
  private async stillWaiting(
    tx: Tx,
    { id, jobId, userId, status }: OperationConflict,
  ): Promise<OperationConflict[]> {
    await tx.sql(`SELECT 1 FROM jobs WHERE org_id = $1 AND id = $2 FOR NO KEY UPDATE`, [tx.orgId, jobId]);
    const waiting = await tx.repo(OperationConflict).find({
      where: { orgId: tx.orgId, jobId, userId, status: 'open' },
      order: { occurredAt: 'ASC', deviceSeq: 'ASC', receivedAt: 'ASC', id: 'ASC' },
    });
    if (!waiting.some((one) => one.id === id))
      throw new Conflict('ALREADY_RESOLVED', `It was ${status} already.`, { status });
    return waiting;
  }
}

function textIn({ operation }: OperationConflict): string {
  const { text, note } = (operation.data ?? {}) as { text?: unknown; note?: unknown };
  const said = text ?? note;
  return typeof said === 'string' ? said : '';
}
