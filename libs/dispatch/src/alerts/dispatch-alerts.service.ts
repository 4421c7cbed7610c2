import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AlertSources, defineAlert, type FoundAlert, OrganizationPolicies, type Tx } from '#platform';
import { jobAlertsPolicy } from '../dispatch.policy.js';
import { maskSentence } from '../manual/mask.views.js';

/** The detail of some is a sentence about a worker. */
for (const kind of ['unfulfilled', 'unassigned_long', 'arrival_at_risk', 'cannot_come', 'round_truncated'])
  defineAlert(kind, { masked: maskSentence });

/**
 * Each kind is one question to the rows. Where there may be any number, the newest `$4` are found by an index, and only these
 * are looked at: jobs waiting for a worker by when they began to wait, unfulfilled ones by their last change.
 */
const QUESTIONS = `
  (SELECT 'unfulfilled' AS kind, j.id AS subject, j.state_since AS since, j.id AS "jobId", NULL::uuid AS "workerId",
         j.area_id AS "areaId", NULL::double precision AS seconds, coalesce(e.summary, '') AS detail
  FROM jobs j LEFT JOIN job_evaluations e ON e.org_id = j.org_id AND e.job_id = j.id
  WHERE j.org_id = $1 AND j.state = 'unfulfilled' AND j.state_since > $2::timestamptz - interval '24 hours'
    AND j.updated_at > $2::timestamptz - interval '24 hours'
  ORDER BY j.state_since DESC LIMIT $4)
  UNION ALL
  (SELECT 'unassigned_long', j.id, j.created_at, j.id, NULL, j.area_id, extract(epoch FROM $2 - j.created_at), coalesce(e.summary, '')
  FROM jobs j LEFT JOIN job_evaluations e ON e.org_id = j.org_id AND e.job_id = j.id
  WHERE j.org_id = $1 AND j.state IN ('unassigned', 'offering')
    AND greatest(j.created_at, coalesce(j.window_start - interval '1 hour', j.created_at)) < $2::timestamptz - $3 * interval '1 second'
    AND greatest(j.created_at, j.window_start) < $2::timestamptz - $3 * interval '1 second' + interval '1 hour'
  ORDER BY greatest(j.created_at, j.window_start) DESC LIMIT $4)
  UNION ALL
  SELECT 'arrival_at_risk', j.id, a.updated_at, j.id, a.worker_id, j.area_id,
         extract(epoch FROM greatest(a.arrives_at, $2) - coalesce(j.window_end, j.due_at)), ''
  FROM assignments a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
  WHERE a.org_id = $1 AND a.state IN ('confirmed', 'active') AND j.state IN ('assigned', 'en_route')
    AND greatest(a.arrives_at, $2) > coalesce(j.window_end, j.due_at)
  UNION ALL
  SELECT 'cannot_come', j.id, x.since, j.id, w.id, j.area_id, NULL, x.why
  FROM assignments a JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id
  JOIN workers w ON w.org_id = a.org_id AND w.id = a.worker_id
  CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT w.archived_at AS since, 'archived' AS why WHERE w.archived_at IS NOT NULL
      UNION ALL
      SELECT w.status_since, 'suspended'
      WHERE w.status = 'suspended' AND (w.suspended_until IS NULL OR w.suspended_until > greatest(a.starts_at, $2))
      UNION ALL
      SELECT t.created_at, 'on_leave' FROM time_off t
      WHERE t.org_id = w.org_id AND t.worker_id = w.id AND t.from_at < a.ends_at AND t.to_at > greatest(a.starts_at, $2)
      UNION ALL
      SELECT greatest(w.status_since, a.starts_at), 'off_duty'
      WHERE w.status = 'off_duty' AND j.state = 'assigned' AND a.starts_at <= $2
      UNION ALL
      SELECT a.updated_at, 'not_certified' WHERE EXISTS (
        SELECT 1 FROM jsonb_array_elements(j.skills) AS need
        WHERE NOT EXISTS (
          SELECT 1 FROM worker_skills s
          WHERE s.org_id = w.org_id AND s.worker_id = w.id AND s.skill = need->>'skill'
            AND s.level >= coalesce((need->>'level')::integer, 1)
            AND (s.valid_until IS NULL OR s.valid_until >= a.ends_at)))
      UNION ALL
      SELECT w.updated_at, 'not_equipped'
      WHERE NOT j.equipment <@ w.equipment OR NOT (j.customer_language IS NULL OR j.customer_language = ANY (w.languages))
    ) AS reason ORDER BY since LIMIT 1) AS x
  WHERE a.org_id = $1 AND a.state IN ('confirmed', 'active')
    AND j.state IN ('assigned', 'en_route', 'arrived', 'in_progress', 'paused')
  UNION ALL
  SELECT 'round_truncated', d.area_id, d.left_since, NULL, NULL,
         nullif(d.area_id, '00000000-0000-0000-0000-000000000000'::uuid), NULL, d.left_out::text
  FROM dispatch_areas d WHERE d.org_id = $1 AND d.left_out > 0 AND (app_areas() IS NULL OR d.area_id = ANY (app_areas()))`;

/** Jobs that nobody takes, visits that will be late or cannot be made, rounds that left work out. */
@Injectable()
export class DispatchAlertsService implements OnModuleInit {
  constructor(
    private readonly sources: AlertSources,
    private readonly policies: OrganizationPolicies,
  ) {}

  onModuleInit(): void {
    this.sources.register({ name: 'dispatch', list: (tx, most) => this.list(tx, most) });
  }

  private async list(tx: Tx, most: number): Promise<FoundAlert[]> {
    const { unassignedSeconds } = await this.policies.of(tx, jobAlertsPolicy);
    return tx.sql<FoundAlert>(`SELECT * FROM (${QUESTIONS}) AS alert ORDER BY since DESC LIMIT $4`, [
      tx.orgId,
      tx.now,
      unassignedSeconds,
      most,
    ]);
  }
}
