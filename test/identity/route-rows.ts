import { newId } from '#kernel';
import { PASSWORD, type TestApp, type TestOrganization } from '../support/app.js';
import { type Client, eventually } from '../support/client.js';

/** One real row's id for each collection that routes name by id, all of one organisation. */
export type RouteRows = Record<string, string>;

/** A worker's own, and somebody else's, so that one can be kept from the other. */
export interface City {
  rows: RouteRows;
  /** The worker who is the organisation's user of role `worker`. */
  ownWorkerId: string;
}

const here = { lat: 42.36, lon: -71.06 };

/** Makes at least one row of everything that a route can name, through the API as an administrator would. */
export async function makeCity(app: TestApp, org: TestOrganization): Promise<City> {
  const { admin } = org.as;
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await admin.post<{ id?: string }>(path, body);
    if (!answer.body.id) throw new Error(`cannot make one of ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };
  const [session] = (await admin.get<{ items: { id: string }[] }>('sessions')).body.items;
  const areaId = await make('areas', { name: 'Centre', kind: 'circle', ...here, radiusMetres: 3_000 });
  const communityId = await make('communities', { name: 'Court', address: '1 Main St', ...here });
  const siteId = await make('sites', { name: 'Door', address: '1 Main St', ...here, communityId });
  const serviceTypeId = await make('service-types', { code: 'check', name: 'Check', durationSeconds: 600 });
  const other = { email: `other@${org.id}.test`, password: PASSWORD, name: 'Somebody else', role: 'worker' };
  const workerId = await make('workers', { name: 'Somebody else', userId: await make('users', other) });
  const ownWorkerId = await make('workers', { name: 'Own', userId: org.users.worker.id });
  org.as.worker = await app.signIn(org.users.worker.email);
  const conflictId = await parkedConflict(
    app,
    admin,
    other.email,
    workerId,
    await make('jobs', { siteId, serviceTypeId }),
  );
  const jobId = await make('jobs', { siteId, serviceTypeId });
  await admin.post(`jobs/${jobId}/assign`, { workerId, force: true });
  const assignment = await eventually(async () => {
    const { body } = await admin.get<{ assignment: { id: string } | null }>(`jobs/${jobId}/decision`);
    return body.assignment;
  });
  return {
    ownWorkerId,
    rows: {
      users: org.users.inspector.id,
      sessions: session!.id,
      'api-keys': await make('api-keys', { name: 'key', scopes: ['job:read'] }),
      areas: areaId,
      communities: communityId,
      sites: siteId,
      'service-types': serviceTypeId,
      workers: workerId,
      jobs: jobId,
      assignments: assignment.id,
      candidates: workerId,
      conflicts: conflictId,
      skills: await make('skills', { name: 'gas' }),
      'saved-views': await make('saved-views', { name: 'Late', search: 'attention=late', shared: true }),
    },
  };
}

/** What a phone recorded on a job that was cancelled meanwhile. */
async function parkedConflict(
  app: TestApp,
  admin: Client,
  email: string,
  workerId: string,
  jobId: string,
): Promise<string> {
  await admin.post(`jobs/${jobId}/assign`, { workerId, force: true });
  await admin.post(`jobs/${jobId}/cancel`, { reason: 'the customer called' });
  const phone = await app.signIn(email);
  const occurredAt = app.clock.now().toISOString();
  const operation = { opId: newId(), kind: 'depart', jobId, occurredAt, deviceId: 'phone', deviceSeq: 1 };
  const answer = await phone.post<{ results: { conflictId?: string; outcome: string }[] }>('me/operations', {
    operations: [operation],
  });
  const conflictId = answer.body.results?.[0]?.conflictId;
  if (!conflictId) throw new Error(`nothing was parked: ${JSON.stringify(answer.body)}`);
  return conflictId;
}
