import type { OpenAPIObject } from '@nestjs/swagger';
import type { GeoPoint } from '#kernel';
import { type DeclaredRoute, DeclaredRoutes } from '#platform';
import { withClient } from '#scripts/lib/database';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { PASSWORD, startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Client, eventually } from '../support/client.js';
import { sampleBody, sampleQuery } from './sample-request.js';

/** One row of everything that belongs to an area, by the collection that routes name it by. */
type Quarter = Record<string, string>;

const NORTH = { lat: 42.36, lon: -71.06 };
const SOUTH = { lat: 42.26, lon: -71.06 };

/** Tables of an organisation that no area owns, and why an area manager may see them as everybody of the office does. */
const SHARED: Record<string, string> = {
  organizations: 'their own organisation',
  service_types: 'what is sold, in all areas',
  skills: 'what workers may know, in all areas',
  dispatch_policies: 'how work is given out, in all areas',
  area_stamps: 'says only that areas changed',
  workforce_stamps: 'says only that skills or hours changed',
  dispatch_areas: 'counts of wake-ups',
  dispatch_rounds: 'counts of what a round saw',
  alert_marks: 'who saw which alert; alerts themselves are read from rows that are bound',
  files: 'reached only through proof, which is bound',
  uploads: 'the caller’s own',
  device_times: 'of phones, read for their own worker',
  background_runs: 'ids and states; what they are about is bound',
  deadlines: 'ids and times, for the workers of the product',
  commands: 'the caller’s own',
  sessions: 'the caller’s own',
  api_keys: 'for administrators and auditors',
  private_links: 'asked for by what they open, which is bound; never shown in a list',
  fact_heads: 'where the log stands',
  saved_views: 'filters and places of the map by name; what they find is bound',
  saved_view_defaults: 'the caller’s own',
  parked_facts: 'ids of facts that a handler could not apply, for administrators',
  journal_states: 'where the log was verified and signed',
  handler_cursors: 'where handlers stand',
};

