import type { INestApplicationContext } from '@nestjs/common';
import { ServiceTypeEditorService } from '#catalogue';
import { DEMO_PASSWORD, OrganizationService, UserService } from '#identity';
import type { Role, Tx } from '#platform';
import { HoursService, SkillsService, Worker, WorkersService } from '#workforce';
import { SERVICE_TYPES } from './catalogue.js';
import { TIME_ZONE } from './city.js';
import { type DemoWorker, demoWorker } from './people.js';

const DISPATCH_PHONE = '+86 21 5555 0100';

/** The administrator last: an organisation that has one is complete. */
const OFFICE: [account: string, role: Role, name: string][] = [
  ['desk', 'dispatcher', 'Dana Desk'],
  ['quality', 'quality_manager', 'Quinn Quality'],
  ['area', 'area_manager', 'Arlo Area'],
  ['inspector', 'inspector', 'Ines Inspector'],
  ['customer', 'customer', 'Carol Customer'],
  ['admin', 'admin', 'Ada Admin'],
];

/** The workers of the demo by their ids. */
export type Staff = Map<string, { person: DemoWorker; userId: string }>;

/** What is sold, the skills it takes, and the number of the desk. */
export async function seedCatalogue(app: INestApplicationContext, tx: Tx): Promise<void> {
  const skills = new Set(SERVICE_TYPES.flatMap((type) => type.skills.map(({ skill }) => skill)));
  for (const skill of skills) await app.get(SkillsService).create(tx, skill);
  await app.get(OrganizationService).update(tx, { dispatchPhone: DISPATCH_PHONE });
  for (const { weight: _, ...type } of SERVICE_TYPES)
    await app.get(ServiceTypeEditorService).create(tx, { ...type, priceCurrency: 'CNY', payCurrency: 'CNY' });
}

/** Accounts for everybody, and workers with skills and hours. @returns the workers by id. */
export async function seedPeople(
  app: INestApplicationContext,
  tx: Tx,
  areas: Map<string, string>,
  workers: number,
): Promise<Staff> {
  const users = app.get(UserService);
  const managed = [...areas.values()].slice(0, 2);
  const account = (name: string, role: Role, fullName: string) =>
    users.create({
      orgId: tx.orgId,
      email: `${name}@demo.test`,
      password: DEMO_PASSWORD,
      role,
      name: fullName,
      areaIds: role === 'area_manager' ? managed : [],
    });
  const staff: Staff = new Map();
  for (let number = 1; number <= workers; number++) {
    const person = demoWorker(number);
    const user = await account(`worker${number}`, 'worker', person.name);
    const { id } = await app.get(WorkersService).create(tx, {
      name: person.name,
      phone: person.phone,
      externalRef: `worker${number}`,
      userId: user.id,
      homeAreaIds: [areas.get(person.area)!, areas.get(person.neighbour)!],
      languages: person.languages,
      vehicle: person.vehicle,
      skills: person.skills,
    });
    await app.get(HoursService).setWeekly(tx, id, { timeZone: TIME_ZONE, weekly: person.shifts });
    const { rating, qualityScore } = person;
    await tx.repo(Worker).update({ id }, { rating, qualityScore });
    staff.set(id, { person, userId: user.id });
  }
  for (const [name, role, fullName] of OFFICE) await account(name, role, fullName);
  return staff;
}
