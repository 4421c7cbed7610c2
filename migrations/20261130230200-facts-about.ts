import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** A fact says what else it is about, besides its subject. */
export class FactsAbout1796079720000 implements MigrationInterface {
  name = 'FactsAbout1796079720000';

  async up(q: QueryRunner): Promise<void> {
    await run(
      q,
      `ALTER TABLE facts ADD COLUMN about uuid[] NOT NULL DEFAULT '{}'`,
      `CREATE INDEX facts_about ON facts USING gin (about) WHERE about <> '{}'`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, `DROP INDEX facts_about`, `ALTER TABLE facts DROP COLUMN about`);
  }
}
