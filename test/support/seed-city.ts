import { NestFactory } from '@nestjs/core';
import { readEnv } from '#config/env';
import { OrganizationService, UserService } from '#identity';
import { destination, newId } from '#kernel';
import { UnitOfWork } from '#platform';
import { Worker, WorkforceService } from '#workforce';
import { WorkerModule } from '../../apps/worker/src/create-worker.js';
import { CENTRE } from './city.js';

export interface SeededCity {
  orgId: string;
  areaId: string;
  password: string;
  admin: string;
  desk: string;
  workers: { id: string; email: string }[];
}

/** Puts an organisation with one area and `workers` people on duty into a database, for tests of real processes. */
export async function seedCity(options: { databaseUrl: string; workers: number }): Promise<SeededCity> {
  const env = readEnv({
    DATABASE_URL: options.databaseUrl,
    DATABASE_POOL: '4',
    JWT_SECRET: 'x'.repeat(32),
    QR_SECRET: 'y'.repeat(32),
    LOG_LEVEL: 'silent',
  });
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(env), {
    logger: false,
    abortOnError: false,
  });
  try {
    const slug = `city-${newId().slice(-8)}`;
    const password = 'a-long-test-password';
    const { id: orgId } = await app.get(OrganizationService).create({ name: slug, slug });
    const user = (name: string, role: 'admin' | 'dispatcher' | 'worker') =>
      app.get(UserService).create({ orgId, email: `${name}@${slug}.test`, password, role, name });
    const admin = await user('admin', 'admin');
    const desk = await user('desk', 'dispatcher');
    const areaId = newId();
    const workers = Array.from({ length: options.workers }, (_, n) => ({
      id: newId(),
      email: `w${n}@${slug}.test`,
      n,
    }));
    for (const { n } of workers) await user(`w${n}`, 'worker');
    await app.get(UnitOfWork).run(orgId, async (tx) => {
      await tx.sql(
        `INSERT INTO areas (id, org_id, name, kind, lat, lon, radius_metres, square_metres, time_zone, created_at, updated_at)
         VALUES ($1, $2, 'Centre', 'circle', $3, $4, 10000, 314159265, 'UTC', $5, $5)`,
        [areaId, orgId, CENTRE.lat, CENTRE.lon, tx.now],
      );
      await tx.sql(`INSERT INTO area_stamps (org_id, stamp) VALUES ($1, gen_random_uuid())`, [orgId]);
      for (const { id, n } of workers) {
        const stamp = { statusSince: tx.now, createdAt: tx.now, updatedAt: tx.now };
        const row = await app.get(UserService).byEmail(tx, `w${n}@${slug}.test`);
        await tx
          .repo(Worker)
          .insert({ id, orgId, userId: row!.id, name: `Worker ${n}`, status: 'off_duty', ...stamp });
        await app.get(UserService).setWorkerAccount(tx, id, row!.id);
        await tx.sql(
          `INSERT INTO shifts (id, org_id, worker_id, weekday, start_minute, end_minute, time_zone)
           SELECT gen_random_uuid(), $1, $2, day, 0, 1440, 'UTC' FROM generate_series(1, 7) AS day`,
          [orgId, id],
        );
        const at = destination(CENTRE, n * 30, 300);
        await tx.sql(
          `INSERT INTO worker_positions (org_id, worker_id, lat, lon, accuracy_metres, fix_at, received_at, touched_at)
           VALUES ($1, $2, $3, $4, 8, $5, $5, $5)`,
          [orgId, id, at.lat, at.lon, tx.now],
        );
        await app.get(WorkforceService).setStatus(tx, id, 'available');
      }
    });
    return { orgId, areaId, password, admin: admin.email, desk: desk.email, workers };
  } finally {
    await app.close();
  }
}
