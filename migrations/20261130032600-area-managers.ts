import type { MigrationInterface, QueryRunner } from 'typeorm';
import { areaBound, run } from './support.js';

const OF_JOB = 'EXISTS (SELECT 1 FROM jobs j WHERE j.id = job_id)';
const OF_WORKER = 'EXISTS (SELECT 1 FROM workers w WHERE w.id = worker_id)';
const HERE = 'area_id = ANY ((SELECT app_areas())::uuid[])';

/** What an area manager sees and changes of each table: the areas they are bound to, and what belongs to these. */
const BOUND: Record<string, string> = {
  areas: 'id = ANY ((SELECT app_areas())::uuid[])',
  communities: HERE,
  sites: HERE,
  jobs: HERE,
  job_notes: OF_JOB,
  proof_items: OF_JOB,
  photo_marks: OF_JOB,
  conflicts: OF_JOB,
  offers: OF_JOB,
  assignments: OF_JOB,
  job_evaluations: OF_JOB,
  job_searches: OF_JOB,
  // Who has no home area works in all of them.
  workers: `home_area_ids = '{}' OR home_area_ids && (SELECT app_areas())::uuid[]`,
  worker_skills: OF_WORKER,
  shifts: OF_WORKER,
  shift_exceptions: OF_WORKER,
  time_off: OF_WORKER,
  worker_positions: `${HERE} OR ${OF_WORKER}`,
  position_fixes: OF_WORKER,
  quarantined_fixes: OF_WORKER,
  position_counts: OF_WORKER,
  day_plans: HERE,
  policy_dry_runs: HERE,
};

/**
 * Area managers are bound to areas. The database itself holds them to that, as it holds an organisation to its own rows: a
 * unit of work of theirs sets `app.areas`, and what belongs to other areas is then not there, whatever a query forgot.
 */
export class AreaManagers1796009160000 implements MigrationInterface {
  name = 'AreaManagers1796009160000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE FUNCTION app_areas() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
         AS $$ SELECT nullif(current_setting('app.areas', true), '')::uuid[] $$`,
      ...['users', 'api_keys'].flatMap((table) => [
        `ALTER TABLE ${table} ADD COLUMN area_ids uuid[] NOT NULL DEFAULT '{}'`,
        // Whoever managed every area until now goes on with those that exist.
        `UPDATE ${table} t SET area_ids = (SELECT coalesce(array_agg(a.id), '{}') FROM areas a
           WHERE a.org_id = t.org_id AND a.archived_at IS NULL) WHERE t.role = 'area_manager'`,
      ]),
    );
    for (const [table, condition] of Object.entries(BOUND)) await areaBound(q, table, condition);
    await areaBound(q, 'users', `worker_id IS NULL OR ${OF_WORKER}`, 'SELECT');
    // Facts that speak of no area and of no worker are about the organisation as a whole.
    await areaBound(
      q,
      'facts',
      `CASE WHEN nullif(data->>'areaId', '') IS NOT NULL THEN (data->>'areaId')::uuid = ANY ((SELECT app_areas())::uuid[])
            WHEN data->>'jobId' IS NOT NULL THEN EXISTS (SELECT 1 FROM jobs j WHERE j.id = (data->>'jobId')::uuid)
            WHEN data->>'workerId' IS NOT NULL THEN EXISTS (SELECT 1 FROM workers w WHERE w.id = (data->>'workerId')::uuid)
            WHEN subject_type = 'site' THEN EXISTS (SELECT 1 FROM sites s WHERE s.id = subject_id)
            WHEN subject_type = 'community' THEN EXISTS (SELECT 1 FROM communities c WHERE c.id = subject_id)
            ELSE subject_type IN ('organization', 'service_type', 'dispatch_policy', 'alert') END`,
      'SELECT',
    );
    // As the owner this function looks past the policies, so it holds to the caller's areas itself.
    await run(
      q,
      `CREATE OR REPLACE FUNCTION workers_near(near_lat double precision, near_lon double precision, radius_metres double precision)
         RETURNS TABLE (worker_id uuid, distance_metres double precision)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT worker_id, earth_distance(ll_to_earth(near_lat, near_lon), ll_to_earth(lat, lon))
               FROM worker_positions
               WHERE org_id = app_org() AND NOT condemned
                 AND earth_box(ll_to_earth(near_lat, near_lon), radius_metres) @> ll_to_earth(lat, lon)
                 AND earth_distance(ll_to_earth(near_lat, near_lon), ll_to_earth(lat, lon)) <= radius_metres
                 AND (app_areas() IS NULL OR area_id = ANY (app_areas()) OR EXISTS (
                   SELECT 1 FROM workers w WHERE w.org_id = app_org() AND w.id = worker_id
                     AND (w.home_area_ids = '{}' OR w.home_area_ids && app_areas()))) $$`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of [...Object.keys(BOUND), 'users', 'facts'])
      await q.query(`DROP POLICY areas ON ${table}`);
    await run(
      q,
      `CREATE OR REPLACE FUNCTION workers_near(near_lat double precision, near_lon double precision, radius_metres double precision)
         RETURNS TABLE (worker_id uuid, distance_metres double precision)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT worker_id, earth_distance(ll_to_earth(near_lat, near_lon), ll_to_earth(lat, lon))
               FROM worker_positions
               WHERE org_id = app_org() AND NOT condemned
                 AND earth_box(ll_to_earth(near_lat, near_lon), radius_metres) @> ll_to_earth(lat, lon)
                 AND earth_distance(ll_to_earth(near_lat, near_lon), ll_to_earth(lat, lon)) <= radius_metres $$`,
      `ALTER TABLE users DROP COLUMN area_ids`,
      `ALTER TABLE api_keys DROP COLUMN area_ids`,
      `DROP FUNCTION app_areas()`,
    );
  }
}