describe('an area manager', () => {
  let app: TestApp;
  let org: TestOrganization;
  let manager: Client;
  let own: Quarter;
  let other: Quarter;
  let routes: DeclaredRoute[];
  let document: OpenAPIObject;

  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    org = await app.organization();
    const serviceTypeId = await make('service-types', { code: 'check', name: 'Check', durationSeconds: 600 });
    own = await quarter('North', NORTH, serviceTypeId);
    other = await quarter('South', SOUTH, serviceTypeId);
    await bind([own.areas!]);
    manager = await app.signIn(org.users.area_manager.email);
    routes = app.api.get(DeclaredRoutes).all();
    document = openApiDocument(app.api);
  });
  afterAll(() => app?.stop());

  const bind = async (areaIds: string[]) => {
    const answer = await org.as.admin.patch(`users/${org.users.area_manager.id}`, { areaIds });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  };
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await org.as.admin.post<{ id?: string }>(path, body);
    if (!answer.body.id) throw new Error(`cannot make one of ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };

  async function quarter(name: string, at: GeoPoint, serviceTypeId: string): Promise<Quarter> {
    const { admin } = org.as;
    const areas = await make('areas', { name, kind: 'circle', ...at, radiusMetres: 3_000 });
    const communities = await make('communities', { name: `${name} Court`, address: '1 Main St', ...at });
    const sites = await make('sites', {
      name: `${name} Door`,
      address: '1 Main St',
      ...at,
      communityId: communities,
    });
    const users = await make('users', {
      email: `${name}@${org.id}.test`,
      password: PASSWORD,
      name: `${name} Walker`,
      role: 'worker',
    });
    const workers = await make('workers', { name: `${name} Walker`, userId: users, homeAreaIds: [areas] });
    const phone = await app.signIn(`${name}@${org.id}.test`);
    await phone.post('me/status', { status: 'available' });
    const fixAt = app.clock.now().toISOString();
    await phone.post('me/positions', {
      deviceId: 'phone',
      fixes: [{ seq: 1, ...at, accuracyMetres: 5, fixAt }],
    });
    // A job that is cancelled under a phone without a line leaves a conflict.
    const lost = await make('jobs', { siteId: sites, serviceTypeId });
    await admin.post(`jobs/${lost}/assign`, { workerId: workers, force: true });
    await admin.post(`jobs/${lost}/cancel`, { reason: 'the customer called' });
    const parked = await phone.post<{ results: { conflictId?: string }[] }>('me/operations', {
      operations: [
        {
          opId: `depart ${name}`,
          kind: 'depart',
          jobId: lost,
          occurredAt: fixAt,
          deviceId: 'phone',
          deviceSeq: 1,
        },
      ],
    });
    const jobs = await make('jobs', { siteId: sites, serviceTypeId });
    await admin.post(`jobs/${jobs}/notes`, { text: `about ${name}` });
    await admin.post(`jobs/${jobs}/assign`, { workerId: workers, force: true });
    const assignments = await eventually(async () => {
      const { body } = await admin.get<{ assignment: { id: string } | null }>(`jobs/${jobs}/decision`);
      return body.assignment?.id;
    });
    const plans = await make('day-plans', { areaId: areas, date: '2026-03-03' });
    return {
      areas,
      communities,
      sites,
      users,
      workers,
      candidates: workers,
      jobs,
      lost,
      assignments,
      conflicts: parked.body.results[0]!.conflictId!,
      plans,
    };
  }

  const named = (route: DeclaredRoute) => `${route.method} ${route.path}`;
  const call = (client: Client, route: DeclaredRoute, rows: Quarter, beside: Quarter = rows) => {
    const segments = route.path.split('/');
    let first = true;
    const path = segments
      .map((segment, at) => {
        if (!segment.startsWith(':')) return segment;
        const collection = segments[at - 1]!;
        const id = (first ? rows : beside)[collection];
        first = false;
        return id ?? '00000000-0000-7000-8000-000000000000';
      })
      .join('/');
    const query = sampleQuery(document, route.path, route.method);
    return client.send<Record<string, unknown>>(
      route.method,
      `${path}${query}`,
      sampleBody(document, route.path, route.method),
    );
  };
  /** Routes whose first id is a row of an area. */
  const ofRows = () =>
    routes.filter(({ path }) => {
      const [, collection] = /\/([\w-]+)\/:/.exec(path) ?? [];
      return collection !== undefined && collection in other;
    });
  const shown = (body: unknown) => {
    const text = JSON.stringify(body);
    return Object.entries(other).filter(([, id]) => text.includes(id));
  };

  it('reads nothing of another area on any list, board, alert or log', async () => {
    const lists = routes.filter(
      ({ method, path }) => method === 'GET' && !path.includes(':') && path.startsWith('/api'),
    );
    const seenByAdmin = new Set<string>();
    for (const route of lists) {
      const answer = await call(manager, route, own);
      expect([named(route), answer.status < 500, shown(answer.body)]).toEqual([named(route), true, []]);
      for (const [collection] of shown((await call(org.as.admin, route, own)).body))
        seenByAdmin.add(collection);
    }
    // The administrator does see all of these there, so the search above means something.
    expect([...seenByAdmin].sort()).toEqual(Object.keys(other).sort());
  });

  it('hears of no round of another area that left work out', async () => {
    const alerts = async (client: Client) => {
      const { body } = await client.get<{ items: { kind: string; areaId: string }[] }>('alerts');
      return body.items.filter(({ kind }) => kind === 'round_truncated').map(({ areaId }) => areaId);
    };
    // A round may end meanwhile and count again.
    await eventually(async () => {
      await withClient(app.ownerUrl, (client) =>
        client.query(
          `INSERT INTO dispatch_areas (org_id, area_id, wanted, left_out, left_since)
           SELECT $1, area_id, 1, 3, $3 FROM unnest($2::uuid[]) AS area_id
           ON CONFLICT (org_id, area_id) DO UPDATE SET left_out = 3, left_since = $3`,
          [org.id, [own.areas, other.areas], app.clock.now()],
        ),
      );
      return (await alerts(org.as.admin)).length === 2;
    });
    expect(await alerts(manager)).toEqual([own.areas]);
  });

  it('finds no row of another area by its id, and changes none', async () => {
    const before = await snapshot();
    for (const route of ofRows()) {
      const { status } = await call(manager, route, other);
      const access = route.access as { action?: string };
      expect([named(route), status]).toEqual([named(route), access.action ? expect.any(Number) : status]);
      expect([named(route), [403, 404, 422].includes(status), status < 400]).toEqual([
        named(route),
        true,
        false,
      ]);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('takes nobody and nothing of another area into their own', async () => {
    const { admin } = org.as;
    const loose = await make('jobs', { ...NORTH, address: '3 Main St', durationSeconds: 600 });
    const moved = await manager.patch<{ code: string }>(`jobs/${loose}`, SOUTH);
    expect([moved.status, moved.body.code]).toEqual([403, 'OUTSIDE_YOUR_AREAS']);
    expect((await manager.patch(`jobs/${own.jobs}`, { siteId: other.sites })).status).toBeGreaterThanOrEqual(
      400,
    );
    const foreign = await manager.post(`jobs/${own.jobs}/reassign`, {
      workerId: other.workers,
      reason: 'x',
      force: true,
    });
    expect(foreign.status).toBeGreaterThanOrEqual(400);
    const taken = await manager.patch<{ code: string }>(`workers/${own.workers}`, {
      homeAreaIds: [other.areas],
    });
    expect(taken.status).toBeGreaterThanOrEqual(400);
    const created = await manager.post<{ code: string }>('jobs', {
      ...SOUTH,
      address: 'x',
      durationSeconds: 600,
    });
    expect([created.status, created.body.code]).toEqual([403, 'OUTSIDE_YOUR_AREAS']);
    expect((await manager.patch(`areas/${own.areas}`, { radiusMetres: 30_000 })).status).toBe(403);
    const job = await admin.get<{ workerId: string }>(`jobs/${own.jobs}`);
    expect(job.body.workerId).toBe(own.workers);
  });

  it('works in their own as a dispatcher does', async () => {
    const reads = ofRows().filter(({ method }) => method === 'GET');
    for (const route of reads)
      expect([named(route), (await call(manager, route, own)).status]).toEqual([
        named(route),
        (await call(org.as.dispatcher, route, own)).status,
      ]);
    const created = await manager.post<{ id: string; areaId: string }>('jobs', {
      ...NORTH,
      address: '2 Main St',
      durationSeconds: 600,
    });
    expect([created.status, created.body.areaId]).toEqual([201, own.areas]);
    const free = await make('workers', { name: 'Everywhere' });
    const listed = await manager.get<{ items: { id: string }[] }>('workers');
    expect(listed.body.items.map(({ id }) => id).sort()).toEqual([own.workers, free].sort());
    expect(
      (await manager.post(`jobs/${created.body.id}/assign`, { workerId: free, force: true })).status,
    ).toBe(200);
  });

  it('hears on the live channel of their own area only', async () => {
    const head = await manager.get<{ head: number }>('journal');
    const socket = manager.live(0);
    const heard: { seq: number; type: string; data?: unknown; subjectId?: string }[] = [];
    socket.on('facts', (facts) => heard.push(...facts));
    await new Promise((resolve) => socket.once('ready', resolve));
    // Others may have been recorded since; none is missing.
    expect(heard.length).toBeGreaterThanOrEqual(head.body.head);
    const before = heard.length;
    const ask = (areaIds: unknown) => socket.emitWithAck('watch', { areaIds }) as Promise<{ ok: boolean }>;
    expect(await ask('all')).toMatchObject({ ok: true, areaIds: [own.areas] });
    for (const wrong of [[other.areas], ['all'], ['none']]) expect((await ask(wrong)).ok).toBe(false);
    await org.as.admin.post(`jobs/${other.jobs}/notes`, { text: 'not for the north' });
    await org.as.admin.post(`jobs/${own.jobs}/notes`, { text: 'for the north' });
    await eventually(async () => heard.some(({ type, seq }) => type === 'job.noted' && seq > before));
    // Gapless all the same: what they may not see has its place.
    expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, at) => at + 1));
    expect(shown(heard)).toEqual([]);
    socket.close();
  });

  it('sees nothing while bound to no area, and the new areas at once', async () => {
    const cut = manager.live();
    await new Promise((resolve) => cut.once('ready', resolve));
    const signedOut = new Promise((resolve) => cut.once('signed_out', resolve));
    await bind([]);
    await signedOut;
    const none = await manager.get<{ items: unknown[] }>('jobs');
    expect(none.body.items).toEqual([]);
    await bind([other.areas!]);
    expect((await manager.get(`jobs/${other.jobs}`)).status).toBe(200);
    expect((await manager.get(`jobs/${own.jobs}`)).status).toBe(404);
    await bind([own.areas!]);
  });

  it('is bound only to areas there are, and nobody else is', async () => {
    const patch = (id: string, body: object) =>
      org.as.admin.patch<{ errors?: { field: string }[] }>(`users/${id}`, body);
    const unknown = await patch(org.users.area_manager.id, { areaIds: [other.jobs] });
    expect(unknown.body.errors?.[0]?.field).toBe('areaIds[0]');
    const dispatcher = await patch(org.users.dispatcher.id, { areaIds: [own.areas] });
    expect(dispatcher.body.errors?.[0]?.field).toBe('areaIds');
    expect((await manager.patch('me', { areaIds: [other.areas] })).status).toBe(422);
    const key = await org.as.admin.post<{ secret: string; areaIds: string[] }>('api-keys', {
      name: 'north',
      role: 'area_manager',
      scopes: ['job:read'],
      areaIds: [own.areas],
    });
    expect(key.body.areaIds).toEqual([own.areas]);
  });

  /** Everything of the other area, as an administrator sees it. */
  const snapshot = async () => {
    const seen: Record<string, unknown> = {};
    for (const [collection, id] of Object.entries(other)) {
      const { status, body } = await org.as.admin.get(`${collection}/${id}`);
      if (status === 200) seen[collection] = body;
    }
    return seen;
  };

  it('is held to their areas in every table that holds something of an area', async () => {
    const rows = await withClient(app.ownerUrl, async (client) => {
      const found = await client.query<{ name: string; bound: boolean }>(
        `SELECT c.relname AS name, EXISTS (
           SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'areas' AND NOT p.polpermissive) AS bound
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
      );
      return found.rows;
    });
    expect(rows.filter(({ name, bound }) => !bound && !SHARED[name]).map(({ name }) => name)).toEqual([]);
    expect(rows.filter(({ name, bound }) => bound && SHARED[name]).map(({ name }) => name)).toEqual([]);
  });
});
