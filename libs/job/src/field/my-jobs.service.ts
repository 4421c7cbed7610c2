import { Injectable } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsTimeZone } from 'class-validator';
import { Temporal } from 'temporal-polyfill';
import { decodeCursor, type Page, PageQuery, type Principal, type Tx, toPage } from '#platform';
import { type JobView, viewJob } from '../desk/job.view.js';
import { Job } from '../lifecycle/job.entity.js';
import { HELD_STATES } from '../lifecycle/job-states.js';

const SCOPES = ['held', 'today', 'history'] as const;

export class MyJobsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: SCOPES,
    default: 'held',
    description: 'held: to be done; today: also what ended today; history: all that ended, newest first',
  })
  @IsOptional()
  @IsIn(SCOPES)
  scope: (typeof SCOPES)[number] = 'held';

  @ApiPropertyOptional({ default: 'UTC', description: 'whose midnight begins today (IANA name)' })
  @IsOptional()
  @IsTimeZone()
  timeZone: string = 'UTC';
}

/** The jobs of the worker who asks. */
@Injectable()
export class MyJobsService {
  async list(tx: Tx, caller: Principal, query: MyJobsQuery): Promise<Page<JobView>> {
    if (!caller.workerId) return { items: [], nextCursor: null };
    const past = query.scope === 'history';
    const select = tx
      .repo(Job)
      .createQueryBuilder('job')
      .where('job.orgId = :orgId AND job.workerId = :me', { orgId: tx.orgId, me: caller.workerId })
      .orderBy('job.stateSince', past ? 'DESC' : 'ASC')
      .addOrderBy('job.id', past ? 'DESC' : 'ASC')
      .limit(query.limit + 1);
    const held = 'job.state = ANY(:held)';
    if (query.scope === 'held') select.andWhere(held);
    if (query.scope === 'today')
      // The second condition says from where on to look: what ended in earlier years is not read.
      select.andWhere(
        `(${held} OR job.state_since >= :midnight) AND job.state_since >= least(:midnight::timestamptz, (
           SELECT min(h.state_since) FROM jobs h WHERE h.org_id = :orgId AND h.worker_id = :me AND h.state = ANY(:held)))`,
        { midnight: midnight(tx.now, query.timeZone) },
      );
    if (past) select.andWhere(`NOT (${held})`);
    select.setParameter('held', HELD_STATES);
    if (query.cursor) {
      const [at, id] = decodeCursor(query.cursor, 'time', 'id');
      select.andWhere(`(job.state_since, job.id) ${past ? '<' : '>'} (:at::timestamptz, :id::uuid)`, {
        at,
        id,
      });
    }
    return toPage(
      await select.getMany(),
      query.limit,
      (job) => viewJob(job, caller, tx.now),
      (job) => [job.stateSince.toISOString(), job.id],
    );
  }
}

function midnight(now: Date, timeZone: string): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(here.startOfDay().epochMilliseconds);
}
