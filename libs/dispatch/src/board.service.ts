import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Job, Jobs } from '#job';
import { Conflict, haversineMetres, NotFound } from '#kernel';
import { travelSeconds } from '#matching';
import type { Tx } from '#platform';
import { Territory } from '#territory';
import { Workforce } from '#workforce';
import { Assignment, HOLDING } from './assignment.entity.js';
import { Assignments, lockJob } from './assignments.service.js';
import type { BoardView, MoveView } from './desk.views.js';
import { DispatchPolicies } from './policy/policy-book.service.js';
import { boardSpan } from './rules/board-span.js';
import { dayEffect, type Promised } from './rules/day-effect.js';

interface Move {
  assignmentId: string;
  workerId: string;
  startsAt: Date;
  preview: boolean;
  force: boolean;
}

/** The day as a row a worker: shifts, time off, and the work between. */
@Injectable()
export class Board {
  constructor(
    private readonly jobs: Jobs,
    private readonly workforce: Workforce,
    private readonly territory: Territory,
    private readonly policies: DispatchPolicies,
    private readonly assignments: Assignments,
  ) {}

  async day(tx: Tx, query: { date?: string; areaId?: string }): Promise<BoardView> {
    const timeZone = query.areaId
      ? (await this.territory.area(tx, query.areaId)).timeZone
      : ((await this.territory.areas(tx))[0]?.timeZone ?? 'UTC');
    const { date, span } = boardSpan(query.date, timeZone, tx.now);
    const candidates = await this.workforce.candidates(tx, {
      statuses: 'any',
      areaId: query.areaId,
      range: { start: span.start.getTime(), end: span.end.getTime() },
    });
    const rows = await tx
      .repo(Assignment)
      .createQueryBuilder('a')
      .where(`a.state <> 'released' AND a.starts_at < :end AND a.ends_at > :start`, span)
      .orderBy('a.startsAt')
      .getMany();
    const jobs = new Map(
      (await tx.repo(Job).findBy({ id: In(rows.map((row) => row.jobId)) })).map((job) => [job.id, job]),
    );
    const dates = (list: { start: number; end: number }[]) =>
      list.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }));
    return {
      date,
      span,
      timeZone,
      workers: candidates.map(({ id, name, status, shifts, timeOff }) => ({
        id,
        name,
        status,
        shifts: dates(shifts),
        timeOff: dates(timeOff),
        assignments: rows
          .filter((row) => row.workerId === id && jobs.has(row.jobId))
          .map((row) => ({ ...row, job: boardJob(jobs.get(row.jobId)!) })),
      })),
    };
  }

  /** Moves work to another time or another worker; `preview` only says what would come of it. */
  async move(tx: Tx, move: Move): Promise<MoveView> {
    const row = await tx.repo(Assignment).findOneBy({ id: move.assignmentId });
    if (!row || !HOLDING.includes(row.state)) throw new NotFound('assignment');
    const job = await lockJob(tx, this.jobs, row.jobId);
    const plan = await this.plan(tx, row, job, move);
    if (move.preview || plan.refusals.length > 0) return { ...plan, applied: false };
    if (plan.warnings.length > 0 && !move.force)
      throw new Conflict('NEEDS_CONFIRMATION', `Move it all the same? ${plan.warnings.join('; ')}.`, {
        warnings: plan.warnings,
      });
    const { startsAt, arrivesAt, endsAt } = plan.assignment!;
    if (row.workerId === move.workerId)
      await this.assignments.retime(tx, row, { startsAt, arrivesAt, endsAt, areaId: job.areaId });
    else {
      await this.assignments.end(tx, job.id, 'released', 'moved on the board');
      await this.jobs.transition(tx, { jobId: job.id, event: 'release', reason: 'moved on the board' });
      await this.assignments.assign(tx, {
        jobId: job.id,
        workerId: move.workerId,
        source: 'desk',
        startsAt,
        arrivesAt,
        endsAt,
      });
      await this.assignments.followStatus(tx, row.workerId);
      await this.assignments.followStatus(tx, move.workerId);
    }
    return { ...plan, applied: true, assignment: await this.assignments.holding(tx, job.id) };
  }

  private async plan(tx: Tx, row: Assignment, job: Job, move: Move): Promise<MoveView> {
    const policy = (await this.policies.book(tx)).of(job.serviceTypeId);
    const [worker] = await this.workforce.candidates(tx, {
      workerIds: [move.workerId],
      statuses: 'any',
      range: { start: move.startsAt.getTime() - 86_400_000, end: move.startsAt.getTime() + 86_400_000 },
    });
    if (!worker) throw new NotFound('worker');
    const others = await tx.sql<Promised>(
      `SELECT a.job_id AS "jobId", a.starts_at AS "startsAt", a.arrives_at AS "arrivesAt", a.ends_at AS "endsAt", j.lat, j.lon
       FROM assignments a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
       WHERE a.org_id = $1 AND a.worker_id = $2 AND a.id <> $3 AND a.state IN ('confirmed', 'active')
       ORDER BY a.ends_at`,
      [tx.orgId, worker.id, row.id],
    );
    const from = others.findLast((o) => o.endsAt <= move.startsAt) ?? worker.position;
    const travel = from ? travelSeconds(haversineMetres(from, job), policy.match.travel) : 0;
    const arrivesAt = new Date(move.startsAt.getTime() + travel * 1_000);
    const start = Math.max(arrivesAt.getTime(), job.windowStart?.getTime() ?? 0);
    const endsAt = new Date(start + job.durationSeconds * 1_000);
    const clash = others.filter((o) => o.startsAt < endsAt && o.endsAt > move.startsAt);
    const lateSeconds = job.windowEnd
      ? Math.max(0, (arrivesAt.getTime() - job.windowEnd.getTime()) / 1_000)
      : 0;
    const inShift = worker.shifts.some(
      (s) => s.start <= move.startsAt.getTime() && endsAt.getTime() <= s.end,
    );
    const missing = job.skills.filter(
      ({ skill, level = 1 }) => !worker.skills.some((s) => s.skill === skill && s.level >= level),
    );
    const refusals = [
      ...clash.map((o) => `ALREADY_PROMISED ${o.startsAt.toISOString()} to ${o.endsAt.toISOString()}`),
      ...missing.map(({ skill }) => `MISSING_SKILL ${skill}`),
      ...(job.blockedWorkerIds.includes(worker.id) ? ['BLOCKED_WORKER'] : []),
    ];
    const warnings = [
      ...(lateSeconds > 0 ? [`ARRIVES_LATE ${Math.round(lateSeconds)} > 0 s`] : []),
      ...(inShift ? [] : ['SHIFT_TOO_SHORT']),
    ];
    const assignment = { ...row, workerId: worker.id, startsAt: move.startsAt, arrivesAt, endsAt };
    const trip = { departAt: move.startsAt.getTime(), endAt: endsAt.getTime(), point: job };
    const day = dayEffect(trip, others, policy.match.travel);
    return { applied: false, refusals, warnings, lateSeconds, assignment, day };
  }
}

function boardJob(job: Job): BoardView['workers'][number]['assignments'][number]['job'] {
  const {
    id,
    state,
    version,
    address,
    lat,
    lon,
    priority,
    durationSeconds,
    windowStart,
    windowEnd,
    serviceTypeId,
  } = job;
  return {
    id,
    state,
    version,
    address,
    lat,
    lon,
    priority,
    durationSeconds,
    windowStart,
    windowEnd,
    serviceTypeId,
  };
}
