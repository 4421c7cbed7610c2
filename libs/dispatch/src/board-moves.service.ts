import { Injectable } from '@nestjs/common';
import { type Job, type JobState, Jobs, OPEN_STATES } from '#job';
import { Conflict, NotFound } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { Workforce } from '#workforce';
import { Assignment, HOLDING } from './assignment.entity.js';
import { Assignments, lockJob } from './assignments.service.js';
import type { MoveView } from './desk.views.js';
import { Offers } from './offers.service.js';
import { DispatchPolicies } from './policy/policy-book.service.js';
import type { Promised } from './rules/day-effect.js';
import { type MovePlan, planMove } from './rules/plan-move.js';

/** Where on the board: whose row, and setting off. */
interface Spot {
  workerId: string;
  startsAt: Date;
}

interface Wish extends Spot {
  /** Only say what would come of it. */
  preview: boolean;
  /** The dispatcher has seen the warnings. */
  force: boolean;
}

/** Open work may be put on a row; what nobody was found for, too. */
const PLACEABLE: readonly JobState[] = [...OPEN_STATES, 'unfulfilled'];
const DAY_MS = 86_400_000;

/** Work that a dispatcher puts on a worker's row at a time, whether somebody has it already or nobody. */
@Injectable()
export class BoardMoves {
  constructor(
    private readonly jobs: Jobs,
    private readonly workforce: Workforce,
    private readonly policies: DispatchPolicies,
    private readonly assignments: Assignments,
    private readonly offers: Offers,
  ) {}

  /** Moves work to another time or another worker. @throws Conflict NEEDS_CONFIRMATION unless `force`, WORKER_BUSY. */
  async move(tx: Tx, { assignmentId, ...wish }: Wish & { assignmentId: string }): Promise<MoveView> {
    const held = await tx.repo(Assignment).findOneBy({ id: assignmentId });
    if (!held || !HOLDING.includes(held.state)) throw new NotFound('assignment');
    return this.put(tx, await lockJob(tx, this.jobs, held.jobId), held, wish);
  }

  /** Gives an open job to a worker at a time. @throws as `move`, and Conflict ILLEGAL_TRANSITION, VERSION_CONFLICT. */
  async place(
    tx: Tx,
    { jobId, expectedVersion, ...wish }: Wish & { jobId: string; expectedVersion?: number },
  ): Promise<MoveView> {
    const job = await lockJob(tx, this.jobs, jobId);
    checkVersion(expectedVersion, job.version);
    if (!PLACEABLE.includes(job.state))
      throw new Conflict('ILLEGAL_TRANSITION', `A job that is ${job.state} cannot be placed.`, {
        state: job.state,
        event: 'assign',
        version: job.version,
      });
    return this.put(tx, job, null, wish);
  }

  private async put(tx: Tx, job: Job, held: Assignment | null, wish: Wish): Promise<MoveView> {
    const plan = await this.plan(tx, job, held, wish);
    const { startsAt, arrivesAt, endsAt, ...said } = plan;
    if (wish.preview || plan.refusals.length > 0) {
      const at = { workerId: wish.workerId, startsAt, arrivesAt, endsAt };
      return { ...said, applied: false, assignment: { ...(held ?? notYet(job)), ...at } };
    }
    if (plan.warnings.length > 0 && !wish.force)
      throw new Conflict(
        'NEEDS_CONFIRMATION',
        `${held ? 'Move' : 'Place'} it all the same? ${plan.warnings.join('; ')}.`,
        { warnings: plan.warnings },
      );
    if (held?.workerId === wish.workerId)
      await this.assignments.retime(tx, held, { startsAt, arrivesAt, endsAt, areaId: job.areaId });
    else await this.give(tx, job, held, wish.workerId, plan);
    for (const id of new Set([held?.workerId ?? wish.workerId, wish.workerId]))
      await this.assignments.followStatus(tx, id);
    return { ...said, applied: true, assignment: await this.assignments.holding(tx, job.id) };
  }

  private async give(
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

  /** `held`, if somebody has the job, does not stand in its own way. */
  private async plan(tx: Tx, job: Job, held: Assignment | null, spot: Spot): Promise<MovePlan> {
    const { workerId, startsAt } = spot;
    const at = startsAt.getTime();
    const [worker] = await this.workforce.candidates(tx, {
      workerIds: [workerId],
      statuses: 'any',
      range: { start: at - DAY_MS, end: at + DAY_MS },
    });
    if (!worker) throw new NotFound('worker');
    const promised = await tx.sql<Promised>(
      `SELECT a.job_id AS "jobId", a.starts_at AS "startsAt", a.arrives_at AS "arrivesAt", a.ends_at AS "endsAt", j.lat, j.lon
       FROM assignments a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
       WHERE a.org_id = $1 AND a.worker_id = $2 AND a.id IS DISTINCT FROM $3 AND a.state IN ('confirmed', 'active')
       ORDER BY a.ends_at`,
      [tx.orgId, worker.id, held?.id ?? null],
    );
    const { travel } = (await this.policies.book(tx)).of(job.serviceTypeId).match;
    return planMove(job, worker, { startsAt, promised, travel });
  }
}

/** How it would be written down once it is placed. */
const notYet = (job: Job) =>
  ({ id: null, jobId: job.id, state: 'confirmed', source: 'desk', reasons: {} }) as const;
