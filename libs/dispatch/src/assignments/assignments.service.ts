import { Injectable } from '@nestjs/common';
import { type Job, JobsService } from '#job';
import { Conflict, newId } from '#kernel';
import { requestContext, type Tx, violatedConstraint } from '#platform';
import { WorkforceService } from '#workforce';
import { assignmentMoved } from '../dispatch.facts.js';
import { Assignment, type AssignmentSource, type AssignmentState } from './assignment.entity.js';

export interface AssignCommand {
  jobId: string;
  workerId: string;
  source: AssignmentSource;
  /** Setting off, arriving, and the end of the work. */
  startsAt: Date;
  arrivesAt: Date;
  endsAt: Date;
  offerId?: string;
  expectedVersion?: number;
  reasons?: Record<string, unknown>;
}

const ONE_PLACE_CONSTRAINT = 'assignments_one_place';
const ONE_WINNER_CONSTRAINT = 'assignments_one_winner';

/**
 * Who holds which job, and when. Two database constraints stand behind every path: a job has one holder, and a worker is
 * in one place at a time.
 */
@Injectable()
export class AssignmentsService {
  constructor(
    private readonly jobs: JobsService,
    private readonly workforce: WorkforceService,
  ) {}

  findByJob(tx: Tx, jobId: string): Promise<Assignment | null> {
    return tx
      .repo(Assignment)
      .createQueryBuilder('a')
      .where(`a.job_id = :jobId AND a.state IN ('proposed', 'confirmed', 'active')`, { jobId })
      .getOne();
  }

  /**
   * Gives the job to the worker.
   * @throws Conflict OFFER_TAKEN when somebody else holds it; WORKER_BUSY when the worker has another visit then.
   */
  async assign(tx: Tx, command: AssignCommand): Promise<Job> {
    const { jobId, workerId, startsAt, arrivesAt, endsAt, source } = command;
    const reasons = command.reasons ?? {};
    const job = await this.jobs.transition(tx, {
      jobId,
      event: 'assign',
      workerId,
      expectedVersion: command.expectedVersion,
      data: {
        source,
        startsAt: startsAt.toISOString(),
        arrivesAt: arrivesAt.toISOString(),
        endsAt: endsAt.toISOString(),
      },
    });
    const row = {
      id: newId(),
      orgId: tx.orgId,
      jobId,
      workerId,
      state: 'confirmed',
      startsAt,
      arrivesAt,
      endsAt,
      offerId: command.offerId ?? null,
      source,
      reasons: reasons as never,
      releasedReason: null,
      releasedBy: null,
      createdAt: tx.now,
      updatedAt: tx.now,
    } as const;
    await tx.repo(Assignment).insert(row).catch(refusedOver(row));
    return job;
  }

  /**
   * Reschedules the visit for the same worker. A stop that a plan set aside is confirmed again.
   * @throws Conflict WORKER_BUSY
   */
  async reschedule(
    tx: Tx,
    { id, jobId, workerId, state }: Assignment,
    to: Pick<Assignment, 'startsAt' | 'arrivesAt' | 'endsAt'> & { areaId: string | null; reasons?: object },
  ): Promise<void> {
    const { areaId, reasons, ...times } = to;
    const row = {
      ...times,
      state: state === 'proposed' ? ('confirmed' as const) : state,
      ...(reasons && { reasons: reasons as never }),
      updatedAt: tx.now,
    };
    await tx
      .repo(Assignment)
      .update({ id }, row)
      .catch(refusedOver({ workerId, ...times }));
    const at = (time: Date) => time.toISOString();
    tx.record(
      assignmentMoved(id, {
        jobId,
        workerId,
        areaId,
        startsAt: at(to.startsAt),
        arrivesAt: at(to.arrivesAt),
        endsAt: at(to.endsAt),
      }),
    );
  }

  /** Ends the assignment that holds the job, if one does. */
  async end(
    tx: Tx,
    jobId: string,
    state: Extract<AssignmentState, 'done' | 'released'>,
    reason?: string,
  ): Promise<void> {
    await tx.sql(
      `UPDATE assignments SET state = $3, released_reason = $4, updated_at = $5, released_by = CASE WHEN $3 = 'released' THEN $6 END,
         ends_at = CASE WHEN $3 = 'done' THEN greatest(least(ends_at, $5), starts_at + interval '1 second') ELSE ends_at END
       WHERE org_id = $1 AND job_id = $2 AND state IN ('proposed', 'confirmed', 'active')`,
      [tx.orgId, jobId, state, reason ?? null, tx.now, releaser()],
    );
  }

