import type { MigrationInterface, QueryRunner } from 'typeorm';
import { areaBound, run } from './support.js';

const HERE = 'area_id = ANY ((SELECT app_areas())::uuid[])';

interface InSight {
  job: (id: string) => string;
  worker: (id: string) => string;
  site: (id: string) => string;
  community: (id: string) => string;
}

const byFunction: InSight = {
  job: (id) => `job_in_sight(${id})`,
  worker: (id) => `worker_in_sight(${id})`,
  site: (id) => `site_in_sight(${id})`,
  community: (id) => `community_in_sight(${id})`,
};

const bySubquery: InSight = {
  job: (id) => `EXISTS (SELECT 1 FROM jobs j WHERE j.id = ${id})`,
  worker: (id) => `EXISTS (SELECT 1 FROM workers w WHERE w.id = ${id})`,
  site: (id) => `EXISTS (SELECT 1 FROM sites s WHERE s.id = ${id})`,
  community: (id) => `EXISTS (SELECT 1 FROM communities c WHERE c.id = ${id})`,
};

const OF_JOBS = [
  'job_notes',
  'proof_items',
  'photo_marks',
  'offers',
  'assignments',
  'job_evaluations',
  'job_searches',
];
const OF_WORKERS = [
  'worker_skills',
  'shifts',
  'shift_exceptions',
  'time_off',
  'position_fixes',
  'quarantined_fixes',
  'position_counts',
];

/**
 * What a caller who is bound to areas may see of a job's or a worker's rows is asked by a function. The planner looks into
 * subqueries of a policy for every statement of everybody, with the policies of their tables in turn: 2.5 of the 2.7 ms that
 * reading the log took. A function is looked into only where it is called, for those who are bound.
 */
export class AreasByFunction1796093220000 implements MigrationInterface {
  name = 'AreasByFunction1796093220000';

  async up(q: QueryRunner): Promise<void> {
    for (const [name, table] of Object.entries(TABLES))
      await run(
        q,
        `CREATE FUNCTION ${name}_in_sight(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
           AS $$ BEGIN RETURN EXISTS (SELECT 1 FROM ${table} WHERE id = wanted); END $$`,
      );
    await writePolicies(q, byFunction);
  }

  async down(q: QueryRunner): Promise<void> {
    await writePolicies(q, bySubquery);
    for (const name of Object.keys(TABLES)) await q.query(`DROP FUNCTION ${name}_in_sight(uuid)`);
  }
}

const TABLES = { job: 'jobs', worker: 'workers', site: 'sites', community: 'communities' };

async function writePolicies(q: QueryRunner, { job, worker, site, community }: InSight): Promise<void> {
  const again = async (table: string, condition: string, command: 'ALL' | 'SELECT' = 'ALL') => {
    await q.query(`DROP POLICY areas ON ${table}`);
    await areaBound(q, table, condition, command);
  };
  for (const table of OF_JOBS) await again(table, job('job_id'));
  for (const table of OF_WORKERS) await again(table, worker('worker_id'));
  await again('worker_positions', `(${HERE} OR ${worker('worker_id')})`);
  await again('users', `(worker_id IS NULL OR ${worker('worker_id')})`, 'SELECT');
  await again('conflicts', `(CASE subject_type WHEN 'job' THEN ${job('subject_id')} ELSE ${HERE} END)`);
  await again(
    'fact_texts',
    `CASE WHEN job_id IS NOT NULL THEN ${job('job_id')} WHEN worker_id IS NOT NULL THEN ${worker('worker_id')} ELSE true END`,
    'SELECT',
  );
  await again(
    'facts',
    `CASE WHEN nullif(data->>'areaId', '') IS NOT NULL THEN (data->>'areaId')::uuid = ANY ((SELECT app_areas())::uuid[])
          WHEN data->>'jobId' IS NOT NULL THEN ${job(`(data->>'jobId')::uuid`)}
          WHEN data->>'workerId' IS NOT NULL THEN ${worker(`(data->>'workerId')::uuid`)}
          WHEN subject_type = 'site' THEN ${site('subject_id')}
          WHEN subject_type = 'community' THEN ${community('subject_id')}
          ELSE subject_type IN ('organization', 'service_type', 'dispatch_policy', 'alert') END`,
    'SELECT',
  );
}
