import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** What a plan or a dry run tells its reader has a code and values beside the English sentence. */
export class Stated1700000000011 implements MigrationInterface {
  name = 'Stated1700000000011';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `CREATE FUNCTION pg_temp.stated(sentence jsonb) RETURNS jsonb LANGUAGE sql STRICT AS $$
         SELECT jsonb_build_object('code', 'OTHER', 'values', '{}'::jsonb, 'detail', sentence) $$`,
      `CREATE FUNCTION pg_temp.all_stated(list jsonb) RETURNS jsonb LANGUAGE sql AS $$
         SELECT coalesce(jsonb_agg(CASE jsonb_typeof(one) WHEN 'string' THEN pg_temp.stated(one)
                                   ELSE '{"values": {}}' || one END ORDER BY at), '[]')
         FROM jsonb_array_elements(list) WITH ORDINALITY AS listed (one, at) $$`,
      `UPDATE day_plans SET proposal = jsonb_set(proposal, '{assumptions}', pg_temp.all_stated(proposal->'assumptions'))
         WHERE jsonb_typeof(proposal->'assumptions') = 'array'`,
      `UPDATE day_plans SET outcome = jsonb_set(outcome, '{skipped}', pg_temp.all_stated(outcome->'skipped'))
         WHERE jsonb_typeof(outcome->'skipped') = 'array'`,
      `UPDATE policy_dry_runs SET result = jsonb_set(result, '{assumptions}', pg_temp.all_stated(result->'assumptions'))
         WHERE jsonb_typeof(result->'assumptions') = 'array'`,
      ...['day_plans', 'policy_dry_runs'].map(
        (table) => `ALTER TABLE ${table} ALTER COLUMN error TYPE jsonb USING pg_temp.stated(to_jsonb(error))`,
      ),
    );
  }

  /** Lists keep their codes: whoever reads only `detail` is not disturbed. */
  async down(q: QueryRunner): Promise<void> {
    await run(
      q,
      ...['day_plans', 'policy_dry_runs'].map(
        (table) => `ALTER TABLE ${table} ALTER COLUMN error TYPE text USING error->>'detail'`,
      ),
    );
  }
}
