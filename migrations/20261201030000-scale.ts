import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, areaBound, run, tenantTable } from './support.js';

/**
 * What the job list sorts by. A job without a window comes after all that have one. Not `coalesce`: row-level security would
 * keep a condition on it from the index, because PostgreSQL does not count it among the functions that give nothing away.
 */
const SORTS = {
  created: 'created_at',
  updated: 'updated_at',
  window: `least(window_start, '9999-01-01T00:00:00.000Z'::timestamptz)`,
  priority: 'priority',
};
/** What it is filtered by, where one value may hold many jobs. */
const FILTERS = { state: 'state', area: 'area_id', worker: 'worker_id', type: 'service_type_id' };

const listed = Object.entries(FILTERS).flatMap(([filter, column]) =>
  Object.entries(SORTS).map(([sort, key]) => ({ name: `jobs_${filter}_${sort}`, column, key })),
);

const PROMISE = 'CASE WHEN window_end IS NULL THEN due_at ELSE window_end END';
/** From when on a job can be begun. */
const FROM = 'CASE WHEN window_start IS NULL THEN created_at ELSE window_start END';

const HELD = `state IN ('assigned', 'en_route', 'arrived', 'in_progress', 'paused')`;
const NOT_ENDED = `state NOT IN ('completed', 'closed', 'cancelled')`;
const visited = (row: string) => `(${row}.state IN ('completed', 'closed'))`;
const SEARCHED = 'address, contact_name, external_ref, notes';

/** A function that looks past row-level security, and so says itself whose rows it reads. */
const PAST_POLICIES = `LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public`;

const OUTSIDE = `'00000000-0000-0000-0000-000000000000'::uuid`;
const RESTED = `(d.ran_at IS NULL OR d.ran_at < at - interval '1 second'
                  * coalesce((o.policy->'dispatch'->>'sweepSeconds')::integer, usual_sweep_seconds))`;

/** Areas that need a round: asked for and not yet run, or holding open jobs nobody has looked at for a while. */
const areasNeedingRound = (unattended: string) =>
  `CREATE OR REPLACE FUNCTION areas_needing_round(at timestamptz, usual_sweep_seconds integer)
     RETURNS TABLE (org_id uuid, area_id uuid) ${PAST_POLICIES}
     AS $$
           SELECT d.org_id, d.area_id FROM dispatch_areas d WHERE d.done < d.wanted
           UNION
           SELECT u.org_id, coalesce(u.area_id, ${OUTSIDE}) FROM (${unattended}) AS u
         $$`;

/** Lists, alerts, searches, boards and rounds read as much of a million jobs as they show, and no more. */
export class Scale1796094000000 implements MigrationInterface {
  name = 'Scale1796094000000';

