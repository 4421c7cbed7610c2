import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run, tenantTable } from './support.js';

/** A fact that a handler cannot apply is set aside; what is wrong with a log is kept for alerts and health. */
export class ParkedFacts1796007900000 implements MigrationInterface {
  name = 'ParkedFacts1796007900000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE TABLE parked_facts (
         org_id uuid NOT NULL,
         id uuid NOT NULL,
         handler text NOT NULL,
         seq bigint NOT NULL,
         fact_id uuid NOT NULL,
         type text NOT NULL,
         subject text NOT NULL,
         state text NOT NULL CONSTRAINT parked_facts_state CHECK (state IN ('retrying', 'parked', 'waiting')),
         failures integer NOT NULL DEFAULT 0,
         last_error text,
         since timestamptz(3) NOT NULL,
         next_try_at timestamptz(3),
         PRIMARY KEY (org_id, id),
         CONSTRAINT parked_facts_once UNIQUE (org_id, handler, seq),
         CONSTRAINT parked_facts_retry CHECK ((state = 'retrying') = (next_try_at IS NOT NULL)))`,
      `CREATE INDEX parked_facts_subject ON parked_facts (org_id, handler, subject, seq)`,
      `CREATE INDEX parked_facts_due ON parked_facts (next_try_at) WHERE state = 'retrying'`,
      // At most one row for each organisation.
      `CREATE TABLE journal_states (
         org_id uuid PRIMARY KEY,
         relay_error text, relay_failures integer NOT NULL DEFAULT 0, relay_since timestamptz(3),
         checkpoint_seq bigint, checkpoint_at timestamptz(3),
         fault jsonb, fault_since timestamptz(3))`,
    );
    await tenantTable(q, 'parked_facts');
    await tenantTable(q, 'journal_states', { grants: 'SELECT, INSERT, UPDATE' });
    // Ids and counts only, for the sweeps and the metrics.
    await run(
      q,
      `CREATE FUNCTION due_parked_facts(at timestamptz) RETURNS TABLE (org_id uuid, handler text)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT DISTINCT org_id, handler FROM parked_facts WHERE state = 'retrying' AND next_try_at <= at $$`,
      `CREATE FUNCTION trouble_counts() RETURNS TABLE (kind text, name text, count bigint)
         LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
         AS $$ SELECT 'parked_facts', handler, count(*) FILTER (WHERE state = 'parked') FROM parked_facts GROUP BY handler
               UNION ALL
               SELECT 'waiting_facts', handler, count(*) FILTER (WHERE state <> 'parked') FROM parked_facts GROUP BY handler
               UNION ALL
               SELECT 'stopped_handlers', handler, count(*) FROM handler_cursors WHERE failures > 0 GROUP BY handler
               UNION ALL
               SELECT 'failing_deadlines', d.kind, count(*) FROM deadlines d WHERE attempts >= 5 GROUP BY d.kind
               UNION ALL
               SELECT 'stalled_logs', 'relay', count(*) FROM journal_states WHERE relay_failures > 0 HAVING count(*) > 0
               UNION ALL
               SELECT 'broken_logs', 'journal', count(*) FROM journal_states WHERE fault IS NOT NULL HAVING count(*) > 0 $$`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      `DROP FUNCTION trouble_counts()`,
      `DROP FUNCTION due_parked_facts(timestamptz)`,
      `DROP TABLE journal_states`,
      `DROP TABLE parked_facts`,
    );
  }
}
