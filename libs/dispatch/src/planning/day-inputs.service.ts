import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Job } from '#job';
import { type GeoPoint, type Interval, NIL_ID } from '#kernel';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import { type Candidate, WorkforceService } from '#workforce';
import { Assignment } from '../assignments/assignment.entity.js';
import { boardSpan } from '../manual/board-span.js';
import { DispatchPoliciesService } from '../policies/dispatch-policies.service.js';
import { CandidatePoolService } from '../rounds/candidate-pool.service.js';
import { isRefusal } from '../rounds/round-loader.service.js';
import type { DayInput, DayJob, DayWorker, Pin } from './day-problem.js';

/** Who sets off within this time is not sent elsewhere. */
const FREEZE_MS = 900_000;
const UNDER_WAY = ['en_route', 'arrived', 'in_progress', 'paused'];

export interface DayRequest {
  areaId: string;
  /** YYYY-MM-DD in the area's time zone. */
  date: string;
  span: Interval;
  keepDeskChoices: boolean;
  movedStopSeconds: number;
  /** Also planned, in whatever state it is. */
  jobId?: string;
}

export interface LoadedDay {
  input: DayInput;
  seen: Record<string, string>;
}

/** Reads a day of an area as the planner needs it: its workers, all they hold, and all that is open. */
@Injectable()
export class DayInputsService {
  constructor(
    private readonly territory: TerritoryService,
    private readonly workforce: WorkforceService,
    private readonly policies: DispatchPoliciesService,
    private readonly candidatePool: CandidatePoolService,
  ) {}

  async load(tx: Tx, request: DayRequest): Promise<LoadedDay> {
    const { areaId, span } = request;
    const area = await this.territory.area(tx, areaId);
    const origin = boardSpan(request.date, area.timeZone, tx.now).span.start.getTime();
    const candidates = await this.workforce.candidates(tx, { statuses: 'any', areaId, range: span });
    const held = await this.held(tx, candidates, request);
    const open = await this.open(tx, request);
    const heldJobs = await tx.repo(Job).findBy({ id: In(held.map((row) => row.jobId)) });
    const refused = await this.refused(tx, open);
    const byJob = new Map(held.map((row) => [row.jobId, row]));
    const rows = [...heldJobs, ...open.filter(({ id }) => !byJob.has(id))];
    const done = await this.doneToday(tx, candidates, origin);
    const centre: GeoPoint = { lat: area.lat, lon: area.lon };
    return {
      input: {
        origin,
        span,
        centre,
        travel: (await this.policies.getSet(tx)).of(null).match.travel,
        workers: candidates.map((candidate) => toDayWorker(candidate, done.get(candidate.id) ?? 0)),
        jobs: rows.map((job) => {
          const day = toDayJob(job, byJob.get(job.id) ?? null, request);
          const blockedWorkerIds = [...day.blockedWorkerIds, ...(refused.get(job.id) ?? [])];
          return { ...day, blockedWorkerIds };
        }),
        movedStopSeconds: request.movedStopSeconds,
      },
      seen: Object.fromEntries(rows.map((job) => [job.id, seenOf(job)])),
    };
  }

  private held(tx: Tx, candidates: readonly Candidate[], { span }: DayRequest): Promise<Assignment[]> {
    return tx
      .repo(Assignment)
      .createQueryBuilder('a')
      .where(`a.state IN ('proposed', 'confirmed', 'active') AND a.workerId IN (:...ids)`, {
        ids: [NIL_ID, ...candidates.map(({ id }) => id)],
      })
      .andWhere(`a.startsAt < :end AND (a.endsAt > :start OR a.state = 'active')`, {
        start: new Date(span.start),
        end: new Date(span.end),
      })
      .orderBy('a.startsAt')
      .getMany();
  }

  /** Open jobs of the area whose promise lets them be done within the span. */
  private open(tx: Tx, { areaId, span, jobId }: DayRequest): Promise<Job[]> {
    return (
      tx
        .repo(Job)
        .createQueryBuilder('j')
        .where(`j.areaId = :areaId AND j.state = 'unassigned'`, { areaId })
        .andWhere(`(j.windowStart IS NULL OR j.windowStart < :end OR j.id = :jobId)`, {
          end: new Date(span.end),
          jobId: jobId ?? NIL_ID,
        })
        // A job promised for an earlier day has no place in a later one. What was promised for before now should be soon.
        .andWhere(
          `(coalesce(j.windowEnd, j.dueAt) IS NULL OR coalesce(j.windowEnd, j.dueAt) > :start OR :start <= :now OR j.id = :jobId)`,
          { start: new Date(span.start), now: tx.now },
        )
        .orderBy('j.priority', 'DESC')
        .addOrderBy('j.createdAt')
        .addOrderBy('j.id')
        .getMany()
    );
  }

