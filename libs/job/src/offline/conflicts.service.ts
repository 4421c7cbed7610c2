import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { authorize } from '#identity';
import { NotFound, newId } from '#kernel';
import { decodeCursor, type Page, type Principal, type Tx, toPage } from '#platform';
import { WorkforceService } from '#workforce';
import { conflictParked } from '../job.facts.js';
import { Job } from '../lifecycle/job.entity.js';
import { type ConflictQuery, type ConflictView, viewConflict } from './conflict.dto.js';
import { OperationConflict, type RecordedOperation } from './conflict.entity.js';
import type { ParkCode } from './judge-late.js';

interface Why {
  workerId: string;
  userId: string;
  occurredAt: Date;
  code: ParkCode;
  detail: string;
}

/** The inbox of what phones recorded and nobody could apply. Nothing leaves it; things are only settled in it. */
@Injectable()
export class ConflictsService {
  constructor(private readonly workforce: WorkforceService) {}

  async park(tx: Tx, job: Job, operation: RecordedOperation, why: Why): Promise<OperationConflict> {
    const conflict = tx.repo(OperationConflict).create({
      id: newId(),
      orgId: tx.orgId,
      version: 1,
      jobId: job.id,
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
      jobState: job.state,
      jobVersion: job.version,
      status: 'open',
    });
    await tx.repo(OperationConflict).insert(conflict);
    tx.record(
      conflictParked(
        conflict.id,
        {
          conflictId: conflict.id,
          jobId: job.id,
          workerId: why.workerId,
          areaId: job.areaId,
          verb: operation.kind,
          code: why.code,
          state: job.state,
        },
        why.occurredAt,
      ),
    );
    return conflict;
  }

  /** Whether something of this account on this job waits already. */
  isBlocked(tx: Tx, jobId: string, userId: string): Promise<boolean> {
    return tx.repo(OperationConflict).existsBy({ orgId: tx.orgId, jobId, userId, status: 'open' });
  }

  /** Names of the fields that others changed after version `since`. */
  async changedByOthers(
    tx: Tx,
    jobId: string,
    userId: string,
    since: number | null | undefined,
  ): Promise<string[]> {
    if (since === null || since === undefined) return [];
    const rows = await tx.sql<{ field: string }>(
      `SELECT DISTINCT jsonb_array_elements_text(data->'fields') AS field FROM facts
       WHERE org_id = $1 AND subject_id = $2 AND type = 'job.updated' AND (data->>'version')::integer > $3
         AND actor->>'id' IS DISTINCT FROM $4`,
      [tx.orgId, jobId, since, userId],
    );
    return rows.map((row) => row.field);
  }

  /** Newest first; a worker sees what their own phone sent. */
  async list(tx: Tx, query: ConflictQuery, viewer: Principal): Promise<Page<ConflictView>> {
    const select = tx
      .repo(OperationConflict)
      .createQueryBuilder('conflict')
      .where('conflict.orgId = :orgId', { orgId: tx.orgId })
      .orderBy('conflict.receivedAt', 'DESC')
      .addOrderBy('conflict.id', 'DESC')
      .limit(query.limit + 1);
    if (viewer.role === 'worker') select.andWhere('conflict.userId = :me', { me: viewer.id });
    if (query.status) select.andWhere('conflict.status = :status', { status: query.status });
    if (query.jobId) select.andWhere('conflict.jobId = :jobId', { jobId: query.jobId });
    if (query.workerId) select.andWhere('conflict.workerId = :workerId', { workerId: query.workerId });
    if (query.cursor) {
      const [at, id] = decodeCursor(query.cursor, 'time', 'id');
      select.andWhere('(conflict.received_at, conflict.id) < (:at::timestamptz, :id::uuid)', { at, id });
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
    const ids = page.items.map(({ jobId }) => jobId);
    const jobs = new Map(
      (await tx.repo(Job).findBy({ orgId: tx.orgId, id: In(ids) })).map((job) => [job.id, job]),
    );
    const holders = [...jobs.values()].flatMap(({ workerId }) => workerId ?? []);
    const names = new Map((await this.workforce.workers(tx, holders)).map(({ id, name }) => [id, name]));
    const items = page.items.map((conflict) => {
      const job = jobs.get(conflict.jobId);
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
