import { Injectable } from '@nestjs/common';
import { type Job, JobsService, PLACEABLE_STATES } from '#job';
import { Conflict, NotFound } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { Assignment, HOLDING } from '../assignments/assignment.entity.js';
import { AssignmentsService } from '../assignments/assignments.service.js';
import { MovePlannerService } from '../assignments/move-planner.service.js';
import type { MovePlan } from '../assignments/plan-move.js';
import { OffersService } from '../offers/offers.service.js';
import type { MoveView } from './manual-dispatch.views.js';

/** Where on the board: whose row, and setting off. */
interface BoardSpot {
  workerId: string;
  startsAt: Date;
}

interface MoveRequest extends BoardSpot {
  /** Only say what would come of it. */
  preview: boolean;
  /** The dispatcher has seen the warnings. */
  force: boolean;
}

/** Work that a dispatcher puts on a worker's row at a time, whether somebody has it already or nobody. */
@Injectable()
export class BoardMovesService {
  constructor(
    private readonly jobs: JobsService,
    private readonly planner: MovePlannerService,
    private readonly assignments: AssignmentsService,
    private readonly offers: OffersService,
  ) {}

  /** Moves work to another time or another worker. @throws Conflict NEEDS_CONFIRMATION unless `force`, WORKER_BUSY. */
  async move(
    tx: Tx,
    { assignmentId, ...request }: MoveRequest & { assignmentId: string },
  ): Promise<MoveView> {
    const held = await tx.repo(Assignment).findOneBy({ id: assignmentId });
    if (!held || !HOLDING.includes(held.state)) throw new NotFound('assignment');
    return this.moveTo(tx, await this.jobs.lock(tx, held.jobId), held, request);
  }

  /** Gives an open job to a worker at a time. @throws as `move`, and Conflict ILLEGAL_TRANSITION, VERSION_CONFLICT. */
  async place(
    tx: Tx,
    { jobId, expectedVersion, ...request }: MoveRequest & { jobId: string; expectedVersion?: number },
  ): Promise<MoveView> {
    const job = await this.jobs.lock(tx, jobId);
    checkVersion(expectedVersion, job.version);
    if (!PLACEABLE_STATES.includes(job.state))
      throw new Conflict('ILLEGAL_TRANSITION', `The job is ${job.state} and cannot be placed on the board.`, {
        state: job.state,
        event: 'assign',
        version: job.version,
      });
    return this.moveTo(tx, job, null, request);
  }

  private async moveTo(tx: Tx, job: Job, held: Assignment | null, request: MoveRequest): Promise<MoveView> {
    const plan = await this.plan(tx, job, request);
    const { startsAt, arrivesAt, endsAt, ...said } = plan;
    if (request.preview || plan.refusals.length > 0) {
      const at = { workerId: request.workerId, startsAt, arrivesAt, endsAt };
      return { ...said, applied: false, assignment: { ...(held ?? notYet(job)), ...at } };
    }
    if (plan.warnings.length > 0 && !request.force)
      throw new Conflict(
        'NEEDS_CONFIRMATION',
        `${held ? 'Move' : 'Place'} it anyway? ${plan.warnings.join('; ')}.`,
        { warnings: plan.warnings },
      );
    if (held?.workerId === request.workerId)
      await this.assignments.reschedule(tx, held, { startsAt, arrivesAt, endsAt, areaId: job.areaId });
    else await this.assign(tx, job, held, request.workerId, plan);
    for (const id of new Set([held?.workerId ?? request.workerId, request.workerId]))
      await this.assignments.syncWorkerStatus(tx, id);
    return { ...said, applied: true, assignment: await this.assignments.findByJob(tx, job.id) };
  }

  private async assign(
    tx: Tx,
    job: Job,
    held: Assignment | null,
    workerId: string,
    plan: MovePlan,
  ): Promise<void> {
    const { startsAt, arrivesAt, endsAt, warnings } = plan;
    if (held) {
      const reason = 'moved on the board';
      await this.assignments.end(tx, job.id, 'released', reason);
      await this.jobs.transition(tx, { jobId: job.id, event: 'release', reason });
    } else {
      await this.offers.withdrawAll(tx, job.id, 'a dispatcher assigned it');
      if (job.state === 'unfulfilled') await this.jobs.transition(tx, { jobId: job.id, event: 'reopen' });
    }
    await this.assignments.assign(tx, {
      jobId: job.id,
      workerId,
      source: 'desk',
      startsAt,
      arrivesAt,
      endsAt,
      reasons: { why: 'a dispatcher chose', warnings },
    });
  }

  /** Whoever has the job already does not stand in its way. */
  private async plan(tx: Tx, job: Job, { workerId, startsAt }: BoardSpot): Promise<MovePlan> {
    const trial = await this.planner.of(tx, job, workerId, [startsAt]);
    if (!trial) throw new NotFound('worker');
    return trial.at(startsAt);
  }
}

/** How it would be written down once it is placed. */
const notYet = (job: Job) =>
  ({ id: null, jobId: job.id, state: 'confirmed', source: 'desk', reasons: {} }) as const;
