import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { phoneDigits } from '#kernel';
import { decodeCursor, type Page, type Principal, type Tx, toPage } from '#platform';
import { Job } from '../lifecycle/job.entity.js';
import { type JobView, viewJob } from './job.view.js';
import { type Bind, type JobFilter, jobFilter, WINDOW_START } from './job-filter.js';
import { jobNumberIn } from './job-number.js';
import type { JobQuery, JobSort } from './job-query.dto.js';

interface SortKey {
  sql: string;
  cast: 'timestamptz' | 'integer';
  value: (job: Job) => string | number;
}

/** As `WINDOW_START` says it. */
const NO_WINDOW = '9999-01-01T00:00:00.000Z';

const SORT_KEYS: Record<string, SortKey> = {
  createdAt: { sql: 'job.created_at', cast: 'timestamptz', value: (job) => job.createdAt.toISOString() },
  updatedAt: { sql: 'job.updated_at', cast: 'timestamptz', value: (job) => job.updatedAt.toISOString() },
  windowStart: {
    sql: WINDOW_START,
    cast: 'timestamptz',
    value: (job) => job.windowStart?.toISOString() ?? NO_WINDOW,
  },
  priority: { sql: 'job.priority', cast: 'integer', value: (job) => job.priority },
};

/** So many jobs of the order are compared with a text before the index is asked, which finds all that hold it. */
const COMPARED = 3_000;

/** The desk's list. A worker's holds the jobs they have or had last, nothing else. */
@Injectable()
export class JobListService {
  async list(tx: Tx, query: JobQuery, viewer: Principal): Promise<Page<JobView>> {
    const { key } = sortOf(query.sort);
    const ids = await this.find(tx, query, viewer);
    const found = new Map((await tx.repo(Job).findBy({ id: In(ids) })).map((job) => [job.id, job]));
    return toPage(
      ids.flatMap((id) => found.get(id) ?? []),
      query.limit,
      (job) => viewJob(job, viewer, tx.now),
      (job) => [key.value(job), job.id],
    );
  }

  /** The ids of the page and, if there are more, of the first job after it. */
  private async find(tx: Tx, query: JobQuery, viewer: Principal): Promise<string[]> {
    const masked = viewer.role === 'auditor';
    const parameters: unknown[] = [];
    const bind: Bind = (value) => `$${parameters.push(value)}`;
    const { conditions, cases } = jobFilter(query, { masked, now: tx.now, bind });
    conditions.push(`job.org_id = ${bind(tx.orgId)}`);
    if (viewer.role === 'worker') conditions.push(`job.worker_id = ${bind(viewer.workerId ?? null)}`);
    const { key, down } = sortOf(query.sort);
    if (query.cursor) {
      const [at, id] = decodeCursor(query.cursor, key.cast === 'integer' ? 'integer' : 'time', 'id');
      const place = `(${bind(at)}::${key.cast}, ${bind(id)}::uuid)`;
      conditions.push(`(${key.sql}, job.id) ${down ? '<' : '>'} ${place}`);
    }
    const most = query.limit + 1;
    const first: FirstJobs = { conditions, cases, key, direction: down ? 'DESC' : 'ASC', most };
    if (!query.text) {
      const rows = await tx.sql<{ id: string }>(firstJobs(first), parameters);
      return rows.map(({ id }) => id);
    }
    return this.search(tx, first, { text: query.text, masked, parameters, bind });
  }

  /**
   * A frequent text fills the page from the first jobs of the order. A rare one is found by the index of all texts, which
   * would find too many of a frequent one before it puts them in order.
   */
  private async search(tx: Tx, first: FirstJobs, asked: TextAsked): Promise<string[]> {
    const { text, masked, parameters, bind } = asked;
    const [query, number] = [bind(text), bind(jobNumberIn(text))];
    const tail = masked ? 'NULL' : bind(phoneDigits(text));
    const holds = masked
      ? `(search_text(job.external_ref) LIKE search_pattern(${query}) OR job.number = ${number}::integer)`
      : `(job.search LIKE search_pattern(${query}) OR job.contact_phone LIKE '%' || ${tail}::text || '%'
          OR job.number = ${number}::integer)`;
    const near = firstJobs({ ...first, most: COMPARED }, ', search, external_ref, contact_phone, number');
    const [compared] = await tx.sql<{ ids: string[]; all: boolean }>(
      `WITH near AS MATERIALIZED (${near})
       SELECT (SELECT count(*) FROM near) < ${COMPARED} AS all, ARRAY(
         SELECT id FROM near AS job WHERE ${holds} ORDER BY sort_key ${first.direction}, id ${first.direction}
         LIMIT ${first.most}) AS ids`,
      parameters,
    );
    const { ids, all } = compared!;
    if (all || ids.length === first.most) return ids;
    const matching = `job.id IN (SELECT jobs_matching(${query}, ${tail}, ${number}))`;
    const conditions = [...first.conditions, matching, ...(masked ? [holds] : [])];
    const rows = await tx.sql<{ id: string }>(firstJobs({ ...first, conditions }), parameters);
    return rows.map(({ id }) => id);
  }
}

interface TextAsked {
  text: string;
  masked: boolean;
  parameters: unknown[];
  bind: Bind;
}

interface FirstJobs extends JobFilter {
  key: SortKey;
  direction: 'ASC' | 'DESC';
  most: number;
}

/** Reads the first jobs of the order: of each case as many, of these the first. */
function firstJobs({ conditions, cases, key, direction, most }: FirstJobs, columns = ''): string {
  const order = `ORDER BY sort_key ${direction}, id ${direction} LIMIT ${most}`;
  const parts = (cases.length > 0 ? cases : ['true']).map(
    (one) =>
      `(SELECT id, ${key.sql} AS sort_key${columns} FROM jobs job WHERE ${[...conditions, one].join(' AND ')} ${order})`,
  );
  return parts.length === 1 ? parts[0]! : `SELECT * FROM (${parts.join(' UNION ALL ')}) AS cases ${order}`;
}

const sortOf = (sort: JobSort) => ({ key: SORT_KEYS[sort.replace('-', '')]!, down: sort.startsWith('-') });
