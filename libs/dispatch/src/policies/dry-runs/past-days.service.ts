import { Injectable } from '@nestjs/common';
import { type Job, Job as JobRow } from '#job';
import type { Interval } from '#kernel';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import { WorkforceService } from '#workforce';
import { toMatchJob, toMatchWorker } from '../../rounds/match-input.js';
import {
  packFixes,
  type RecordedDay,
  type RecordedFix,
  type RecordedJob,
  type RecordedOutcome,
  type RecordedWorker,
} from '../replay/recorded-day.js';

const DAY_MS = 86_400_000;
/** Read in one turn, so that the process can do other things between. */
const PAGE = 500;
const WORKERS_TOGETHER = 4;
/** Without any offer to learn from. */
const UNKNOWN_ANSWERS = { acceptedShare: 1, answerSeconds: 15 };

interface Span {
  from: Date;
  to: Date;
  areaId: string | null;
}

interface Turn {
  workerId: string;
  from: string;
  to: string;
  at: Date;
}

/** Reads a stretch of the past as the replay needs it: rows, facts and positions, nothing that can change. */
@Injectable()
export class PastDaysService {
  constructor(
    private readonly workforce: WorkforceService,
    private readonly territory: TerritoryService,
  ) {}

  /** @throws NotFound for an area that is none. */
  async mustKnow(tx: Tx, areaId: string | null): Promise<void> {
    if (areaId) await this.territory.area(tx, areaId);
  }

  /** Asked first: a year of jobs would not even be loaded. */
  countJobs(tx: Tx, span: Span): Promise<number> {
    return this.jobsIn(tx, span).getCount();
  }

  private jobsIn(tx: Tx, span: Span) {
    return tx
      .repo(JobRow)
      .createQueryBuilder('j')
      .where(`j.createdAt >= :from AND j.createdAt < :to`, { from: span.from, to: span.to })
      .andWhere(span.areaId ? 'j.areaId = :areaId' : 'true', { areaId: span.areaId });
  }

  async read(tx: Tx, span: Span, searchSeconds: number): Promise<RecordedDay> {
    const jobs: RecordedJob[] = [];
    for (let page: Job[] = [], more = true; more; more = page.length === PAGE) {
      page = await this.jobsIn(tx, span)
        .orderBy('j.createdAt')
        .addOrderBy('j.id')
        .offset(jobs.length)
        .limit(PAGE)
        .getMany();
      const outcomes = await this.outcomes(tx, page);
      for (const row of page) jobs.push(toRecordedJob(row, outcomes.get(row.id) ?? null, searchSeconds));
    }
    return {
      from: span.from.getTime(),
      to: span.to.getTime(),
      jobs,
      workers: await this.workers(tx, span),
      answers: await this.answers(tx, span),
    };
  }

  private async outcomes(tx: Tx, jobs: readonly Job[]): Promise<Map<string, RecordedOutcome>> {
    const rows = await tx.sql<{ job_id: string; worker_id: string; at: Date; seconds: number }>(
      `SELECT DISTINCT ON (job_id) job_id, worker_id, created_at AS at,
              extract(epoch FROM arrives_at - starts_at)::double precision AS seconds
       FROM assignments WHERE org_id = $1 AND job_id = ANY($2::uuid[]) AND state <> 'released'
       ORDER BY job_id, created_at DESC`,
      [tx.orgId, jobs.map((job) => job.id)],
    );
    const arrived = new Map(jobs.map((job) => [job.id, job.arrivedAt?.getTime() ?? null]));
    return new Map(
      rows.map(({ job_id, worker_id, at, seconds }) => [
        job_id,
        {
          workerId: worker_id,
          assignedAt: at.getTime(),
          travelSeconds: seconds,
          arrivedAt: arrived.get(job_id) ?? null,
        },
      ]),
    );
  }

  private async workers(tx: Tx, { from, to, areaId }: Span): Promise<RecordedWorker[]> {
    const candidates = await this.workforce.candidates(tx, {
      statuses: 'any',
      areaId: areaId ?? undefined,
      range: { start: from.getTime(), end: to.getTime() + DAY_MS },
    });
    const ids = candidates.map(({ id }) => id);
    const turns = await this.turns(tx, ids, { from, to });
    const fixes = new Map<string, Float64Array>();
    for (let at = 0; at < ids.length; at += WORKERS_TOGETHER)
      for (const [id, list] of await this.fixes(tx, ids.slice(at, at + WORKERS_TOGETHER), { from, to }))
        fixes.set(id, packFixes(list));
    return candidates.flatMap((candidate) => {
      const onDuty = dutyOf(candidate.status, turns.get(candidate.id) ?? [], from, to);
      if (onDuty.length === 0) return [];
      const base = toMatchWorker(candidate, {
        held: [],
        past: undefined,
        everyArea: areaId ? [areaId] : [],
        now: from.getTime(),
      });
      return [
        {
          id: candidate.id,
          base: { ...base, status: 'available' as const },
          onDuty,
          fixes: fixes.get(candidate.id) ?? packFixes([]),
          maxOpenAssignments: candidate.maxOpenAssignments,
        },
      ];
    });
  }

