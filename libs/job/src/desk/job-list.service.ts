import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { Invalid, phoneDigits } from '#kernel';
import { decodeCursor, type Page, type Principal, type Tx, toPage } from '#platform';
import { Job } from '../lifecycle/job.entity.js';
import { attentionSql } from './attention-sql.js';
import { type JobView, viewJob } from './job.view.js';
import { jobNumberIn } from './job-number.js';
import type { JobQuery, JobSort } from './job-query.dto.js';

interface SortKey {
  sql: string;
  /** The property, where the key is one; TypeORM would lose it if it were selected under another name. */
  property?: string;
  cast: 'timestamptz' | 'integer';
  value: (job: Job) => string | number;
}

/** A job without a window sorts behind all that have one. */
const NO_WINDOW = '9999-01-01T00:00:00.000Z';

const SORT_KEYS: Record<string, SortKey> = {
  createdAt: {
    sql: 'job.created_at',
    property: 'job.createdAt',
    cast: 'timestamptz',
    value: (job) => job.createdAt.toISOString(),
  },
  updatedAt: {
    sql: 'job.updated_at',
    property: 'job.updatedAt',
    cast: 'timestamptz',
    value: (job) => job.updatedAt.toISOString(),
  },
  windowStart: {
    sql: `coalesce(job.window_start, '${NO_WINDOW}')`,
    cast: 'timestamptz',
    value: (job) => job.windowStart?.toISOString() ?? NO_WINDOW,
  },
  priority: { sql: 'job.priority', property: 'job.priority', cast: 'integer', value: (job) => job.priority },
};

/** The desk's list. A worker's holds the jobs they have or had last, nothing else. */
@Injectable()
export class JobListService {
  async list(tx: Tx, query: JobQuery, viewer: Principal): Promise<Page<JobView>> {
    const select = tx.repo(Job).createQueryBuilder('job').where('job.org_id = :orgId', { orgId: tx.orgId });
    if (viewer.role === 'worker') select.andWhere('job.worker_id = :me', { me: viewer.workerId ?? null });
    filter(select, query, viewer.role === 'auditor');
    if (query.attention) select.andWhere(attentionSql(query.attention, ':now'), { now: tx.now });
    const key = this.sorted(select, query);
    const rows = await select.getMany();
    return toPage(
      rows,
      query.limit,
      (job) => viewJob(job, viewer, tx.now),
      (job) => [key.value(job), job.id],
    );
  }

  private sorted(select: SelectQueryBuilder<Job>, query: JobQuery): SortKey {
    const { key, down } = sortOf(query.sort);
    if (query.cursor) {
      const [at, id] = decodeCursor(query.cursor, key.cast === 'integer' ? 'integer' : 'time', 'id');
      select.andWhere(`(${key.sql}, job.id) ${down ? '<' : '>'} (:at::${key.cast}, :id::uuid)`, { at, id });
    }
    const direction = down ? 'DESC' : 'ASC';
    if (!key.property) select.addSelect(key.sql, 'sort_key');
    select.orderBy(key.property ?? 'sort_key', direction).addOrderBy('job.id', direction);
    select.limit(query.limit + 1);
    return key;
  }
}

const sortOf = (sort: JobSort) => ({ key: SORT_KEYS[sort.replace('-', '')]!, down: sort.startsWith('-') });

function filter(select: SelectQueryBuilder<Job>, query: JobQuery, masked: boolean): void {
  const and = (sql: string, parameters: object) => select.andWhere(sql, parameters);
  if (query.state) and('job.state = ANY(:states)', { states: query.state });
  if (query.areaId === 'none') and('job.area_id IS NULL', {});
  else if (query.areaId) and('job.area_id = :areaId', { areaId: query.areaId });
  if (query.workerId) and('job.worker_id = :workerId', { workerId: query.workerId });
  if (query.serviceTypeId) and('job.service_type_id = :type', { type: query.serviceTypeId });
  if (query.siteId) and('job.site_id = :siteId', { siteId: query.siteId });
  if (query.externalRef) and('job.external_ref = :ref', { ref: query.externalRef });
  if (query.windowFrom)
    and('coalesce(job.window_end, job.window_start) > :windowFrom', { windowFrom: query.windowFrom });
  if (query.windowTo)
    and('coalesce(job.window_start, job.window_end) < :windowTo', { windowTo: query.windowTo });
  if (query.updatedSince) and('job.updated_at >= :since', { since: query.updatedSince });
  // What is hidden from an auditor must not be found by asking for it either.
  if (query.number) and('job.number = :number', { number: query.number });
  if (query.text && masked)
    and('(search_text(job.external_ref) LIKE search_pattern(:text) OR job.number = :numberInText)', {
      text: query.text,
      numberInText: jobNumberIn(query.text),
    });
  else if (query.text)
    and('(job.id IN (SELECT jobs_matching(:text, :digits)) OR job.number = :numberInText)', {
      text: query.text,
      digits: phoneDigits(query.text),
      numberInText: jobNumberIn(query.text),
    });
  if (query.bbox && !masked) inBox(select, query.bbox);
}

function inBox(select: SelectQueryBuilder<Job>, bbox: string): void {
  const edges = bbox.split(',').map((edge) => (edge.trim() === '' ? Number.NaN : Number(edge)));
  const [west, south, east, north] = edges as [number, number, number, number];
  const right =
    edges.length === 4 &&
    edges.every(Number.isFinite) &&
    Math.max(Math.abs(west), Math.abs(east)) <= 180 &&
    Math.max(Math.abs(south), Math.abs(north)) <= 90 &&
    south <= north;
  if (!right) throw Invalid.field('bbox', 'must be west,south,east,north in degrees', '-180,-90,180,90');
  select.andWhere('job.lat BETWEEN :south AND :north', { south, north });
  // A box may lie across the antimeridian.
  select.andWhere(
    west <= east ? 'job.lon BETWEEN :west AND :east' : '(job.lon >= :west OR job.lon <= :east)',
    {
      west,
      east,
    },
  );
}
