import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { DispatchPolicies } from './policy/policy-book.service.js';
import { type AreaNow, roundIsDue } from './rules/when-to-run.js';
import { NOWHERE } from './wakes.service.js';

interface Row {
  open: number;
  top: number | null;
  free: number;
  seconds: number | null;
}

/** When an area had its last round, how many were asked for, and whether the next is due. */
@Injectable()
export class RoundTimes {
  constructor(private readonly policies: DispatchPolicies) {}

  async isDue(tx: Tx, areaKey: string): Promise<boolean> {
    const area = await this.now(tx, areaKey);
    // Most rounds wait for nobody; only the others need the policy.
    if (area.openJobs < 2 || area.sinceLastRoundSeconds === null) return true;
    return roundIsDue(area, (await this.policies.book(tx)).of(null));
  }

  /** How often a round was asked for up to now: what this round will have answered. */
  async wanted(tx: Tx, areaKey: string): Promise<string> {
    const [row] = await tx.sql<{ wanted: string }>(
      `SELECT wanted FROM dispatch_areas WHERE org_id = $1 AND area_id = $2`,
      [tx.orgId, areaKey],
    );
    return row?.wanted ?? '0';
  }

  async ran(tx: Tx, areaKey: string, generation: string): Promise<void> {
    await tx.sql(
      `INSERT INTO dispatch_areas (org_id, area_id, wanted, done, ran_at, ran_wall_at) VALUES ($1, $2, $3, $3, $4, now())
       ON CONFLICT (org_id, area_id) DO UPDATE SET done = greatest(dispatch_areas.done, excluded.done),
         ran_at = excluded.ran_at, ran_wall_at = excluded.ran_wall_at`,
      [tx.orgId, areaKey, generation, tx.now],
    );
  }

  private async now(tx: Tx, areaKey: string): Promise<AreaNow> {
    const areaId = areaKey === NOWHERE ? null : areaKey;
    const [row] = await tx.sql<Row>(
      `SELECT j.open::integer, j.top, w.free::integer, d.seconds
       FROM (SELECT count(*) AS open, max(priority) AS top FROM jobs
             WHERE org_id = $1 AND state = 'unassigned' AND area_id IS NOT DISTINCT FROM $2::uuid) j,
            (SELECT count(*) AS free FROM workers
             WHERE org_id = $1 AND status = 'available' AND archived_at IS NULL
               AND (home_area_ids = '{}' OR $2::uuid = ANY(home_area_ids))) w
       LEFT JOIN (SELECT greatest(extract(epoch FROM $3::timestamptz - ran_at), extract(epoch FROM now() - ran_wall_at))
                           ::double precision AS seconds
                  FROM dispatch_areas WHERE org_id = $1 AND area_id = $4) d ON true`,
      [tx.orgId, areaId, tx.now, areaKey],
    );
    return {
      openJobs: row?.open ?? 0,
      topPriority: row?.top ?? 0,
      freeWorkers: row?.free ?? 0,
      sinceLastRoundSeconds: row?.seconds ?? null,
    };
  }
}
