import { Injectable } from '@nestjs/common';
import { type Job, JobFinderService } from '#job';
import { OrganizationPolicies, type Tx } from '#platform';
import { WorkforceService } from '#workforce';
import { DispatchPoliciesService } from '../policies/dispatch-policies.service.js';
import { laterRound, NOT_CONSIDERED_YET } from './decision-messages.js';
import { roundIsDue } from './round-is-due.js';
import { NO_AREA } from './round-requests.service.js';

/** The jobs of a round, and how many it leaves for the next. */
export interface DueJobs {
  /** Number of requests so far, which this round satisfies. */
  generation: string;
  jobIds: string[];
  leftOut: number;
  /** Where the next round continues. */
  nextFrom: number;
}

/** When an area's next round is due, and with which jobs. */
@Injectable()
export class RoundScheduleService {
  constructor(
    private readonly policies: DispatchPoliciesService,
    private readonly organization: OrganizationPolicies,
    private readonly jobs: JobFinderService,
    private readonly workforce: WorkforceService,
  ) {}

  /** Most rounds run at once: each question is asked only where the answer still depends on it. */
  async isDue(tx: Tx, areaKey: string): Promise<boolean> {
    const sinceLastRoundSeconds = await this.sinceLastRound(tx, areaKey);
    if (sinceLastRoundSeconds === null) return true;
    const areaId = areaKey === NO_AREA ? null : areaKey;
    const { dispatch } = await this.organization.get(tx);
    const until = horizonEnd(tx.now, dispatch.roundHorizonSeconds);
    const { open: openJobs, topPriority } = await this.jobs.countOpen(tx, areaId, until);
    if (openJobs < 2) return true;
    const freeWorkers = await this.workforce.countFree(tx, areaId);
    const area = { openJobs, topPriority, freeWorkers, sinceLastRoundSeconds };
    return roundIsDue(area, (await this.policies.getSet(tx)).of(null));
  }

  /** Jobs due within the horizon, at most as many as a round takes, from where the last one stopped. */
  async findDue(tx: Tx, areaKey: string): Promise<DueJobs> {
    const { dispatch } = await this.organization.get(tx);
    const [row] = await tx.sql<{ wanted: string; next_from: number }>(
      `SELECT wanted, next_from FROM dispatch_areas WHERE org_id = $1 AND area_id = $2`,
      [tx.orgId, areaKey],
    );
    const from = row?.next_from ?? 0;
    const limit = dispatch.maxRoundJobs;
    const areaId = areaKey === NO_AREA ? null : areaKey;
    const until = horizonEnd(tx.now, dispatch.roundHorizonSeconds);
    const { ids, total, urgent } = await this.jobs.findDue(tx, areaId, { until, from, limit });
    const leftOut = total - ids.length;
    const nextFrom = leftOut > 0 ? from + Math.max(0, ids.length - urgent) : 0;
    return { generation: row?.wanted ?? '0', jobIds: ids, leftOut, nextFrom };
  }

  /** Why no round has considered an open job. */
  async whyNotConsidered(tx: Tx, { windowStart }: Job): Promise<string> {
    const { dispatch } = await this.organization.get(tx);
    const from = windowStart && new Date(windowStart.getTime() - dispatch.roundHorizonSeconds * 1_000);
    return from && from > tx.now ? laterRound(from) : NOT_CONSIDERED_YET;
  }

  async recordRun(tx: Tx, areaKey: string, { generation, leftOut, nextFrom }: DueJobs): Promise<void> {
    await tx.sql(
      `INSERT INTO dispatch_areas (org_id, area_id, wanted, done, ran_at, ran_wall_at, left_out, next_from, left_since)
       VALUES ($1, $2, $3, $3, $4, now(), $5, $6, CASE WHEN $5 > 0 THEN $4::timestamptz END)
       ON CONFLICT (org_id, area_id) DO UPDATE SET done = greatest(dispatch_areas.done, excluded.done),
         ran_at = excluded.ran_at, ran_wall_at = excluded.ran_wall_at, left_out = excluded.left_out,
         next_from = excluded.next_from,
         left_since = CASE WHEN excluded.left_out > 0 THEN coalesce(dispatch_areas.left_since, excluded.left_since) END`,
      [tx.orgId, areaKey, generation, tx.now, leftOut, nextFrom % 1_000_000],
    );
  }

  /** By the business clock or the wall's, whichever says more; null = there was none. */
  private async sinceLastRound(tx: Tx, areaKey: string): Promise<number | null> {
    const [last] = await tx.sql<{ seconds: number | null }>(
      `SELECT greatest(extract(epoch FROM $3::timestamptz - ran_at), extract(epoch FROM now() - ran_wall_at))
                ::double precision AS seconds
       FROM dispatch_areas WHERE org_id = $1 AND area_id = $2`,
      [tx.orgId, areaKey, tx.now],
    );
    return last?.seconds ?? null;
  }
}

/** Rounds consider jobs that can start by then. */
const horizonEnd = (now: Date, horizonSeconds: number): Date =>
  new Date(now.getTime() + horizonSeconds * 1_000);
