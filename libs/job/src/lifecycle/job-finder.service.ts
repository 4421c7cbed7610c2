import { Injectable } from '@nestjs/common';
import { Any } from 'typeorm';
import { EMERGENCY_PRIORITY, type GeoPoint } from '#kernel';
import type { Tx } from '#platform';
import { Job } from './job.entity.js';

/** From when on a job can be begun. Not `coalesce`, which row-level security keeps from an index. */
const BEGINS = '(CASE WHEN window_start IS NULL THEN created_at ELSE window_start END)';

/** The area of parameter `$2`; not `IS NOT DISTINCT FROM`, for which there is no index. */
const inArea = (areaId: string | null) =>
  areaId === null ? 'area_id IS NULL AND $2::uuid IS NULL' : 'area_id = $2::uuid';

/** What other stages ask about many jobs at once. */
@Injectable()
export class JobFinderService {
  /**
   * Jobs of an area that look for a worker and can be begun by `until`: emergencies first, then by priority and by when they
   * are promised. `from` skips so many of that order, but no emergency; the order begins again at its end.
   */
  async findDue(
    tx: Tx,
    areaId: string | null,
    page: { until: Date; from: number; limit: number },
  ): Promise<{ ids: string[]; total: number; urgent: number; topPriority: number }> {
    const { until, from, limit } = page;
    const due = `org_id = $1 AND ${inArea(areaId)} AND state = 'unassigned' AND ${BEGINS} <= $3`;
    const part = (offset: number, count: number) =>
      tx.sql<{ id: string; priority: number; total: number; urgent: number }>(
        `SELECT id, priority, total, urgent
         FROM (SELECT count(*)::integer AS total, count(*) FILTER (WHERE priority >= $4)::integer AS urgent
               FROM jobs WHERE ${due}) AS counted,
              jobs
         WHERE ${due}
         ORDER BY priority DESC, coalesce(window_end, due_at, created_at), created_at, id OFFSET $5 LIMIT $6`,
        [tx.orgId, areaId, until, EMERGENCY_PRIORITY, offset, count],
      );
    const first = await part(0, limit);
    const { total, urgent, priority: topPriority } = first[0] ?? { total: 0, urgent: 0, priority: 0 };
    const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
    const skip = total > limit && total > urgent ? from % (total - urgent) : 0;
    if (skip === 0 || urgent >= limit) return { ids: idsOf(first), total, urgent, topPriority };
    const others = limit - urgent;
    const rest = await part(urgent + skip, others);
    const again = first.slice(urgent, urgent + others - rest.length);
    return { ids: idsOf([...first.slice(0, urgent), ...rest, ...again]), total, urgent, topPriority };
  }

  /** Those of these that still look for a worker, in this order. */
  async findOpen(tx: Tx, ids: readonly string[]): Promise<Job[]> {
    const jobs = await tx.repo(Job).findBy({ id: Any([...ids]), state: 'unassigned' });
    const place = new Map(ids.map((id, i) => [id, i]));
    return jobs.sort((a, b) => place.get(a.id)! - place.get(b.id)!);
  }

  /** By id; ids that name no job are left out. */
  async findMany(tx: Tx, ids: readonly string[]): Promise<Map<string, Job>> {
    if (ids.length === 0) return new Map();
    const jobs = await tx.repo(Job).findBy({ id: Any([...ids]), orgId: tx.orgId });
    return new Map(jobs.map((job) => [job.id, job]));
  }

  /** The doors of these jobs. */
  async findDoors(tx: Tx, ids: readonly string[]): Promise<Map<string, GeoPoint>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.sql<{ id: string } & GeoPoint>(
      `SELECT id, lat, lon FROM jobs WHERE org_id = $1 AND id = ANY($2::uuid[])`,
      [tx.orgId, ids],
    );
    return new Map(rows.map(({ id, lat, lon }) => [id, { lat, lon }]));
  }

  /** Areas in which a job looks for a worker; null: outside all of them. */
  async findOpenAreas(tx: Tx): Promise<(string | null)[]> {
    const rows = await tx.sql<{ area_id: string | null }>(
      // Steps from one area to the next, however many jobs each has.
      `WITH RECURSIVE steps AS (
         (SELECT area_id FROM jobs WHERE org_id = $1 AND state = 'unassigned' AND area_id IS NOT NULL ORDER BY area_id LIMIT 1)
         UNION ALL
         SELECT (SELECT area_id FROM jobs WHERE org_id = $1 AND state = 'unassigned' AND area_id > s.area_id ORDER BY area_id LIMIT 1)
         FROM steps s WHERE s.area_id IS NOT NULL)
       SELECT area_id FROM steps WHERE area_id IS NOT NULL
       UNION ALL
       SELECT NULL WHERE EXISTS (SELECT 1 FROM jobs WHERE org_id = $1 AND state = 'unassigned' AND area_id IS NULL)`,
      [tx.orgId],
    );
    return rows.map((row) => row.area_id);
  }

  /** For each of these sites the workers who completed jobs there, the most frequent first. */
  async findUsualWorkers(tx: Tx, siteIds: readonly string[]): Promise<Map<string, string[]>> {
    const usual = new Map<string, string[]>();
    if (siteIds.length === 0) return usual;
    const rows = await tx.sql<{ site_id: string; worker_id: string }>(
      `SELECT site_id, worker_id FROM site_visits WHERE org_id = $1 AND site_id = ANY($2::uuid[]) AND visits > 0
       ORDER BY site_id, visits DESC`,
      [tx.orgId, siteIds],
    );
    for (const { site_id, worker_id } of rows) usual.set(site_id, [...(usual.get(site_id) ?? []), worker_id]);
    return usual;
  }
}
