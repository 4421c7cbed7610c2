import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { isAllowed, type Who } from '#identity';
import { newId } from '#kernel';
import { type DeclaredRoute, DeclaredRoutes, LiveCommands, ROLES, type Role, SUBJECTS } from '#platform';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Answer, Client } from '../support/client.js';
import { type City, makeCity } from './route-rows.js';
import { sampleBody, sampleQuery } from './sample-request.js';

/** Rows of these cannot be made in a line; their routes are called with ids that do not exist. */
const WITHOUT_ROWS = [
  'alerts',
  'offers',
  'dry-runs',
  'parked-facts',
  'day-plans',
  'proof',
  'shifts',
  'shift-exceptions',
  'time-off',
  'uploads',
];

type Problem = { code?: string };

describe('every route', () => {
  let app: TestApp;
  let mine: TestOrganization;
  let theirs: TestOrganization;
  let city: City;
  let routes: DeclaredRoute[];
  let document: OpenAPIObject;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    mine = await app.organization();
    theirs = await app.organization();
    city = await makeCity(app, theirs);
    await makeCity(app, mine);
    routes = app.api.get(DeclaredRoutes).all();
    document = openApiDocument(app.api);
  });
  afterAll(() => app?.stop());

  const call = (client: Client, route: DeclaredRoute, idOf: (collection: string) => string) => {
    const segments = route.path.split('/');
    const path = segments
      .map((segment, at) => (segment.startsWith(':') ? idOf(segments[at - 1]!) : segment))
      .join('/');
    const query = sampleQuery(document, route.path, route.method);
    return client.send<Problem>(
      route.method,
      `${path}${query}`,
      sampleBody(document, route.path, route.method),
    );
  };
  const unknown = () => newId();
  const named = (route: DeclaredRoute) => `${route.method} ${route.path} (${route.handler})`;
  const rule = (route: DeclaredRoute) => route.access!;
  const hasId = (route: DeclaredRoute) => route.path.includes('/:');
  /** The routes that end the caller's own session come last. */
  const callable = () =>
    [...routes].sort((a, b) => Number(a.path.endsWith('/current')) - Number(b.path.endsWith('/current')));

  const expected = (who: Who, route: DeclaredRoute): 'refused' | 'hidden' | 'open' => {
    const access = rule(route);
    if (!('action' in access) || isAllowed(who, access.action, access.subject)) return 'open';
    return isAllowed(who, 'read', access.subject) ? 'refused' : 'hidden';
  };
  const check = (who: Who, route: DeclaredRoute, { status, body }: Answer<Problem>) => {
    const line = `${who.kind} ${who.role}: ${named(route)} → ${status} ${body.code ?? ''}`;
    const seen =
      status === 403
        ? 'refused'
        : status === 404
          ? 'hidden'
          : status < 500 && status !== 401
            ? 'open'
            : 'broken';
    const wanted = expected(who, route);
    // A row that does not exist, or is not for this caller, is 404 to those for whom the route is open too.
    if (wanted === 'open' && (seen === 'hidden' || (seen === 'broken' && isPublic(route) && status === 401)))
      return;
    // The sample lies in no area of theirs.
    if (wanted === 'open' && who.role === 'area_manager' && body.code === 'OUTSIDE_YOUR_AREAS') return;
    expect(`${line} is ${seen}`).toBe(`${line} is ${wanted}`);
  };
  const isPublic = (route: DeclaredRoute) => 'public' in rule(route);

  it('declares a rule that the ability table knows', () => {
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      const access = route.access;
      expect([named(route), access]).toEqual([named(route), expect.any(Object)]);
      if (access && 'action' in access) expect(SUBJECTS).toContain(access.subject);
    }
  });

  it('is in the API document, and the document has no other', () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const declared = routes
      .filter(({ path }) => path.startsWith('/api/'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(declared.sort()).toEqual(documented.sort());
  });

  it('cannot be started without a rule', async () => {
    @Controller('bare')
    class BareController {
      @Get()
      open() {
        return 'everything';
      }
    }
    @Module({ imports: [DiscoveryModule], controllers: [BareController], providers: [DeclaredRoutes] })
    class BareModule {}
    const start = NestFactory.createApplicationContext(BareModule, { logger: false, abortOnError: false });
    await expect(start).rejects.toThrow('BareController.open');
  });

  it('answers nobody with 401, unless it is public', async () => {
    for (const route of routes) {
      const { status, body } = await call(app.nobody, route, unknown);
      if (isPublic(route)) expect([named(route), status < 500]).toEqual([named(route), true]);
      else expect([named(route), status, body.code]).toEqual([named(route), 401, 'NOT_SIGNED_IN']);
      const forged = await call(new Client(app.url, 'a.forged.token'), route, unknown);
      if (!isPublic(route)) expect([named(route), forged.status]).toEqual([named(route), 401]);
    }
  });

  it.each(ROLES)(
    'answers a %s by its rule: 403 for what they see but may not change, 404 for the rest',
    async (role: Role) => {
      const { id, email } = mine.users[role];
      const client = await app.signIn(email);
      const { body } = await client.get<{ workerId: string | null }>('me');
      const who: Who = { kind: 'user', id, role, workerId: body.workerId ?? undefined };
      for (const route of callable()) check(who, route, await call(client, route, unknown));
    },
  );

  it('answers an API key by its scopes', async () => {
    const admin = await app.signIn(mine.users.admin.email);
    for (const scopes of [['job:read'], ['territory:write', 'workforce:read']]) {
      const { body } = await admin.post<{ id: string; secret: string }>('api-keys', {
        name: 'scoped',
        scopes,
      });
      const who: Who = { kind: 'api_key', id: body.id, role: 'dispatcher', scopes };
      const client = new Client(app.url, body.secret);
      for (const route of callable()) check(who, route, await call(client, route, unknown));
    }
  });

  it('treats the rows of another tenant as if they were not there', async () => {
    const admin = await app.signIn(mine.users.admin.email);
    const before = await snapshot();
    for (const route of callable().filter(hasId)) {
      const real = await call(admin, route, (collection) => city.rows[collection] ?? newId());
      const none = await call(admin, route, unknown);
      expect([named(route), real.status, real.body.code]).toEqual([
        named(route),
        none.status,
        none.body.code,
      ]);
      if (!isPublic(route)) expect([named(route), real.status >= 400]).toEqual([named(route), true]);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('says of an id that cannot be one what it says of one that is not there', async () => {
    const admin = await app.signIn(mine.users.admin.email);
    const seen = async (route: DeclaredRoute, id: string) => {
      const { status, body } = await call(admin, route, () => id);
      return [named(route), status, body.code];
    };
    for (const route of callable().filter(hasId))
      for (const id of ['not-a-uuid', '7', 'null', `${newId()}0`])
        expect(await seen(route, id)).toEqual([named(route), 404, 'NOT_FOUND']);
  });

  it('has a row behind every id it names, so that the check above means something', () => {
    const collections = new Set(
      routes.flatMap(({ path }) => [...path.matchAll(/([\w-]+)\/:/g)].map(([, collection]) => collection!)),
    );
    const missing = [...collections].filter((name) => !(name in city.rows) && !WITHOUT_ROWS.includes(name));
    expect(missing).toEqual([]);
  });

  it('shows a worker no row of another worker', async () => {
    const worker = await app.signIn(theirs.users.worker.email);
    const who: Who = { kind: 'user', id: theirs.users.worker.id, role: 'worker', workerId: city.ownWorkerId };
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const access = rule(route);
      if (!('action' in access) || !['Job', 'Worker', 'Offer', 'Shift', 'Conflict'].includes(access.subject))
        continue;
      const answer = await call(worker, route, (collection) => city.rows[collection] ?? newId());
      if (hasId(route)) expect([named(route), answer.status]).toEqual([named(route), 404]);
      const { items } = answer.body as { items?: { id: string }[] };
      for (const item of items ?? [])
        expect([named(route), item.id, isAllowed(who, 'read', access.subject, item)]).toEqual([
          named(route),
          item.id,
          true,
        ]);
    }
  });

  it.each(ROLES)(
    'answers the live commands of a %s by their rule, and bad frames with a problem',
    async (role: Role) => {
      const client = await app.signIn(mine.users[role].email);
      const { body } = await client.get<{ workerId: string | null }>('me');
      const who: Who = { kind: 'user', id: mine.users[role].id, role, workerId: body.workerId ?? undefined };
      const socket = client.live();
      await new Promise((resolve) => socket.once('ready', resolve));
      const ask = (event: string, payload: unknown) =>
        socket.emitWithAck(event, payload) as Promise<{ ok: boolean; problem?: { status: number } }>;
      for (const { event, action, subject } of app.api.get(LiveCommands).all())
        for (const payload of [null, 7, 'x', [], {}, { id: 'x' }, { areaIds: [newId()] }, { fixes: [{}] }]) {
          const { ok, problem } = await ask(event, payload);
          if (!isAllowed(who, action, subject))
            expect([event, ok, problem?.status]).toEqual([event, false, 404]);
          else expect([event, payload, ok || problem!.status < 500]).toEqual([event, payload, true]);
        }
      expect(await ask('no-such-command', {})).toMatchObject({ ok: false, problem: { status: 400 } });
      socket.close();
    },
  );

  /** Everything another tenant could have changed, as its own administrator sees it. */
  const snapshot = async () => {
    const admin = await app.signIn(theirs.users.admin.email);
    const seen: Record<string, unknown> = {};
    for (const [collection, id] of Object.entries(city.rows)) {
      const answer = await admin.get(`${collection}/${id}`);
      if (answer.status === 200) seen[collection] = answer.body;
    }
    return seen;
  };
});
