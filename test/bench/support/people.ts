import type { INestApplicationContext } from '@nestjs/common';
import { OrganizationService, UserService } from '#identity';
import { destination, type GeoPoint, seededRandom } from '#kernel';
import { type Role, UnitOfWork } from '#platform';
import { AreasService } from '#territory';
import { HoursService, WorkersService, WorkforceService } from '#workforce';

export const PASSWORD = 'a-password-for-benchmarks';
const CENTRE: GeoPoint = { lat: 31.2245, lon: 121.459 };
const AREA_RADIUS_METRES = 2_500;
const AREAS_A_ROW = 5;
const ALL_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startMinute: 0, endMinute: 1_440 }));

export interface BenchWorker {
  workerId: string;
  email: string;
  area: number;
  place: GeoPoint;
}

export interface BenchOrganization {
  orgId: string;
  /** Emails of the dispatchers. */
  desks: string[];
  areas: GeoPoint[];
  areaIds: string[];
  workers: BenchWorker[];
}

/** A point within an area, the same one for the same numbers. */
export function pointIn(
  area: GeoPoint,
  random: () => number,
  radiusMetres = AREA_RADIUS_METRES * 0.8,
): GeoPoint {
  return destination(area, 360 * random(), radiusMetres * Math.sqrt(random()));
}

/** An organisation with `workers` on duty around the clock, spread over `areas` circles side by side. */
export async function makeOrganization(
  app: INestApplicationContext,
  options: { workers: number; areas: number; desks?: number },
): Promise<BenchOrganization> {
  const { id: orgId } = await app.get(OrganizationService).create({ name: 'Benchmark', slug: 'bench' });
  const users = app.get(UserService);
  const account = (email: string, role: Role) =>
    users.create({ orgId, email, password: PASSWORD, role, name: email.split('@')[0]! });
  const random = seededRandom(7);
  const centres = Array.from({ length: options.areas }, (_, i) => {
    const east = destination(CENTRE, 90, (i % AREAS_A_ROW) * 2 * AREA_RADIUS_METRES);
    return destination(east, 180, Math.floor(i / AREAS_A_ROW) * 2 * AREA_RADIUS_METRES);
  });
  const areaIds = await app.get(UnitOfWork).run(orgId, async (tx) => {
    const saved = await app.get(AreasService).save(
      tx,
      centres.map((centre, i) => ({
        input: { name: `Area ${i + 1}`, kind: 'circle', ...centre, radiusMetres: AREA_RADIUS_METRES },
      })),
    );
    return saved.map(({ id }) => id);
  });
  await account('admin@bench.test', 'admin');
  const desks = Array.from({ length: options.desks ?? 1 }, (_, i) => `desk${i + 1}@bench.test`);
  for (const email of desks) await account(email, 'dispatcher');
  const workers: BenchWorker[] = [];
  const hire = async (number: number) => {
    const area = number % options.areas;
    const email = `worker${number}@bench.test`;
    const user = await account(email, 'worker');
    const workerId = await app.get(UnitOfWork).run(orgId, async (tx) => {
      const { id } = await app.get(WorkersService).create(tx, {
        name: `Worker ${number}`,
        userId: user.id,
        homeAreaIds: [areaIds[area]!],
      });
      await app.get(HoursService).setWeekly(tx, id, { timeZone: 'Asia/Shanghai', weekly: ALL_DAY });
      await app.get(WorkforceService).setStatus(tx, id, 'available');
      return id;
    });
    workers.push({ workerId, email, area, place: pointIn(centres[area]!, random) });
  };
  for (let i = 0; i < options.workers; i += 20)
    await Promise.all(Array.from({ length: Math.min(20, options.workers - i) }, (_, j) => hire(i + j)));
  return { orgId, areas: centres, areaIds, workers, desks };
}
