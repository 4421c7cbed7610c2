import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** The number under which workers reach their dispatch desk. */
export class DispatchPhone1796006944000 implements MigrationInterface {
  name = 'DispatchPhone1796006944000';

  async up(q: QueryRunner): Promise<void> {
    await run(q, `ALTER TABLE organizations ADD COLUMN dispatch_phone text`);
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, `ALTER TABLE organizations DROP COLUMN dispatch_phone`);
  }
}
