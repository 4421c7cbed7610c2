import type { TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';

/** A city of `people` workers on duty and as many open jobs, half of them held, strewn over some 20 km. */
export interface BigCity {
  city: TestCity;
  desk: string;
  worker: TestWorker;
  /** Everybody moves some metres; the server tells whoever watches. */
  move(): Promise<void>;
}

const STATES = `(ARRAY['unassigned', 'offering', 'assigned', 'en_route', 'in_progress'])[1 + n % 5]`;

export async function buildBigCity(app: TestApp, people: number): Promise<BigCity> {
  const city = await TestCity.build(app);
  const worker = await city.worker({ metresAway: 300 });
  const { org, areaId } = city;
  const type = await org.as.admin.post<{ id: string }>('service-types', {
    code: 'visit',
    name: 'Visit',
    durationSeconds: 1_800,
  });
  const run = (sql: string, values: unknown[]) => app.uow.run(org.id, (tx) => tx.sql(sql, values));
  await app.uow.run(org.id, async (tx) => {
    await tx.sql(
      `INSERT INTO workers (id, org_id, name, status, status_since, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 'Worker ' || n, (ARRAY['available', 'busy'])[1 + n % 2], $2, $2, $2
       FROM generate_series(2, $3) AS n`,
      [org.id, tx.now, people],
    );
    await tx.sql(
      `INSERT INTO worker_positions (org_id, worker_id, lat, lon, accuracy_metres, heading, speed, fix_at, received_at, touched_at, area_id)
       SELECT $1, id, 42.36 + (random() - 0.5) * 0.16, -71.06 + (random() - 0.5) * 0.22, 8, random() * 360, 8, $2, $2, now(), $3
       FROM workers WHERE org_id = $1 ON CONFLICT DO NOTHING`,
      [org.id, tx.now, areaId],
    );
    await tx.sql(
      `INSERT INTO jobs (id, org_id, state, state_since, service_type_id, area_id, lat, lon, address, window_start, window_end,
                         duration_seconds, worker_id, created_at, updated_at)
       SELECT gen_random_uuid(), $1, ${STATES}, $2::timestamptz, $3, $4, 42.36 + (random() - 0.5) * 0.16,
              -71.06 + (random() - 0.5) * 0.22, n || ' Long Street', $2::timestamptz + n * interval '5 seconds',
              $2::timestamptz + n * interval '5 seconds' + interval '2 hours', 1800,
              CASE WHEN n % 5 > 1 THEN $5::uuid END, $2, $2
       FROM generate_series(1, $6) AS n`,
      [org.id, tx.now, type.body.id, areaId, worker.id, people],
    );
  });
  // The worker of the phone has a day like anybody's: a job at hand and two to come.
  for (const address of ['1 Main Street', '2 Main Street', '3 Main Street']) {
    const job = await city.job({ address, serviceTypeId: type.body.id });
    await org.as.admin.post(`jobs/${job.id}/assign`, { workerId: worker.id, force: true });
  }
  return {
    city,
    worker,
    desk: org.users.dispatcher.email,
    move: async () => {
      await run(
        `UPDATE worker_positions SET lat = lat + (random() - 0.5) * 0.0004, lon = lon + (random() - 0.5) * 0.0004, touched_at = now()
         WHERE org_id = $1`,
        [org.id],
      );
    },
  };
}