  async up(q: QueryRunner): Promise<void> {
    await this.keepSearchText(q);
    await this.countVisits(q);
    await run(
      q,
      'DROP INDEX jobs_open, jobs_unended, jobs_window',
      `CREATE INDEX jobs_window ON jobs (org_id, (${SORTS.window}), id)`,
      'CREATE INDEX jobs_priority ON jobs (org_id, priority, id)',
      // Each page of the list is read from the place in one of these at which it begins.
      ...listed.map(
        ({ name, column, key }) =>
          `CREATE INDEX ${name} ON jobs (org_id, ${column}, (${key}), id)${column === 'state' ? '' : ` WHERE ${column} IS NOT NULL`}`,
      ),
      'CREATE INDEX jobs_site ON jobs (org_id, site_id, created_at, id) WHERE site_id IS NOT NULL',
      // Windows that may overlap a span and begin long before it.
      `CREATE INDEX jobs_long_window ON jobs (org_id, window_end)
         WHERE window_start IS NULL OR window_end - window_start > interval '1 day'`,
      // What the desk counts.
      `CREATE INDEX jobs_promise ON jobs (org_id, state, (${PROMISE}), area_id, priority)
         INCLUDE (window_end, due_at) WHERE ${NOT_ENDED}`,
      'DROP INDEX jobs_due',
      `CREATE INDEX jobs_due ON jobs (org_id, area_id, (${FROM})) WHERE state = 'unassigned'`,
      // Those that wait for a worker, by when they began to.
      `CREATE INDEX jobs_waiting ON jobs (org_id, (greatest(created_at, window_start))) WHERE state IN ('unassigned', 'offering')`,
      `CREATE INDEX jobs_held ON jobs (org_id, worker_id, state_since, id) WHERE ${HELD}`,
      `CREATE INDEX assignments_held ON assignments (org_id, worker_id, starts_at) WHERE state IN ('proposed', 'confirmed', 'active')`,
      `CREATE INDEX assignments_long ON assignments (org_id, worker_id, ends_at) WHERE ends_at - starts_at > interval '1 day'`,
      'CREATE INDEX sites_name ON sites (org_id, name, id) WHERE archived_at IS NULL',
      // Asks each area for one job, instead of all jobs for their areas.
      areasNeedingRound(`
           SELECT p.org_id, p.area_id
           FROM (SELECT a.org_id, a.id AS area_id FROM areas a UNION ALL SELECT org_id, NULL FROM organizations) AS p
           JOIN organizations o ON o.org_id = p.org_id
           LEFT JOIN dispatch_areas d ON d.org_id = p.org_id AND d.area_id = coalesce(p.area_id, ${OUTSIDE})
           WHERE ${RESTED} AND CASE WHEN p.area_id IS NULL
             THEN EXISTS (SELECT 1 FROM jobs j WHERE j.org_id = p.org_id AND j.area_id IS NULL AND j.state = 'unassigned')
             ELSE EXISTS (SELECT 1 FROM jobs j WHERE j.org_id = p.org_id AND j.area_id = p.area_id AND j.state = 'unassigned') END`),
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      areasNeedingRound(`
           SELECT DISTINCT j.org_id, j.area_id FROM jobs j JOIN organizations o ON o.org_id = j.org_id
           LEFT JOIN dispatch_areas d ON d.org_id = j.org_id AND d.area_id = coalesce(j.area_id, ${OUTSIDE})
           WHERE j.state = 'unassigned' AND ${RESTED}`),
      'DROP INDEX sites_name, assignments_long, assignments_held',
      'DROP INDEX jobs_due',
      `CREATE INDEX jobs_due ON jobs (org_id, area_id, (coalesce(window_start, created_at))) WHERE state = 'unassigned'`,
      'DROP INDEX jobs_held, jobs_waiting, jobs_promise, jobs_long_window, jobs_site, jobs_priority, jobs_window',
      `DROP INDEX ${listed.map(({ name }) => name).join(', ')}`,
      `CREATE INDEX jobs_window ON jobs (org_id, window_start, id)`,
      `CREATE INDEX jobs_open ON jobs (org_id, area_id) WHERE state IN ('unassigned', 'offering')`,
      `CREATE INDEX jobs_unended ON jobs (org_id, state) WHERE ${NOT_ENDED}`,
      'DROP TRIGGER jobs_visited ON jobs',
      'DROP TRIGGER jobs_created_visited ON jobs',
      'DROP FUNCTION count_site_visit()',
      'DROP TABLE site_visits',
      'DROP FUNCTION jobs_matching(text, text, integer)',
      'DROP TRIGGER jobs_search_kept ON jobs',
      'DROP FUNCTION keep_job_search()',
      'ALTER TABLE jobs DROP COLUMN search',
      `CREATE INDEX jobs_search ON jobs USING gin (job_search_text(${SEARCHED}) gin_trgm_ops)`,
      `CREATE FUNCTION jobs_matching(query text, digits text) RETURNS SETOF uuid ${PAST_POLICIES}
         AS $$ SELECT id FROM jobs WHERE org_id = app_org()
                 AND job_search_text(${SEARCHED}) LIKE search_pattern(query)
               UNION
               SELECT id FROM jobs WHERE org_id = app_org() AND contact_phone LIKE '%' || digits || '%' $$`,
      'REVOKE ALL ON FUNCTION jobs_matching(text, text) FROM PUBLIC',
      `GRANT EXECUTE ON FUNCTION jobs_matching(text, text) TO ${APP_ROLE}`,
    );
  }

