import { Injectable } from '@nestjs/common';
import { type Job, JobFinderService } from '#job';
import { OrganizationPolicies, type Tx } from '#platform';
import { WorkforceService } from '#workforce';
import { dispatchBasePolicy } from '../dispatch.policy.js';
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

  /**
   * Jobs due within the horizon, at most as many as a round takes, from where the last one stopped; null while the round
   * should wait for company. Most rounds run at once: each question is asked only where the answer still depends on it.
   */
  async findDue(tx: Tx, areaKey: string): Promise<DueJobs | null> {
    const dispatch = await this.organization.of(tx, dispatchBasePolicy);
    const area = await this.lastRound(tx, areaKey);
    const from = area?.next_from ?? 0;
    const areaId = areaKey === NO_AREA ? null : areaKey;
    const until = horizonEnd(tx.now, dispatch.roundHorizonSeconds);
    const limit = dispatch.maxRoundJobs;
    const { ids, total, urgent, topPriority } = await this.jobs.findDue(tx, areaId, { until, from, limit });
    const sinceLastRoundSeconds = area?.seconds ?? null;
    if (total > 1 && sinceLastRoundSeconds !== null) {
      const freeWorkers = await this.workforce.countFree(tx, areaId);
      const now = { openJobs: total, topPriority, freeWorkers, sinceLastRoundSeconds };
      if (!roundIsDue(now, (await this.policies.getSet(tx)).of(null))) return null;
    }
    const leftOut = total - ids.length;
    const nextFrom = leftOut > 0 ? from + Math.max(0, ids.length - urgent) : 0;
    return { generation: area?.wanted ?? '0', jobIds: ids, leftOut, nextFrom };
  }

  /** Why no round has considered an open job. */
  async whyNotConsidered(tx: Tx, { windowStart }: Job): Promise<string> {
    const dispatch = await this.organization.of(tx, dispatchBasePolicy);
    const from = windowStart && new Date(windowStart.getTime() - dispatch.roundHorizonSeconds * 1_000);
    return from && from > tx.now ? laterRound(from) : NOT_CONSIDERED_YET;
  }

  /** @returns whether the area was requested again meanwhile. */
  async recordRun(
    tx: Tx,
    areaKey: string,
    { generation, leftOut, nextFrom }: DueJobs,
  ): Promise<{ again: boolean }> {
    const [row] = await tx.sql<{ again: boolean }>(
      `INSERT INTO dispatch_areas (org_id, area_id, wanted, done, ran_at, ran_wall_at, left_out, next_from, left_since)
       VALUES ($1, $2, $3, $3, $4, now(), $5, $6, CASE WHEN $5 > 0 THEN $4::timestamptz END)
       ON CONFLICT (org_id, area_id) DO UPDATE SET done = greatest(dispatch_areas.done, excluded.done),
         ran_at = excluded.ran_at, ran_wall_at = excluded.ran_wall_at, left_out = excluded.left_out,
         next_from = excluded.next_from,
         left_since = CASE WHEN excluded.left_out > 0 THEN coalesce(dispatch_areas.left_since, excluded.left_since) END
       RETURNING wanted > done AS again`,
      [tx.orgId, areaKey, generation, tx.now, leftOut, nextFrom % 1_000_000],
    );
    return row!;
  }

  /** When it was, by the business clock or the wall's, whichever says more, and where it stopped. */
  private async lastRound(tx: Tx, areaKey: string) {
    const [area] = await tx.sql<{ wanted: string; next_from: number; seconds: number | null }>(
      `SELECT wanted, next_from,
              greatest(extract(epoch FROM $3::timestamptz - ran_at), extract(epoch FROM now() - ran_wall_at))
                ::double precision AS seconds
       FROM dispatch_areas WHERE org_id = $1 AND area_id = $2`,
      [tx.orgId, areaKey, tx.now],
    );
    return area;
  }
}

/** Rounds consider jobs that can start by then. */
const horizonEnd = (now: Date, horizonSeconds: number): Date =>
  new Date(now.getTime() + horizonSeconds * 1_000);