  /** Those of the span, and the first one after it, which says what somebody was who never turned in it. */
  private async turns(
    tx: Tx,
    ids: string[],
    { from, to }: Omit<Span, 'areaId'>,
  ): Promise<Map<string, Turn[]>> {
    const turns = (columns: string, when: string) =>
      `SELECT ${columns} seq, subject_id AS "workerId", data->>'from' AS "from", data->>'to' AS "to", occurred_at AS at
       FROM facts WHERE org_id = $1 AND type = 'worker.status_changed' AND subject_id = ANY($2::uuid[]) AND ${when}`;
    const rows = await tx.sql<Turn>(
      `SELECT * FROM (
         ${turns('', 'occurred_at >= $3 AND occurred_at < $4')}
         UNION ALL
         (${turns('DISTINCT ON (subject_id)', 'occurred_at >= $4')} ORDER BY subject_id, seq)
       ) AS turns ORDER BY seq`,
      [tx.orgId, ids, from, to],
    );
    return grouped(rows, ({ workerId }) => workerId);
  }

  /** One fix per minute; a worker without fixes stays where they were last seen. */
  private async fixes(tx: Tx, ids: string[], { from, to }: Omit<Span, 'areaId'>) {
    const rows = await tx.sql<{
      workerId: string;
      lat: number;
      lon: number;
      at: Date;
      accuracy: number | null;
    }>(
      `SELECT DISTINCT ON (worker_id, date_trunc('minute', fix_at)) worker_id AS "workerId", lat, lon, fix_at AS at,
              accuracy_metres AS accuracy
       FROM position_fixes
       WHERE org_id = $1 AND worker_id = ANY($2::uuid[]) AND fix_at BETWEEN $3 AND $4 AND jump_speed IS NULL
       ORDER BY worker_id, date_trunc('minute', fix_at), fix_at`,
      [tx.orgId, ids, new Date(from.getTime() - DAY_MS / 12), to],
    );
    const list = new Map<string, RecordedFix[]>(
      [...grouped(rows, ({ workerId }) => workerId)].map(([workerId, own]) => [
        workerId,
        own.map(({ lat, lon, at, accuracy }) => ({ lat, lon, at: at.getTime(), accuracyMetres: accuracy })),
      ]),
    );
    const latest = await this.workforce.positions(
      tx,
      ids.filter((id) => !list.has(id)),
    );
    for (const [workerId, { lat, lon, accuracyMetres }] of latest)
      list.set(workerId, [{ lat, lon, at: from.getTime(), accuracyMetres }]);
    return list;
  }

  private async answers(tx: Tx, { from, to }: Span): Promise<RecordedDay['answers']> {
    const [row] = await tx.sql<{ accepted: number; asked: number; seconds: number | null }>(
      `SELECT count(*) FILTER (WHERE state = 'accepted')::integer AS accepted, count(*)::integer AS asked,
              percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - offered_at))
                FILTER (WHERE state = 'accepted') AS seconds
       FROM offers WHERE org_id = $1 AND offered_at >= $2 AND offered_at < $3 AND state IN ('accepted', 'declined', 'expired')`,
      [tx.orgId, from, to],
    );
    const { accepted = 0, asked = 0, seconds = null } = row ?? {};
    if (accepted === 0 || seconds === null) return { ...UNKNOWN_ANSWERS, offers: asked };
    return { acceptedShare: accepted / asked, answerSeconds: seconds, offers: asked };
  }
}

function toRecordedJob(job: Job, outcome: RecordedOutcome | null, searchSeconds: number): RecordedJob {
  const createdAt = job.createdAt.getTime();
  const promised = (job.windowEnd ?? job.dueAt)?.getTime() ?? null;
  const searchEnd = promised !== null && promised > createdAt ? promised : createdAt + searchSeconds * 1_000;
  // A customer who called off while nobody had it would have called off under any policy.
  const calledOff =
    job.state === 'cancelled' && !outcome ? job.stateSince.getTime() : Number.POSITIVE_INFINITY;
  return {
    id: job.id,
    serviceTypeId: job.serviceTypeId,
    createdAt,
    searchEndsAt: Math.min(searchEnd, calledOff),
    promisedBy: promised,
    workedSeconds:
      job.startedAt && job.completedAt
        ? Math.max(60, (job.completedAt.getTime() - job.startedAt.getTime()) / 1_000)
        : null,
    seen: toMatchJob(job, [], createdAt),
    outcome,
  };
}

/** When a worker accepted offers, from their status changes; before the first change they had its previous status. */
function dutyOf(status: string, turns: readonly Omit<Turn, 'workerId'>[], from: Date, to: Date): Interval[] {
  const takes = (state: string) => state === 'available' || state === 'busy';
  const spans: Interval[] = [];
  let start = from.getTime();
  let state = turns[0]?.from ?? status;
  for (const turn of turns) {
    const at = Math.min(turn.at.getTime(), to.getTime());
    if (takes(state) && at > start) spans.push({ start, end: at });
    [state, start] = [turn.to, at];
  }
  if (takes(state) && start < to.getTime()) spans.push({ start, end: to.getTime() });
  return spans;
}

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const list = groups.get(key(row));
    if (list) list.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
