import type { INestApplicationContext } from '@nestjs/common';
import { CatalogueService, type ServiceType } from '#catalogue';
import { AssignmentsService } from '#dispatch';
import { JobsService, type Transition } from '#job';
import { type Interval, seededRandom } from '#kernel';
import { type Actor, requestContext, type Tx } from '#platform';
import { Site } from '#territory';
import { shiftIntervals } from '#workforce';
import { pickWeighted, seedOf } from '../../../simulator/src/model/chance.js';
import { CHANNELS, customerAt, SERVICE_TYPES } from './catalogue.js';
import { TIME_ZONE } from './city.js';
import { type PastVisit, pastVisits } from './past-visits.js';
import type { DemoWorker } from './people.js';
import type { Staff } from './staff.js';

/** Few, because a newcomer waits for them. */
const VISITS_PER_DAY = 10;
const DAY_MS = 86_400_000;

interface PastJob {
  visit: PastVisit;
  door: Site;
  type: ServiceType;
  channel: string;
  /** The worker's account. */
  userId: string;
}

/**
 * The `days` before the demo began, taken through the same services as any visit, so that rows and facts agree. These
 * visits ask for no proof: there are no photos of them.
 */
export async function seedHistory(
  app: INestApplicationContext,
  tx: Tx,
  { staff, areas, days }: { staff: Staff; areas: Map<string, string>; days: number },
): Promise<void> {
  const now = tx.now.getTime();
  const doors = await tx.repo(Site).find({ order: { id: 'ASC' } });
  const types = await app.get(CatalogueService).listServiceTypes(tx);
  const random = seededRandom(seedOf(2_026, 'history'));
  const visits = pastVisits({
    workers: [...staff].map(([id, { person }]) => ({
      id,
      areaIds: [areas.get(person.area)!, areas.get(person.neighbour)!],
      skills: person.skills,
      shifts: shiftsOf(person, { start: now - days * DAY_MS, end: now }),
    })),
    doors,
    services: SERVICE_TYPES,
    now,
    days,
    visitsPerDay: VISITS_PER_DAY,
    random,
  });
  for (const visit of visits)
    await recordVisit(app, tx, {
      visit,
      door: doors.find(({ id }) => id === visit.doorId)!,
      type: types.find(({ code }) => code === visit.serviceCode)!,
      channel: pickWeighted(random, CHANNELS),
      userId: staff.get(visit.workerId)!.userId,
    });
}

const shiftsOf = ({ shifts }: DemoWorker, span: Interval): Interval[] =>
  shiftIntervals(
    { weekly: shifts.map((shift) => ({ ...shift, timeZone: TIME_ZONE })), exceptions: [], timeOff: [] },
    span,
  );

async function recordVisit(app: INestApplicationContext, tx: Tx, past: PastJob): Promise<void> {
  const { visit, door, type, channel, userId } = past;
  const jobs = app.get(JobsService);
  const requested = asOf(tx, visit.requestedAt);
  const { id: jobId } = await jobs.create(requested, {
    siteId: door.id,
    areaId: door.areaId,
    lat: door.lat,
    lon: door.lon,
    address: door.address,
    serviceTypeId: type.id,
    durationSeconds: type.durationSeconds,
    priority: type.priority,
    skills: type.skills,
    channel,
    ...customerAt(door.id),
  });
  const { workerId } = visit;
  await app.get(AssignmentsService).assign(asOf(tx, visit.assignedAt), {
    jobId,
    workerId,
    source: 'offer',
    startsAt: new Date(visit.assignedAt),
    arrivesAt: new Date(visit.arrivedAt),
    endsAt: new Date(visit.endedAt),
  });
  const worker: Actor = { kind: 'user', id: userId, role: 'worker' };
  const step = (at: number, event: Transition['event'], reason?: string) =>
    requestContext.with({ actor: worker }, () => jobs.transition(asOf(tx, at), { jobId, event, reason }));
  await step(visit.departedAt, 'depart');
  await step(visit.arrivedAt, 'arrive');
  await step(visit.startedAt, 'start');
  const done = visit.outcome === 'closed';
  await (done ? step(visit.endedAt, 'complete') : step(visit.endedAt, 'fail', visit.outcome));
  const after = asOf(tx, visit.endedAt + 60 * 60_000);
  await app.get(AssignmentsService).end(asOf(tx, visit.endedAt), jobId, 'done');
  await (done
    ? jobs.transition(after, { jobId, event: 'close' })
    : jobs.transition(after, { jobId, event: 'cancel', reason: 'the customer did not ask again' }));
}

/** The same transaction, at a time in the past: its facts are recorded today and happened then. */
function asOf(tx: Tx, at: number): Tx {
  const now = new Date(at);
  const record: Tx['record'] = (...facts) =>
    tx.record(...facts.map((fact) => ({ ...fact, occurredAt: fact.occurredAt ?? now })));
  return Object.create(tx, { now: { value: now }, record: { value: record } });
}
