import { Injectable } from '@nestjs/common';
import { type Job, JobsService, OPEN_STATES } from '#job';
import { Conflict, DomainError, NotFound } from '#kernel';
import { type Evaluation, renderVerdict } from '#matching';
import { checkVersion, type Tx } from '#platform';
import { AssignmentsService } from '../assignments/assignments.service.js';
import { OffersService } from '../offers/offers.service.js';
import { assignedTo, whyChosen, whyUnassigned } from '../rounds/decision-messages.js';
import { RankingService } from '../rounds/ranking.service.js';
import type { StoredCandidate } from '../rounds/round.entity.js';
import { type DayEffect, dayEffect } from './day-effect.js';
import { splitByAuthority } from './split-by-authority.js';

export interface ManualCandidate extends StoredCandidate {
  /** Rules that a dispatcher cannot overrule. */
  refusals: string[];
  /** Rules that a dispatcher may overrule. */
  warnings: string[];
  arrivesAt: Date | null;
  endsAt: Date | null;
  /** Effect on the worker's day; null if they cannot be assigned or their position is unknown. */
  day: DayEffect | null;
}

export interface Candidates {
  sentence: string;
  candidates: ManualCandidate[];
}

interface ManualCommand {
  jobId: string;
  workerId: string;
  expectedVersion?: number;
  /** The dispatcher has seen the warnings. */
  force: boolean;
}

/** What a dispatcher does by hand. */
@Injectable()
export class ManualDispatchService {
  constructor(
    private readonly jobs: JobsService,
    private readonly ranking: RankingService,
    private readonly offers: OffersService,
    private readonly assignments: AssignmentsService,
  ) {}

  /** Everybody who is on duty, as things stand now. */
  async candidates(tx: Tx, jobId: string): Promise<Candidates> {
    const job = await this.jobs.get(tx, jobId);
    const { judged, pool, policy } = await this.ranking.rank(tx, job);
    const candidates = judged.map(({ candidate, evaluation }): ManualCandidate => {
      const view = toManualCandidate(candidate, evaluation);
      const { departAt, endAt } = evaluation.leg;
      if (view.refusals.length > 0 || !Number.isFinite(endAt)) return { ...view, day: null };
      const others = pool.commitments.get(view.workerId) ?? [];
      return { ...view, day: dayEffect({ departAt, endAt, point: job }, others, policy.match.travel) };
    });
    const holder = candidates.find((c) => c.workerId === job.workerId);
    const first = candidates[0];
    const sentence = holder
      ? assignedTo(holder.name)
      : first?.eligible
        ? whyChosen(first, candidates)
        : whyUnassigned(candidates);
    return { sentence, candidates };
  }

  /**
   * @throws DomainError HARD_RULE_BROKEN (422) naming the rules; NEEDS_CONFIRMATION (409) with the warnings unless
   * `force`; Conflict WORKER_BUSY, ILLEGAL_TRANSITION, VERSION_CONFLICT.
   */
  async assign(tx: Tx, command: ManualCommand): Promise<{ job: Job; warnings: string[] }> {
    const job = await this.jobs.lock(tx, command.jobId);
    checkVersion(command.expectedVersion, job.version);
    const { candidate, evaluation } = await this.rankOne(tx, job, command.workerId);
    const view = toManualCandidate(candidate, evaluation);
    if (view.refusals.length > 0)
      throw new DomainError(
        'HARD_RULE_BROKEN',
        422,
        `${view.name} cannot do this job: ${view.refusals.join('; ')}.`,
        {
          refusals: view.refusals,
          warnings: view.warnings,
          errors: [{ field: 'workerId', message: view.refusals.join('; ') }],
        },
      );
    if (view.warnings.length > 0 && !command.force)
      throw new Conflict('NEEDS_CONFIRMATION', `Assign ${view.name} anyway? ${view.warnings.join('; ')}.`, {
        warnings: view.warnings,
      });
    await this.offers.withdrawAll(tx, job.id, 'a dispatcher assigned it');
    const { leg } = evaluation;
    const depart = Number.isFinite(leg.travelSeconds) ? leg.departAt : tx.now.getTime();
    const arrive = Number.isFinite(leg.travelSeconds) ? leg.arriveAt : tx.now.getTime();
    const end = Math.max(arrive, job.windowStart?.getTime() ?? 0) + job.durationSeconds * 1_000;
    const assigned = await this.assignments.assign(tx, {
      jobId: job.id,
      workerId: command.workerId,
      source: 'desk',
      startsAt: new Date(depart),
      arrivesAt: new Date(arrive),
      endsAt: new Date(end),
      reasons: { why: 'a dispatcher chose', warnings: view.warnings, rank: view.rank },
    });
    await this.assignments.syncWorkerStatus(tx, command.workerId);
    return { job: assigned, warnings: view.warnings };
  }

