import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type Job, JobsService, PLACEABLE_STATES } from '#job';
import { Conflict, DomainError, Invalid, NotFound } from '#kernel';
import { checkVersion, type Tx } from '#platform';
import { Assignment, HOLDING } from '../../assignments/assignment.entity.js';
import { AssignmentsService } from '../../assignments/assignments.service.js';
import { OffersService } from '../../offers/offers.service.js';
import type { Times } from './plan-response.js';
import { type Responder, RespondersService } from './responders.service.js';

export interface RespondCommand {
  jobId: string;
  workerId: string;
  expectedVersion?: number;
  interrupt: boolean;
  preview: boolean;
  force: boolean;
}

export interface Responded extends Responder {
  applied: boolean;
  assignment: Assignment | null;
}

const INTERRUPTED = 'interrupted by an emergency';
const MADE_WAY = 'made way for an emergency';

/** Sends one worker to a door as soon as they can be there; what they hold makes way as the preview says. */
@Injectable()
export class EmergencyResponseService {
  constructor(
    private readonly jobs: JobsService,
    private readonly responders: RespondersService,
    private readonly assignments: AssignmentsService,
    private readonly offers: OffersService,
  ) {}

  /**
   * @throws DomainError HARD_RULE_BROKEN (422); Conflict NEEDS_CONFIRMATION with what it displaces unless `force`;
   * ILLEGAL_TRANSITION, VERSION_CONFLICT; Invalid for an interruption that there is no reason for.
   */
  async respond(tx: Tx, command: RespondCommand): Promise<Responded> {
    const { jobId, workerId, interrupt, preview, force } = command;
    const job = await this.lock(tx, jobId, workerId);
    checkVersion(command.expectedVersion, job.version);
    if (!PLACEABLE_STATES.includes(job.state))
      throw new Conflict('ILLEGAL_TRANSITION', `The job is ${job.state} and cannot be assigned.`, {
        state: job.state,
        event: 'assign',
        version: job.version,
      });
    const plan = await this.responders.get(tx, job, workerId, interrupt);
    if (interrupt && !plan.interrupt)
      throw Invalid.field('interrupt', 'needs an emergency, and a worker with a visit under way');
    if (preview) return { ...plan, applied: false, assignment: null };
    requireNoRefusals(plan);
    if (!force) requireConfirmation(plan);
    await this.offers.withdrawAll(tx, jobId, 'a dispatcher assigned it');
    if (job.state === 'unfulfilled') await this.jobs.transition(tx, { jobId, event: 'reopen' });
    await this.displace(tx, job, plan);
    const { startsAt, arrivesAt, endsAt } = plan;
    await this.assignments.assign(tx, {
      jobId,
      workerId,
      source: 'desk',
      startsAt,
      arrivesAt,
      endsAt,
      reasons: { why: 'a dispatcher chose', warnings: plan.warnings },
    });
    await this.assignments.syncWorkerStatus(tx, workerId);
    return { ...plan, applied: true, assignment: await this.assignments.findByJob(tx, jobId) };
  }

  /** The job and everything the worker holds, so that nothing changes between the plan and its making. */
  private async lock(tx: Tx, jobId: string, workerId: string): Promise<Job> {
    const held = await tx.repo(Assignment).findBy({ orgId: tx.orgId, workerId, state: In([...HOLDING]) });
    const locked = await this.jobs.lockAll(tx, [jobId, ...held.map((one) => one.jobId)]);
    const job = locked.find(({ id }) => id === jobId);
    if (!job) throw new NotFound('job');
    return job;
  }

  private async displace(tx: Tx, job: Job, { interrupts, displaces }: Responder): Promise<void> {
    const moved: { assignmentId: string; to: Times }[] = [];
    if (interrupts) {
      const { jobId, event, to, assignmentId } = interrupts;
      const data = { interruptedBy: job.id };
      await this.jobs.transition(tx, { jobId, event, reason: INTERRUPTED, data });
      if (to) moved.push({ assignmentId, to });
    }
    for (const { jobId, outcome, to, assignmentId } of displaces) {
      if (outcome === 'released')
        await this.jobs.transition(tx, { jobId, event: 'release', reason: MADE_WAY });
      else if (to) moved.push({ assignmentId, to });
    }
    // The last first: each moves into time that is free by then.
    for (const { assignmentId, to } of moved.reverse()) {
      const held = await tx.repo(Assignment).findOneByOrFail({ id: assignmentId, orgId: tx.orgId });
      const { areaId } = await this.jobs.get(tx, held.jobId);
      await this.assignments.reschedule(tx, held, { ...to, areaId });
    }
  }
}

function requireNoRefusals({ name, refusals, warnings, travelSeconds }: Responder): void {
  const against = travelSeconds === null ? [...refusals, 'NO_POSITION'] : refusals;
  if (against.length === 0) return;
  throw new DomainError('HARD_RULE_BROKEN', 422, `${name} cannot do this job: ${against.join('; ')}.`, {
    refusals: against,
    warnings,
    errors: [{ field: 'workerId', message: against.join('; ') }],
  });
}

function requireConfirmation({ name, warnings, interrupts, displaces }: Responder): void {
  const said = [
    ...warnings,
    ...(interrupts ? [`INTERRUPTS ${interrupts.event}`] : []),
    ...displaces.map(({ outcome, laterSeconds }) =>
      outcome === 'released' ? 'DISPLACES released' : `DISPLACES ${laterSeconds} s later`,
    ),
  ];
  if (said.length === 0) return;
  throw new Conflict('NEEDS_CONFIRMATION', `Send ${name} anyway? ${said.join('; ')}.`, {
    warnings,
    interrupts,
    displaces,
  });
}
