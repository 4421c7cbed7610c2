import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { EMERGENCY_PRIORITY, type GeoPoint } from '#kernel';
import type { Tx } from '#platform';
import { Job } from './job.entity.js';

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
  ): Promise<{ ids: string[]; total: number; urgent: number }> {
    const { until, from, limit } = page;
    const where = `org_id = $1 AND area_id IS NOT DISTINCT FROM $2::uuid AND state = 'unassigned'
      AND coalesce(window_start, created_at) <= $3`;
    const [counted] = await tx.sql<{ total: number; urgent: number }>(
      `SELECT count(*)::integer AS total, count(*) FILTER (WHERE priority >= $4)::integer AS urgent FROM jobs WHERE ${where}`,
      [tx.orgId, areaId, until, EMERGENCY_PRIORITY],
    );
    const { total, urgent } = counted!;
    const part = async (offset: number, count: number) =>
      count <= 0
        ? []
        : (
            await tx.sql<{ id: string }>(
              `SELECT id FROM jobs WHERE ${where}
               ORDER BY priority DESC, coalesce(window_end, due_at, created_at), created_at, id OFFSET $4 LIMIT $5`,
              [tx.orgId, areaId, until, offset, count],
            )
          ).map(({ id }) => id);
    const first = await part(0, Math.min(urgent, limit));
    const others = Math.min(limit - first.length, total - urgent);
    const begin = total > limit && total > urgent ? urgent + (from % (total - urgent)) : urgent;
    const rest = await part(begin, others);
    const again = await part(urgent, others - rest.length);
    return { ids: [...first, ...rest, ...again], total, urgent };
  }

  /** Those of these that still look for a worker, in this order. */
  async findOpen(tx: Tx, ids: readonly string[]): Promise<Job[]> {
    const jobs = await tx.repo(Job).findBy({ id: In([...ids]), state: 'unassigned' });
    const place = new Map(ids.map((id, i) => [id, i]));
    return jobs.sort((a, b) => place.get(a.id)! - place.get(b.id)!);
  }

  /** By id; ids that name no job are left out. */
  async findMany(tx: Tx, ids: readonly string[]): Promise<Map<string, Job>> {
    if (ids.length === 0) return new Map();
    const jobs = await tx.repo(Job).findBy({ id: In([...ids]), orgId: tx.orgId });
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

  /** How many jobs of an area look for a worker and can be begun by `until`, and the highest priority among them. */
  async countOpen(
    tx: Tx,
    areaId: string | null,
    until: Date,
  ): Promise<{ open: number; topPriority: number }> {
    const [row] = await tx.sql<{ open: number; top: number | null }>(
      `SELECT count(*)::integer AS open, max(priority) AS top FROM jobs
       WHERE org_id = $1 AND state = 'unassigned' AND area_id IS NOT DISTINCT FROM $2::uuid
         AND coalesce(window_start, created_at) <= $3`,
      [tx.orgId, areaId, until],
    );
    return { open: row?.open ?? 0, topPriority: row?.top ?? 0 };
  }

  /** Areas in which a job looks for a worker; null: outside all of them. */
  async findOpenAreas(tx: Tx): Promise<(string | null)[]> {
    const rows = await tx.sql<{ area_id: string | null }>(
      `SELECT DISTINCT area_id FROM jobs WHERE org_id = $1 AND state = 'unassigned'`,
      [tx.orgId],
    );
    return rows.map((row) => row.area_id);
  }

  /** For each of these sites the workers who completed jobs there, the most frequent first. */
  async findUsualWorkers(tx: Tx, siteIds: readonly string[]): Promise<Map<string, string[]>> {
    const usual = new Map<string, string[]>();
    if (siteIds.length === 0) return usual;
    const rows = await tx.sql<{ site_id: string; worker_id: string }>(
      `SELECT site_id, worker_id FROM jobs WHERE org_id = $1 AND site_id = ANY($2::uuid[]) AND worker_id IS NOT NULL
         AND state IN ('completed', 'closed') GROUP BY site_id, worker_id ORDER BY site_id, count(*) DESC`,
      [tx.orgId, siteIds],
    );
    for (const { site_id, worker_id } of rows) usual.set(site_id, [...(usual.get(site_id) ?? []), worker_id]);
    return usual;
  }
}
