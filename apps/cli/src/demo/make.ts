import type { INestApplicationContext } from '@nestjs/common';
import { OrganizationService, UserService } from '#identity';
import { UnitOfWork } from '#platform';
import { PositionIngestService } from '#workforce';
import { UsageError } from '../usage-error.js';
import { seedBacklog } from './backlog.js';
import { seedHistory } from './history.js';
import { seedPlaces } from './places.js';
import { type Staff, seedCatalogue, seedPeople } from './staff.js';

const SLUG = 'demo';
/** The account that is made last: an organisation that has it is complete. */
const LAST_MADE = 'admin@demo.test';

/** @returns false when it was there, complete. One transaction: a crash leaves an empty organisation, which is filled the next time. */
export async function makeDemo(
  app: INestApplicationContext,
  { workers, historyDays = 0 }: { workers: number; historyDays?: number },
): Promise<boolean> {
  const organizations = app.get(OrganizationService);
  const known = (await organizations.all()).find(({ slug }) => slug === SLUG);
  if (known && !known.isDemo) throw new UsageError(`there is an organisation ${SLUG} that is no demo`);
  const { id: orgId } =
    known ?? (await organizations.create({ name: 'Doorstep Demo', slug: SLUG, isDemo: true }));
  const staff = await app.get(UnitOfWork).run(orgId, async (tx) => {
    if (await app.get(UserService).byEmail(tx, LAST_MADE)) return null;
    const areas = await seedPlaces(app, tx);
    await seedCatalogue(app, tx);
    const people = await seedPeople(app, tx, areas, workers);
    await seedHistory(app, tx, { staff: people, areas, days: historyDays });
    await seedBacklog(app, tx);
    return people;
  });
  if (staff) await placePeople(app, orgId, staff);
  return staff !== null;
}

/** Everybody is seen at home once, so that the map is not empty before the first phone reports. */
async function placePeople(app: INestApplicationContext, orgId: string, staff: Staff): Promise<void> {
  const ingest = app.get(PositionIngestService);
  await Promise.all(
    [...staff].map(([workerId, { person }]) => {
      const fix = { seq: 0, ...person.home, accuracyMetres: 10, heading: null, speed: 0, fixAt: Date.now() };
      return ingest.submit(orgId, workerId, { deviceId: 'seed', fixes: [fix] });
    }),
  );
}