  /** A plan gives no job to somebody who has said no to it; a dispatcher may, by hand. */
  private async refused(tx: Tx, jobs: readonly Job[]): Promise<Map<string, string[]>> {
    const asked = await this.candidatePool.offerHistory(
      tx,
      jobs.map(({ id }) => id),
      tx.now,
    );
    return new Map(
      [...asked].map(([id, answers]) => [
        id,
        [...answers].filter(([, answer]) => isRefusal(answer)).map(([workerId]) => workerId),
      ]),
    );
  }

  private async doneToday(tx: Tx, candidates: readonly Candidate[], origin: number) {
    const rows = await tx.sql<{ worker_id: string; n: number }>(
      `SELECT worker_id, count(*)::integer AS n FROM assignments
       WHERE org_id = $1 AND worker_id = ANY($2::uuid[]) AND state IN ('done', 'active')
         AND starts_at >= $3 AND starts_at < $3 + interval '1 day' GROUP BY worker_id`,
      [tx.orgId, candidates.map(({ id }) => id), new Date(origin)],
    );
    return new Map(rows.map(({ worker_id, n }) => [worker_id, n]));
  }
}

/** What a plan rests on: another text later means that the job is not what was planned. */
export const seenOf = (job: Job): string =>
  JSON.stringify([
    job.state,
    job.state === 'unassigned' ? null : job.workerId,
    job.lat,
    job.lon,
    job.windowStart,
    job.windowEnd,
    job.dueAt,
    job.durationSeconds,
    job.skills,
    job.requiredWorkerId,
    job.blockedWorkerIds,
  ]);

function toDayWorker(candidate: Candidate, done: number): DayWorker {
  const { id, name, position, shifts, skills, vehicle, equipment, languages, dayTaskLimit } = candidate;
  return {
    id,
    name,
    position: position && { lat: position.lat, lon: position.lon },
    shifts,
    skills: skills.map(({ skill, level, validUntil }) => ({
      skill,
      level,
      expiresAt: validUntil?.getTime() ?? null,
    })),
    equipment: vehicle ? [...equipment, vehicle] : equipment,
    languages,
    tasksLeft: dayTaskLimit === null ? null : Math.max(0, dayTaskLimit - done),
    suspendedUntil:
      candidate.suspendedUntil?.getTime() ??
      (candidate.status === 'suspended' ? Number.POSITIVE_INFINITY : null),
  };
}

function toDayJob(job: Job, row: Assignment | null, request: DayRequest): DayJob {
  return {
    id: job.id,
    point: { lat: job.lat, lon: job.lon },
    priority: job.priority,
    durationSeconds: job.durationSeconds,
    windowStart: job.windowStart?.getTime() ?? null,
    promisedBy: (job.windowEnd ?? job.dueAt)?.getTime() ?? null,
    skills: job.skills,
    equipment: job.equipment,
    language: job.customerLanguage,
    blockedWorkerIds: job.blockedWorkerIds,
    requiredWorkerId: job.requiredWorkerId,
    preferredWorkerId: job.preferredWorkerId,
    held: row && {
      assignmentId: row.id,
      workerId: row.workerId,
      startsAt: row.startsAt.getTime(),
      arrivesAt: row.arrivesAt.getTime(),
      // Work that runs over keeps its worker until it is reported done.
      endsAt: Math.max(row.endsAt.getTime(), row.state === 'active' ? request.span.start + 60_000 : 0),
    },
    pinned: row && pinOf(job, row, request),
  };
}

function pinOf(job: Job, row: Assignment, { span, areaId, keepDeskChoices }: DayRequest): Pin | null {
  if (UNDER_WAY.includes(job.state) || row.state === 'active') return 'under_way';
  if (row.startsAt.getTime() <= span.start + FREEZE_MS) return 'about_to_begin';
  if (job.areaId !== areaId) return 'other_area';
  return keepDeskChoices && row.source === 'desk' ? 'by_hand' : null;
}