  async release(tx: Tx, command: { jobId: string; reason: string; expectedVersion?: number }): Promise<Job> {
    const job = await this.jobs.lock(tx, command.jobId);
    checkVersion(command.expectedVersion, job.version);
    await this.offers.withdrawAll(tx, job.id, command.reason);
    await this.assignments.end(tx, job.id, 'released', command.reason);
    const open = await this.jobs.transition(tx, { jobId: job.id, event: 'release', reason: command.reason });
    if (job.workerId) await this.assignments.syncWorkerStatus(tx, job.workerId);
    return open;
  }

  /** @throws NotFound unless the worker holds the job. */
  async requireHolder(tx: Tx, jobId: string, workerId: string | undefined): Promise<void> {
    const job = await this.jobs.get(tx, jobId);
    if (!workerId || job.workerId !== workerId) throw new NotFound('job');
  }

  /** One step for whoever looks on: the job is never unassigned in between. */
  async reassign(
    tx: Tx,
    command: ManualCommand & { reason: string },
  ): Promise<{ job: Job; warnings: string[] }> {
    const { jobId, reason, expectedVersion } = command;
    const job = await this.jobs.lock(tx, jobId);
    checkVersion(expectedVersion, job.version);
    if (job.state !== 'unassigned' && job.state !== 'offering') await this.release(tx, { jobId, reason });
    return this.assign(tx, { ...command, expectedVersion: undefined });
  }

  /** Puts the job to one worker, whoever would be asked next. */
  async offer(tx: Tx, command: { jobId: string; workerId: string }): Promise<void> {
    const job = await this.jobs.lock(tx, command.jobId);
    if (!OPEN_STATES.includes(job.state))
      throw new Conflict('ILLEGAL_TRANSITION', `The job is ${job.state} and cannot be offered.`, {
        state: job.state,
        event: 'offer',
        version: job.version,
      });
    const { candidate, evaluation, policy } = await this.rankOne(tx, job, command.workerId);
    const { refusals } = toManualCandidate(candidate, evaluation);
    if (refusals.length > 0)
      throw new DomainError(
        'HARD_RULE_BROKEN',
        422,
        `${candidate.name} cannot do this job: ${refusals.join('; ')}.`,
        { refusals },
      );
    const { leg } = evaluation;
    const made = await this.offers.create(tx, new Map([[job.id, job]]), [
      {
        jobId: job.id,
        workerId: command.workerId,
        areaId: job.areaId,
        wave: 1,
        seconds: policy.offerSeconds,
        roundId: null,
        distanceMetres: candidate.distanceMetres,
        travelSeconds: candidate.travelSeconds,
        plan: Number.isFinite(leg.endAt)
          ? { departAt: leg.departAt, arriveAt: leg.arriveAt, endAt: leg.endAt }
          : {
              departAt: tx.now.getTime(),
              arriveAt: tx.now.getTime(),
              endAt: tx.now.getTime() + job.durationSeconds * 1_000,
            },
        why: 'A dispatcher asks you.',
      },
    ]);
    if (made.size === 0) throw new Conflict('WORKER_ASKED', 'The worker has another open offer.');
  }

  private async rankOne(tx: Tx, job: Job, workerId: string) {
    const { judged, policy } = await this.ranking.rank(tx, job, [workerId]);
    const [found] = judged;
    if (!found)
      throw new DomainError('UNKNOWN_WORKER', 422, 'There is no such worker.', {
        errors: [{ field: 'workerId', message: 'no such worker' }],
      });
    return { ...found, policy };
  }
}

function toManualCandidate(candidate: StoredCandidate, evaluation: Evaluation): Omit<ManualCandidate, 'day'> {
  const { refusals, warnings } = splitByAuthority(evaluation.verdicts);
  const { arriveAt, endAt } = evaluation.leg;
  return {
    ...candidate,
    refusals: refusals.map(renderVerdict),
    warnings: warnings.map(renderVerdict),
    arrivesAt: Number.isFinite(arriveAt) ? new Date(arriveAt) : null,
    endsAt: Number.isFinite(endAt) ? new Date(endAt) : null,
  };
}
