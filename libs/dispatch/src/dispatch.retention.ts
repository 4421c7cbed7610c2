import { Injectable } from '@nestjs/common';
import { deleteOlder, ERASED_NAME, type ErasedWorker, Erasure, Retention, type Tx } from '#platform';

/** What dispatch forgets, and when. */
@Injectable()
export class DispatchRetention {
  constructor(retention: Retention, erasure: Erasure) {
    const ended = `state IN ('done', 'released')`;
    const decided = `NOT EXISTS (SELECT 1 FROM jobs j WHERE j.org_id = job_evaluations.org_id AND j.id = job_id
      AND j.state NOT IN ('completed', 'closed', 'cancelled', 'failed', 'unfulfilled'))`;
    retention.add(
      { tables: ['dispatch_rounds'], setting: 'roundDays', sweep: deleteOlder('dispatch_rounds', 'at') },
      {
        tables: ['alert_marks'],
        setting: 'alertMarkDays',
        sweep: deleteOlder('alert_marks', 'greatest(at, until)'),
      },
      {
        tables: ['job_evaluations'],
        setting: 'decisionDays',
        sweep: deleteOlder('job_evaluations', 'at', decided),
      },
      {
        tables: ['job_searches'],
        setting: 'decisionDays',
        sweep: deleteOlder('job_searches', 'since', decided.replaceAll('job_evaluations', 'job_searches')),
      },
      {
        tables: ['offers'],
        setting: 'offerDays',
        sweep: deleteOlder('offers', 'offered_at', `state <> 'pending'`),
      },
      {
        tables: ['assignments'],
        setting: 'offerDays',
        sweep: deleteOlder('assignments', 'updated_at', ended),
      },
      {
        tables: ['day_plans'],
        setting: 'planDays',
        sweep: deleteOlder('day_plans', 'created_at', `state NOT IN ('queued', 'planning')`),
      },
      {
        tables: ['policy_dry_runs'],
        setting: 'planDays',
        sweep: deleteOlder('policy_dry_runs', 'created_at', `state NOT IN ('queued', 'running')`),
      },
    );
    erasure.add({ worker: eraseWorker });
  }
}

/** A sentence that begins with the name goes on without it. */
const nameless = (column: string) =>
  `CASE WHEN starts_with(${column}, $3) THEN $4::text || substr(${column}, length($3) + 1) ELSE ${column} END`;

/** `list` with another name in the elements that are about the worker. */
const renamed = (list: string) =>
  `(SELECT coalesce(jsonb_agg(CASE WHEN one->>'workerId' = $2::text AND one ? 'name'
       THEN jsonb_set(one, '{name}', to_jsonb($4::text)) ELSE one END ORDER BY place), '[]')
     FROM jsonb_array_elements(${list}) WITH ORDINALITY AS listed(one, place))`;

async function eraseWorker(tx: Tx, { id, name }: ErasedWorker): Promise<void> {
  const about = [tx.orgId, id, name, ERASED_NAME];
  await tx.sql(
    `UPDATE job_evaluations SET candidates = ${renamed('candidates')}, summary = ${nameless('summary')}
     WHERE org_id = $1 AND candidates @> jsonb_build_array(jsonb_build_object('workerId', $2::text))`,
    about,
  );
  for (const table of ['offers', 'assignments'])
    await tx.sql(
      `UPDATE ${table} SET reasons = jsonb_set(reasons, '{why}', to_jsonb(${nameless(`(reasons->>'why')`)}))
       WHERE org_id = $1 AND worker_id = $2 AND jsonb_typeof(reasons->'why') = 'string'`,
      about,
    );
  await tx.sql(
    `UPDATE day_plans SET proposal = jsonb_set(proposal, '{routes}', ${renamed(`proposal->'routes'`)})
     WHERE org_id = $1 AND $3::text <> '' AND jsonb_typeof(proposal->'routes') = 'array'
       AND proposal->'routes' @> jsonb_build_array(jsonb_build_object('workerId', $2::text))`,
    about,
  );
}
