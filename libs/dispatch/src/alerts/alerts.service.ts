import { Injectable } from '@nestjs/common';
import { NotFound } from '#kernel';
import { defineFact, OrganizationPolicies, type Tx } from '#platform';
import { AlertMark } from './alert-mark.entity.js';
import { SystemAlertsService } from './system-alerts.service.js';

export const ALERT_KINDS = [
  'unfulfilled',
  'unassigned_long',
  'arrival_at_risk',
  'worker_silent',
  'conflict',
  'fact_parked',
  'log_stalled',
  'log_broken',
  'cannot_come',
  'round_truncated',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
/** Only an administrator can do something about these, and they may quote an error. */
export const SYSTEM_ALERTS: readonly AlertKind[] = ['fact_parked', 'log_stalled', 'log_broken'];

export interface Alert {
  /** Stable while the cause lasts: kind and subject. */
  key: string;
  kind: AlertKind;
  since: Date;
  jobId: string | null;
  workerId: string | null;
  areaId: string | null;
  /** The number behind it: seconds waited, seconds late, seconds silent. */
  seconds: number | null;
  detail: string;
  state: 'open' | 'acknowledged' | 'snoozed';
}

export interface Mark {
  userId: string;
  /** `open` takes an earlier mark back. */
  state: Alert['state'];
  seconds?: number;
}

/** @internal */
export type Row = Omit<Alert, 'key' | 'state'> & { subject: string };

/** Somebody marked an alert; the other desks hear of it. */
const alertMarked = defineFact<{ alert: string; state: string; until: string | null }>('alert.marked', {
  office: 'whole',
  readAs: 'Assignment',
});

/** Each kind is one question to the rows; nothing is stored but what dispatchers did about it. */
const QUESTIONS = `
  SELECT 'unfulfilled' AS kind, j.id AS subject, j.state_since AS since, j.id AS "jobId", NULL::uuid AS "workerId",
         j.area_id AS "areaId", NULL::double precision AS seconds, coalesce(e.summary, '') AS detail
  FROM jobs j LEFT JOIN job_evaluations e ON e.org_id = j.org_id AND e.job_id = j.id
  WHERE j.org_id = $1 AND j.state = 'unfulfilled' AND j.state_since > $2::timestamptz - interval '24 hours'
  UNION ALL
  SELECT 'unassigned_long', j.id, j.created_at, j.id, NULL, j.area_id, extract(epoch FROM $2 - j.created_at), coalesce(e.summary, '')
  FROM jobs j LEFT JOIN job_evaluations e ON e.org_id = j.org_id AND e.job_id = j.id
  WHERE j.org_id = $1 AND j.state IN ('unassigned', 'offering')
    AND greatest(j.created_at, coalesce(j.window_start - interval '1 hour', j.created_at)) < $2::timestamptz - $3 * interval '1 second'
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
  FROM dispatch_areas d WHERE d.org_id = $1 AND d.left_out > 0 AND (app_areas() IS NULL OR d.area_id = ANY (app_areas()))
  UNION ALL
  SELECT 'worker_silent', w.id, w.silent_since, NULL, w.id, NULL, extract(epoch FROM $2 - w.silent_since), w.name
  FROM workers w WHERE w.org_id = $1 AND w.silent_since IS NOT NULL AND w.archived_at IS NULL
  UNION ALL
  SELECT 'conflict', c.id, c.received_at, CASE c.subject_type WHEN 'job' THEN c.subject_id END, c.worker_id,
         CASE c.subject_type WHEN 'job' THEN NULL ELSE c.area_id END, NULL, c.code
  FROM conflicts c WHERE c.org_id = $1 AND c.resolved_at IS NULL`;

/** What a dispatcher should look at now. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly policies: OrganizationPolicies,
    private readonly system: SystemAlertsService,
  ) {}

  async list(tx: Tx): Promise<Alert[]> {
    const { alerts } = await this.policies.get(tx);
    const ofSystem = await this.system.list(tx);
    const ofWork = await tx.sql<Row>(`SELECT * FROM (${QUESTIONS}) AS alert ORDER BY since DESC LIMIT 500`, [
      tx.orgId,
      tx.now,
      alerts.unassignedSeconds,
    ]);
    const marks = new Map((await tx.repo(AlertMark).find()).map((mark) => [mark.alert, mark]));
    return [...ofSystem, ...ofWork].map(({ subject, ...row }) => {
      const key = `${row.kind}:${subject}`;
      const mark = marks.get(key);
      const holds =
        mark &&
        mark.at >= row.since &&
        (mark.state === 'acknowledged' || (mark.until && mark.until > tx.now));
      return { ...row, key, state: holds ? mark.state : 'open' };
    });
  }

  /** @throws NotFound when the cause is gone. */
  async mark(tx: Tx, key: string, mark: Mark): Promise<Alert> {
    const [alert] = await this.markAll(tx, [key], mark);
    if (!alert) throw new NotFound('alert');
    return alert;
  }

  /** Those whose cause is gone meanwhile are left out. */
  async markAll(tx: Tx, keys: readonly string[], { userId, state, seconds }: Mark): Promise<Alert[]> {
    const wanted = new Set(keys);
    const alerts = (await this.list(tx)).filter((one) => wanted.has(one.key));
    const until = seconds === undefined ? null : new Date(tx.now.getTime() + seconds * 1_000);
    for (const { key } of alerts) {
      if (state === 'open') await tx.repo(AlertMark).delete({ orgId: tx.orgId, alert: key });
      else
        await tx
          .repo(AlertMark)
          .upsert({ orgId: tx.orgId, alert: key, state, until, byUser: userId, at: tx.now }, [
            'orgId',
            'alert',
          ]);
      tx.record(
        alertMarked(key.slice(key.indexOf(':') + 1), {
          alert: key,
          state,
          until: until?.toISOString() ?? null,
        }),
      );
    }
    return alerts.map((alert) => ({ ...alert, state }));
  }
}
