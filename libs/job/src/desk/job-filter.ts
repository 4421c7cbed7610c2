import { Invalid } from '#kernel';
import { attentionSql } from './attention-sql.js';
import type { JobQuery } from './job-query.dto.js';

/** Puts a value among the parameters of a statement and answers its place there, `$3` say. */
export type Bind = (value: unknown) => string;

/** Conditions on a row `job`. */
export interface JobFilter {
  /** All of these hold. */
  conditions: string[];
  /** Of these exactly one holds, if there are any: for each of them an index has its jobs in every order. */
  cases: string[];
}

/** What the query asks for, without its text. `masked`: what is hidden from the caller is not found by asking for it either. */
export function jobFilter(
  query: JobQuery,
  { masked, now, bind }: { masked: boolean; now: Date; bind: Bind },
): JobFilter {
  const { areaId, windowFrom, windowTo } = query;
  const conditions: string[] = [];
  const equal = (column: string, value: unknown) => {
    if (value) conditions.push(`job.${column} = ${bind(value)}`);
  };
  if (areaId === 'none') conditions.push('job.area_id IS NULL');
  else equal('area_id', areaId);
  equal('worker_id', query.workerId);
  equal('service_type_id', query.serviceTypeId);
  equal('site_id', query.siteId);
  equal('external_ref', query.externalRef);
  equal('number', query.number);
  if (query.updatedSince) conditions.push(`job.updated_at >= ${bind(query.updatedSince)}`);
  if (query.attention) conditions.push(attentionSql(query.attention, () => bind(now)));
  if (windowFrom) conditions.push(`coalesce(job.window_end, job.window_start) > ${bind(windowFrom)}`);
  if (windowTo) conditions.push(`coalesce(job.window_start, job.window_end) < ${bind(windowTo)}`);
  if (query.bbox && !masked) conditions.push(inBox(query.bbox, bind));
  const states = [...new Set(query.state ?? [])].map((state) => `job.state = ${bind(state)}`);
  return { conditions, cases: combine(states, windowFrom ? windowCases(windowFrom, windowTo, bind) : []) };
}

/** Every case of the first with every case of the second. */
const combine = (first: string[], second: string[]): string[] =>
  first.length === 0 || second.length === 0
    ? [...first, ...second]
    : first.flatMap((one) => second.map((other) => `${one} AND ${other}`));

const NO_START = `'9999-01-01T00:00:00.000Z'::timestamptz`;
/** When the window begins; a job without a window sorts behind all that have one. */
export const WINDOW_START = `least(job.window_start, ${NO_START})`;

/** Windows of at most a day begin no earlier than a day before the span; the longer ones are few. */
function windowCases(from: string, to: string | undefined, bind: Bind): string[] {
  const isLong = `(job.window_start IS NULL OR job.window_end - job.window_start > interval '1 day')`;
  const before = to ? ` AND ${WINDOW_START} < ${bind(to)}` : '';
  return [
    `coalesce(NOT ${isLong}, true) AND ${WINDOW_START} > ${bind(from)}::timestamptz - interval '1 day'${before}`,
    `${isLong} AND job.window_end > ${bind(from)}`,
  ];
}

function inBox(bbox: string, bind: Bind): string {
  const edges = bbox.split(',').map((edge) => (edge.trim() === '' ? Number.NaN : Number(edge)));
  const [west, south, east, north] = edges as [number, number, number, number];
  const right =
    edges.length === 4 &&
    edges.every(Number.isFinite) &&
    Math.max(Math.abs(west), Math.abs(east)) <= 180 &&
    Math.max(Math.abs(south), Math.abs(north)) <= 90 &&
    south <= north;
  if (!right) throw Invalid.field('bbox', 'must be west,south,east,north in degrees', '-180,-90,180,90');
  const lon = [`job.lon >= ${bind(west)}`, `job.lon <= ${bind(east)}`];
  // A box may lie across the antimeridian.
  return `job.lat BETWEEN ${bind(south)} AND ${bind(north)} AND (${lon.join(west <= east ? ' AND ' : ' OR ')})`;
}
