import { randomBytes } from 'node:crypto';
import type { GeoPoint } from '#kernel';
import { Account } from '../../../simulator/src/client/account.js';
import { type Temperament, temperamentOf } from '../../../simulator/src/model/temperament.js';
import type { CrewMember } from './crews.js';
import type { LearnedArea, LearnedType } from './learn.js';

/** A worker of the replay with an account, and where it stands. */
export interface Crew extends CrewMember {
  workerId: string;
  account: Account;
  temperament: Temperament;
  place: GeoPoint;
  /** Business time of the last fix that was sent. */
  seenAt: number;
  fixSeq: number;
  /** Fixes that the phone holds until it has something else to say. */
  unsent: (GeoPoint & { at: number })[];
  deviceSeq: number;
}

export interface ReplayOrganization {
  admin: Account;
  crews: Crew[];
  typeIds: Map<string, string>;
}

/** What a replay changes of the organisation's numbers, and why. */
const REPLAY_POLICY = {
  dispatch: {
    /** Crews with vehicles serve whole districts. */
    radiusMetres: 15_000,
    /** A request without a deadline of its own is looked after for a day. */
    searchSeconds: 86_400,
  },
  /** Phones at rest are heard only when something happens near them. */
  alerts: { silentWorkerSeconds: 604_800 },
};

const VISIT_SECONDS = 1_500;

/** Puts up what the log shows in an organisation that has only its administrator so far, through the API. */
export async function setUpReplay(options: {
  admin: Account;
  slug: string;
  areas: readonly LearnedArea[];
  types: readonly LearnedType[];
  crews: readonly CrewMember[];
  timeZone: string;
  seed: number;
}): Promise<ReplayOrganization> {
  const { admin, slug, areas, types, crews, timeZone, seed } = options;
  const { url } = admin;
  await admin.send('organization/policy', { method: 'PATCH', body: REPLAY_POLICY });
  const areaIds = new Map<string, string>();
  for (const area of areas) {
    const { id } = await admin.post<{ id: string }>('areas', areaBody(area, timeZone));
    areaIds.set(area.name, id);
  }
  const typeIds = new Map<string, string>();
  for (const { code, name } of types) {
    const body = { code, name, durationSeconds: VISIT_SECONDS, skills: [{ skill: code }] };
    typeIds.set(name, (await admin.post<{ id: string }>('service-types', body)).id);
  }
  const made: Crew[] = [];
  for (const member of crews) {
    const areaId = areaIds.get(member.area)!;
    made.push(await hire({ url, slug, admin, member, areaId, types, timeZone, seed }));
  }
  return { admin, crews: made, typeIds };
}

async function hire(options: {
  url: string;
  slug: string;
  admin: Account;
  member: CrewMember;
  areaId: string;
  types: readonly LearnedType[];
  timeZone: string;
  seed: number;
}): Promise<Crew> {
  const { url, slug, admin, member, areaId, types, timeZone, seed } = options;
  const email = `crew${member.number}@${slug}.test`;
  const password = randomBytes(18).toString('base64url');
  const user = await admin.post<{ id: string }>('users', {
    email,
    password,
    role: 'worker',
    name: member.name,
  });
  const worker = await admin.post<{ id: string }>('workers', {
    name: member.name,
    externalRef: `crew${member.number}`,
    userId: user.id,
    homeAreaIds: [areaId],
    vehicle: 'van',
    skills: types.filter(({ code }) => !member.unskilled.includes(code)).map(({ code }) => ({ skill: code })),
  });
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    startMinute: member.startMinute,
    endMinute: member.endMinute,
  }));
  await admin.send(`workers/${worker.id}/shifts`, { method: 'PUT', body: { timeZone, weekly } });
  return {
    ...member,
    workerId: worker.id,
    account: new Account(url, email, password),
    temperament: temperamentOf(seed, `crew${member.number}`),
    place: member.home,
    seenAt: Number.NEGATIVE_INFINITY,
    fixSeq: 0,
    unsent: [],
    deviceSeq: 0,
  };
}

function areaBody({ name, centre, shape, priority }: LearnedArea, timeZone: string): object {
  if (shape.kind === 'circle') return { name, priority, timeZone, ...centre, ...shape };
  const ring = [...shape.ring, shape.ring[0]!].map(({ lat, lon }) => [lon, lat]);
  return { name, priority, timeZone, kind: 'polygon', polygon: { type: 'Polygon', coordinates: [ring] } };
}
