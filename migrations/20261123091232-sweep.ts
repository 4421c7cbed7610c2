import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Each organisation says itself how long its open jobs may wait to be looked at again. */
export class Sweep1700000000012 implements MigrationInterface {
  name = 'Sweep1700000000012';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      'DROP FUNCTION areas_needing_round(timestamptz, integer)',
      `CREATE FUNCTION areas_needing_round(at timestamptz, usual_sweep_seconds integer)
         RETURNS TABLE (org_id uuid, area_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$
           SELECT d.org_id, d.area_id FROM dispatch_areas d WHERE d.done < d.wanted
           UNION
           SELECT DISTINCT j.org_id, coalesce(j.area_id, '00000000-0000-0000-0000-000000000000'::uuid)
           FROM jobs j JOIN organizations o ON o.org_id = j.org_id
           LEFT JOIN dispatch_areas d
             ON d.org_id = j.org_id AND d.area_id = coalesce(j.area_id, '00000000-0000-0000-0000-000000000000'::uuid)
           WHERE j.state = 'unassigned'
             AND (d.ran_at IS NULL OR d.ran_at < at - interval '1 second'
                  * coalesce((o.policy->'dispatch'->>'sweepSeconds')::integer, usual_sweep_seconds))
         $$`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      'DROP FUNCTION areas_needing_round(timestamptz, integer)',
      `CREATE FUNCTION areas_needing_round(at timestamptz, sweep_seconds integer)
         RETURNS TABLE (org_id uuid, area_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$
           SELECT d.org_id, d.area_id FROM dispatch_areas d WHERE d.done < d.wanted
           UNION
           SELECT DISTINCT j.org_id, coalesce(j.area_id, '00000000-0000-0000-0000-000000000000'::uuid)
           FROM jobs j LEFT JOIN dispatch_areas d
             ON d.org_id = j.org_id AND d.area_id = coalesce(j.area_id, '00000000-0000-0000-0000-000000000000'::uuid)
           WHERE j.state = 'unassigned' AND (d.ran_at IS NULL OR d.ran_at < at - sweep_seconds * interval '1 second')
         $$`,
    );
  }
}
