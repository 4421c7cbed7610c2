import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, run } from './support.js';

const SEQUENCE = `'job_number_' || replace(org::text, '-', '')`;
/** Short enough to say, long enough to be taken for a number and not for a count. */
const FIRST = 1001;

/**
 * A short number for each job, to quote on the telephone: unique in its organisation, not gapless. Each organisation has a
 * sequence of its own, made with its first job: a counter in a row would be a lock that every new job waits for.
 * And `caller_key`, by which the earlier jobs of a caller are found; `callerKey()` in libs/job says how it is made.
 */
export class JobNumbers1796006640000 implements MigrationInterface {
  name = 'JobNumbers1796006640000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE FUNCTION next_job_number() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
         AS $$
         DECLARE
           org uuid := app_org();
           name text := ${SEQUENCE};
         BEGIN
           IF org IS NULL THEN RAISE EXCEPTION 'no organisation is set'; END IF;
           IF to_regclass(name) IS NULL THEN
             PERFORM pg_advisory_xact_lock(hashtextextended(name, 0));
             EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I AS integer START ${FIRST} MINVALUE ${FIRST}', name);
           END IF;
           RETURN nextval(name::regclass);
         END $$`,
      `REVOKE ALL ON FUNCTION next_job_number() FROM PUBLIC`,
      `GRANT EXECUTE ON FUNCTION next_job_number() TO ${APP_ROLE}`,
      `ALTER TABLE jobs ADD COLUMN number integer, ADD COLUMN caller_key text`,
      `UPDATE jobs SET number = numbered.n, caller_key = nullif(numbered.caller_key, '')
       FROM (SELECT id, ${FIRST - 1} + row_number() OVER (PARTITION BY org_id ORDER BY created_at, id) AS n,
               reverse(right(regexp_replace(split_part(lower(contact_phone), 'x', 1), '\\D', '', 'g'), 15))
                 AS caller_key
             FROM jobs) AS numbered
       WHERE numbered.id = jobs.id`,
      `DO $$
       DECLARE
         org uuid;
         last integer;
       BEGIN
         FOR org, last IN SELECT org_id, max(number) FROM jobs GROUP BY org_id LOOP
           EXECUTE format('CREATE SEQUENCE %I AS integer START %s MINVALUE ${FIRST}', ${SEQUENCE}, last + 1);
         END LOOP;
       END $$`,
      `ALTER TABLE jobs ALTER COLUMN number SET NOT NULL, ALTER COLUMN number SET DEFAULT next_job_number()`,
      `CREATE UNIQUE INDEX jobs_number ON jobs (org_id, number)`,
      `CREATE INDEX jobs_caller ON jobs (org_id, caller_key COLLATE "C") WHERE caller_key IS NOT NULL`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `ALTER TABLE jobs DROP COLUMN number, DROP COLUMN caller_key`,
      `DROP FUNCTION next_job_number()`,
      `DO $$
       DECLARE
         name text;
       BEGIN
         FOR name IN SELECT relname FROM pg_class WHERE relkind = 'S' AND relname LIKE 'job_number_%' LOOP
           EXECUTE format('DROP SEQUENCE %I', name);
         END LOOP;
       END $$`,
    );
  }
}
