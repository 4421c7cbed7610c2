import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** What a worker gets for a visit, beside what the customer pays. */
export class WorkerPay1700000000010 implements MigrationInterface {
  name = 'WorkerPay1700000000010';

  async up(q: QueryRunner): Promise<void> {
    await run(q, `ALTER TABLE service_types ADD COLUMN pay_minor integer, ADD COLUMN pay_currency text`);
  }

  async down(q: QueryRunner): Promise<void> {
    await run(q, `ALTER TABLE service_types DROP COLUMN pay_minor, DROP COLUMN pay_currency`);
  }
}