  /** The worker has departed, so the assignment is active; not if another worker holds the job by now. */
  async activate(tx: Tx, jobId: string, workerId: string): Promise<void> {
    const begun = await tx.sql(
      `UPDATE assignments SET state = 'active', updated_at = $4
       WHERE org_id = $1 AND job_id = $2 AND worker_id = $3 AND state = 'confirmed' RETURNING id`,
      [tx.orgId, jobId, workerId, tx.now],
    );
    if (begun.length > 0) await this.syncWorkerStatus(tx, workerId);
  }

  /** Completion was undone: the assignment is active again, unless the worker has another visit at that time. */
  async reactivate(tx: Tx, jobId: string): Promise<void> {
    await tx.sql(
      `UPDATE assignments a SET state = 'active', updated_at = $3
       WHERE a.id = (SELECT id FROM assignments WHERE org_id = $1 AND job_id = $2 AND state = 'done' ORDER BY updated_at DESC LIMIT 1)
         AND NOT EXISTS (
           SELECT 1 FROM assignments o WHERE o.org_id = $1 AND o.worker_id = a.worker_id AND o.id <> a.id
             AND o.state IN ('confirmed', 'active') AND tstzrange(o.starts_at, o.ends_at) && tstzrange(a.starts_at, a.ends_at))`,
      [tx.orgId, jobId, tx.now],
    );
  }

  /** Resumes interrupted work, earlier than planned if the worker is free earlier. */
  async resume(tx: Tx, jobId: string): Promise<void> {
    await tx.sql(
      `UPDATE assignments a SET starts_at = $3, arrives_at = $3, ends_at = $3::timestamptz + (a.ends_at - a.starts_at), updated_at = $3
       WHERE a.org_id = $1 AND a.job_id = $2 AND a.state = 'active' AND a.starts_at > $3
         AND NOT EXISTS (
           SELECT 1 FROM assignments o WHERE o.org_id = $1 AND o.worker_id = a.worker_id AND o.id <> a.id
             AND o.state IN ('confirmed', 'active')
             AND tstzrange(o.starts_at, o.ends_at) && tstzrange($3, $3::timestamptz + (a.ends_at - a.starts_at)))`,
      [tx.orgId, jobId, tx.now],
    );
  }

  /**
   * After a job starts or ends: `busy` while the worker is on one, otherwise `available` again if they were busy. Their row is
   * locked before their jobs are counted, so that of two concurrent changes the later one sees both.
   */
  async syncWorkerStatus(tx: Tx, workerId: string): Promise<void> {
    const worker = await this.workforce.lock(tx, workerId);
    const [held] = await tx.sql<{ now: string }>(
      `SELECT count(*) AS now FROM assignments
       WHERE org_id = $1 AND worker_id = $2 AND state IN ('confirmed', 'active') AND (state = 'active' OR starts_at <= $3)`,
      [tx.orgId, workerId, tx.now],
    );
    const working = Number(held?.now ?? 0) > 0;
    if (working && worker.status === 'available') await this.workforce.setStatus(tx, workerId, 'busy');
    if (!working && worker.status === 'busy') await this.workforce.setStatus(tx, workerId, 'available');
  }
}

/** Who released it; rounds and plans count as the system. */
function releaser(): 'worker' | 'desk' | 'system' {
  const { kind, role } = requestContext.actor();
  if (kind === 'system') return 'system';
  return role === 'worker' ? 'worker' : 'desk';
}

/** Translates violations of the two constraints into errors for the caller. */
const refusedOver =
  ({ workerId, startsAt, endsAt }: Pick<Assignment, 'workerId' | 'startsAt' | 'endsAt'>) =>
  (error: unknown): never => {
    const constraint = violatedConstraint(error);
    if (constraint === ONE_PLACE_CONSTRAINT)
      throw new Conflict('WORKER_BUSY', 'The worker already has a job at that time.', {
        workerId,
        startsAt,
        endsAt,
      });
    if (constraint === ONE_WINNER_CONSTRAINT)
      throw new Conflict('OFFER_TAKEN', 'Someone else already has the job.');
    throw error;
  };
