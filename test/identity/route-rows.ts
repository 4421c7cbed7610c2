import type { TestApp, TestOrganization } from '../support/app.js';
import { eventually } from '../support/client.js';

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
  const workerId = await make('workers', { name: 'Somebody else' });
  const ownWorkerId = await make('workers', { name: 'Own', userId: org.users.worker.id });
  org.as.worker = await app.signIn(org.users.worker.email);
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
    },
  };
}