  /** The text that is searched, ready to be compared: to make it from its parts takes longer than to read a row. */
  private async keepSearchText(q: QueryRunner): Promise<void> {
    await run(
      q,
      'DROP INDEX jobs_search',
      'DROP FUNCTION jobs_matching(text, text)',
      'ALTER TABLE jobs ADD COLUMN search text',
      `UPDATE jobs SET search = job_search_text(${SEARCHED})`,
      `CREATE FUNCTION keep_job_search() RETURNS trigger LANGUAGE plpgsql SET search_path = public
         AS $$ BEGIN
           NEW.search := job_search_text(NEW.address, NEW.contact_name, NEW.external_ref, NEW.notes);
           RETURN NEW;
         END $$`,
      `CREATE TRIGGER jobs_search_kept BEFORE INSERT OR UPDATE OF ${SEARCHED} ON jobs
         FOR EACH ROW EXECUTE FUNCTION keep_job_search()`,
      'CREATE INDEX jobs_search ON jobs USING gin (search gin_trgm_ops)',
      // Row-level security keeps LIKE from an index.
      `CREATE FUNCTION jobs_matching(query text, digits text, said integer) RETURNS SETOF uuid ${PAST_POLICIES}
         AS $$ SELECT id FROM jobs WHERE org_id = app_org() AND search LIKE search_pattern(query)
               UNION
               SELECT id FROM jobs WHERE org_id = app_org() AND contact_phone LIKE '%' || digits || '%'
               UNION
               SELECT id FROM jobs WHERE org_id = app_org() AND number = said $$`,
      'REVOKE ALL ON FUNCTION jobs_matching(text, text, integer) FROM PUBLIC',
      `GRANT EXECUTE ON FUNCTION jobs_matching(text, text, integer) TO ${APP_ROLE}`,
    );
  }

  /** How often each worker completed a job at a site. The jobs are the truth, this is what they say. */
  private async countVisits(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE site_visits (
         org_id uuid NOT NULL, site_id uuid NOT NULL, worker_id uuid NOT NULL, visits integer NOT NULL,
         PRIMARY KEY (org_id, site_id, worker_id))`,
    );
    await tenantTable(q, 'site_visits', { grants: 'SELECT' });
    await areaBound(q, 'site_visits', 'EXISTS (SELECT 1 FROM sites s WHERE s.id = site_id)');
    await run(
      q,
      `INSERT INTO site_visits (org_id, site_id, worker_id, visits)
         SELECT org_id, site_id, worker_id, count(*) FROM jobs j
         WHERE ${visited('j')} AND site_id IS NOT NULL AND worker_id IS NOT NULL GROUP BY org_id, site_id, worker_id`,
      `CREATE FUNCTION count_site_visit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
         AS $$ BEGIN
           IF TG_OP = 'UPDATE' AND ${visited('OLD')} THEN
             UPDATE site_visits SET visits = visits - 1
             WHERE org_id = OLD.org_id AND site_id = OLD.site_id AND worker_id = OLD.worker_id;
           END IF;
           IF ${visited('NEW')} AND NEW.site_id IS NOT NULL AND NEW.worker_id IS NOT NULL THEN
             INSERT INTO site_visits VALUES (NEW.org_id, NEW.site_id, NEW.worker_id, 1)
             ON CONFLICT (org_id, site_id, worker_id) DO UPDATE SET visits = site_visits.visits + 1;
           END IF;
           RETURN NULL;
         END $$`,
      `CREATE TRIGGER jobs_visited AFTER UPDATE OF state, site_id, worker_id ON jobs FOR EACH ROW
         WHEN (${visited('OLD')} IS DISTINCT FROM ${visited('NEW')} OR OLD.site_id IS DISTINCT FROM NEW.site_id
           OR OLD.worker_id IS DISTINCT FROM NEW.worker_id) EXECUTE FUNCTION count_site_visit()`,
      `CREATE TRIGGER jobs_created_visited AFTER INSERT ON jobs FOR EACH ROW
         WHEN (${visited('NEW')}) EXECUTE FUNCTION count_site_visit()`,
    );
  }
}
