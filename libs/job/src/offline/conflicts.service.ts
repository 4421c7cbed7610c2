import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { authorize } from '#identity';
import { Invalid, isBlank, NotFound } from '#kernel';
import {
  checkVersion,
  decodeCursor,
  isOffice,
  OperationConflict,
  type Page,
  Parking,
  type Principal,
  type Tx,
  toPage,
} from '#platform';
import { WorkforceService } from '#workforce';
import { Job } from '../lifecycle/job.entity.js';
import { type ConflictQuery, type ConflictView, type Resolution, viewConflict } from './conflict.dto.js';

/** The inbox of what phones recorded and nobody could apply, about whatever subject: who sees it, and who settles it. */
@Injectable()
export class ConflictsService {
  constructor(
    private readonly workforce: WorkforceService,
    private readonly parking: Parking,
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
    const conflict = await this.get(tx, caller, id, 'resolve');
    checkVersion(how.expectedVersion, conflict.version);
    if (how.choice === 'discard' && isBlank(how.reason ?? ''))
      throw Invalid.field('reason', 'a reason is required');
    await this.parking.resolve(tx, conflict, caller.id, how);
    return conflict;
  }

  /**
   * Whoever recorded it takes it back.
   *
   * @throws NotFound for what another account's phone sent; Conflict ALREADY_RESOLVED
   */
  async withdraw(tx: Tx, caller: Principal, id: string, reason?: string): Promise<OperationConflict> {
    const conflict = await this.get(tx, caller, id, 'withdraw');
    if (conflict.userId !== caller.id) throw new NotFound('conflict');
    await this.parking.withdraw(tx, conflict, caller.id, reason?.trim() || 'Withdrawn by the worker.');
    return conflict;
  }

  /** Newest first; outside of the office everybody sees what their own phone sent. */
  async list(tx: Tx, query: ConflictQuery, viewer: Principal): Promise<Page<ConflictView>> {
    const select = tx
      .repo(OperationConflict)
      .createQueryBuilder('conflict')
      .where('conflict.orgId = :orgId', { orgId: tx.orgId })
      .orderBy('conflict.receivedAt', 'DESC')
      .addOrderBy('conflict.id', 'DESC')
      .limit(query.limit + 1);
    if (!isOffice(viewer.role)) select.andWhere('conflict.userId = :me', { me: viewer.id });
    if (query.status) select.andWhere('conflict.status = :status', { status: query.status });
    const subject = query.jobId
      ? { type: 'job', id: query.jobId }
      : { type: query.subjectType, id: query.subjectId };
    if (subject.type) select.andWhere('conflict.subjectType = :type', subject);
    if (subject.id) select.andWhere('conflict.subjectId = :id', subject);
    if (query.workerId) select.andWhere('conflict.workerId = :workerId', { workerId: query.workerId });
    if (query.cursor) {
      const [at, last] = decodeCursor(query.cursor, 'time', 'id');
      select.andWhere('(conflict.received_at, conflict.id) < (:at::timestamptz, :last::uuid)', { at, last });
    }
    return toPage(
      await select.getMany(),
      query.limit,
      (conflict) => viewConflict(conflict, viewer),
      (conflict) => [conflict.receivedAt.toISOString(), conflict.id],
    );
  }

  /** What a worker's own phone sent, each beside its job as it is now; a suspended worker sees no door. */
  async listOwn(tx: Tx, query: ConflictQuery, caller: Principal): Promise<Page<ConflictView>> {
    const page = await this.list(tx, query, { ...caller, role: 'worker' });
    if (caller.isSuspended || page.items.length === 0) return page;
    const ids = page.items.flatMap(({ jobId }) => jobId ?? []);
    const jobs = new Map(
      (await tx.repo(Job).findBy({ orgId: tx.orgId, id: In(ids) })).map((job) => [job.id, job]),
    );
    const holders = [...jobs.values()].flatMap(({ workerId }) => workerId ?? []);
    const names = new Map((await this.workforce.workers(tx, holders)).map(({ id, name }) => [id, name]));
    const items = page.items.map((conflict) => {
      const job = conflict.jobId && jobs.get(conflict.jobId);
      if (!job) return conflict;
      const { address, state, windowStart, windowEnd, workerId, assignedAt } = job;
      const workerName = workerId ? (names.get(workerId) ?? null) : null;
      return {
        ...conflict,
        job: { address, state, windowStart, windowEnd, workerId, workerName, assignedAt },
      };
    });
    return { ...page, items };
  }

  /** @throws NotFound, Forbidden */
  async get(tx: Tx, caller: Principal, id: string, action = 'read'): Promise<OperationConflict> {
    const conflict = await tx.repo(OperationConflict).findOneBy({ id, orgId: tx.orgId });
    if (!conflict) throw new NotFound('conflict');
    authorize(caller, action, 'Conflict', conflict);
    return conflict;
  }
}
