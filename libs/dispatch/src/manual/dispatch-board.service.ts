import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Job } from '#job';
import { usualZone } from '#kernel';
import type { Tx } from '#platform';
import { TerritoryService } from '#territory';
import { WorkforceService } from '#workforce';
import { Assignment } from '../assignments/assignment.entity.js';
import { boardSpan } from './board-span.js';
import type { BoardJob, BoardView } from './manual-dispatch.views.js';

const OF_THESE = 'org_id = :orgId AND worker_id = ANY(:ids)';

/**
 * Each part is found by an index of a worker's assignments: most visits begin and end within a day. What is under way longer
 * than it should is still on today's board.
 */
const ON_BOARD = `a.id IN (
  SELECT id FROM assignments WHERE ${OF_THESE} AND state <> 'released' AND starts_at < :end
    AND starts_at > :start::timestamptz - interval '1 day' AND ends_at > :start
  UNION ALL
  SELECT id FROM assignments WHERE ${OF_THESE} AND state <> 'released' AND starts_at < :end
    AND ends_at - starts_at > interval '1 day' AND ends_at > :start
  UNION ALL
  SELECT id FROM assignments WHERE ${OF_THESE} AND state = 'active' AND starts_at < :end AND :now >= :start::timestamptz)`;

/** The day as a row a worker: shifts, time off, and the work between. */
@Injectable()
export class DispatchBoardService {
  constructor(
    private readonly workforce: WorkforceService,
    private readonly territory: TerritoryService,
  ) {}

  async day(tx: Tx, query: { date?: string; areaId?: string }): Promise<BoardView> {
    // Without an area: the zone that most areas are in, as on the page.
    const zones = new Map((await this.territory.areas(tx)).map((area) => [area.id, area.timeZone]));
    const timeZone = query.areaId
      ? (await this.territory.area(tx, query.areaId)).timeZone
      : (usualZone([...zones.values()]) ?? 'UTC');
    const { date, span } = boardSpan(query.date, timeZone, tx.now);
    const candidates = await this.workforce.candidates(tx, {
      statuses: 'any',
      areaId: query.areaId,
      range: { start: span.start.getTime(), end: span.end.getTime() },
    });
    const rows = await tx
      .repo(Assignment)
      .createQueryBuilder('a')
      .where(ON_BOARD, { ...span, orgId: tx.orgId, ids: candidates.map(({ id }) => id), now: tx.now })
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
      workers: candidates.map(({ id, name, status, homeAreaIds, shifts, timeOff }) => ({
        id,
        name,
        status,
        timeZone: usualZone(homeAreaIds.flatMap((home) => zones.get(home) ?? [])) ?? timeZone,
        shifts: dates(shifts),
        timeOff: dates(timeOff),
        assignments: rows
          .filter((row) => row.workerId === id && jobs.has(row.jobId))
          .map((row) => ({ ...row, job: boardJob(jobs.get(row.jobId)!) })),
      })),
    };
  }
}

function boardJob(job: Job): BoardJob {
  const { id, number, state, stateSince, version, address, lat, lon, priority, durationSeconds } = job;
  const { serviceTypeId, windowStart, windowEnd, departedAt, arrivedAt, startedAt, completedAt } = job;
  return {
    id,
    number,
    state,
    stateSince,
    version,
    address,
    lat,
    lon,
    priority,
    durationSeconds,
    serviceTypeId,
    windowStart,
    windowEnd,
    departedAt,
    arrivedAt,
    startedAt,
    completedAt,
  };
}
