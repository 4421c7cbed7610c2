import type { OpenAPIObject } from '@nestjs/swagger';
import { newId } from '#kernel';
import { type DeclaredRoute, DeclaredRoutes } from '#platform';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { makeCity, type RouteRows } from '../identity/route-rows.js';
import { sampleBody, sampleQuery } from '../identity/sample-request.js';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { attacksOn, named } from './attacks.js';
import { HealthWatch } from './health-watch.js';
import { BOMBS, packings } from './packings.js';
import { type Attack, jsonAttack, specialBodies } from './special-bodies.js';
import { Target } from './target.js';
import { slowness } from './yardstick.js';

const MAX_TURN_MS = 100;
const MAX_HEALTH_MS = 250;
const MAX_GROWTH_BYTES = 300 * 1024 * 1024;
const SHOOTERS = 24;

/** These end what the attack needs: the session, the account. */
const ENDING = ['/sessions/current', '/me/password', '/sessions', '/users/:id', '/sessions/:id'];

/** `ATTACK_ROUTE='POST .*import'` narrows the attack while a cause is looked for. */
const WANTED = new RegExp(process.env.ATTACK_ROUTE ?? '');

/** What is read has been filled before, and is taken away at last. */
const turnOf = ({ method }: DeclaredRoute) => ['GET', 'DELETE'].indexOf(method);

const say = (...lines: string[]) => process.stderr.write(`${lines.join('\n')}\n`);
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

/** Sends every route the worst bodies it takes, before and after sign-in, plain and packed, and reads the api's own probe. */
describe('under attack', () => {
  let app: TestApp;
  let org: TestOrganization;
  let target: Target;
  let rows: RouteRows;
  let routes: DeclaredRoute[];
  let document: OpenAPIObject;
  let special: Record<string, Attack[]>;
  /** Of the api that nobody has asked anything yet. */
  let rest: number;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    org = await app.organization();
    rows = (await makeCity(app, org)).rows;
    document = openApiDocument(app.api);
    routes = app.api
      .get(DeclaredRoutes)
      .all()
      .filter(({ path }) => path.startsWith('/api/'));
    special = await specialBodies();
    target = await Target.start(app);
    rest = (await target.forget()).mostResidentBytes;
  }, 600_000);
  afterAll(async () => {
    await target?.stop();
    await app?.stop();
  });

  const urlOf = ({ path, method }: DeclaredRoute) => {
    const segments = path.split('/');
    const filled = segments.map((segment, at) =>
      segment.startsWith(':') ? (rows[segments[at - 1]!] ?? newId()) : segment,
    );
    return `${target.url}${filled.join('/')}${sampleQuery(document, path, method)}`;
  };
  const tokenFor = ({ path }: DeclaredRoute) =>
    (/\/me\/(positions|operations)/.test(path) ? org.as.worker : org.as.admin).token;

  const send = async (
    route: DeclaredRoute,
    attack: Attack,
    token: string | null | undefined,
    headers: Record<string, string> = {},
  ): Promise<number> => {
    const { body, type } = attack;
    const response = await fetch(urlOf(route), {
      method: route.method,
      signal: AbortSignal.timeout(120_000),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(type ? { 'content-type': type } : {}),
        ...headers,
      },
      ...(route.method === 'GET' ? {} : { body }),
    }).catch((error: Error) => {
      throw new Error(`${named(route)}: ${attack.name}: ${String(error.cause ?? error)}`);
    });
    await response.arrayBuffer();
    return response.status;
  };

  const attackable = () =>
    routes
      .filter((route) => WANTED.test(named(route)) && !ENDING.some((end) => route.path.endsWith(end)))
      .sort((a, b) => turnOf(a) - turnOf(b));

  /** The first request of a kind compiles what handles it; what is measured is every one after. */
  const warmUp = async () => {
    for (const route of attackable()) {
      const body = sampleBody(document, route.path, route.method);
      if (route.method === 'DELETE') continue;
      await send(route, jsonAttack('sample', body instanceof FormData ? {} : (body ?? {})), tokenFor(route));
      await send(route, jsonAttack('empty', {}), tokenFor(route));
    }
  };

  it('no request takes the event loop for longer than 100 ms, whatever its body', async () => {
    await warmUp();
    const report: { what: string; turnMs: number; status: number; wanted: number | undefined }[] = [];
    let most = 0;
    const before = slowness();
    for (const route of attackable())
      for (const attack of attacksOn(route, document, special)) {
        await target.forget();
        const status = await send(route, attack, tokenFor(route));
        const { longestTurnMs: turnMs, mostResidentBytes } = await target.read();
        most = Math.max(most, mostResidentBytes);
        report.push({ what: `${named(route)}: ${attack.name}`, turnMs, status, wanted: attack.expect });
      }
    const slow = Math.max(before, slowness());
    const limit = MAX_TURN_MS * slow;
    report.sort((a, b) => b.turnMs - a.turnMs);
    say(
      `${report.length} attacks; a turn of the event loop takes at most ${Math.round(limit)} ms here (slowness ${slow.toFixed(2)})`,
      ...report
        .slice(0, process.env.ATTACK_REPORT ? 40 : 5)
        .map(({ what, turnMs, status }) => `  ${turnMs.toFixed(0)} ms  ${status}  ${what}`),
      `memory: ${megabytes(most - rest)} MB above rest (${megabytes(rest)} MB)`,
    );
    expect(report.filter(({ status, wanted }) => wanted && wanted !== status)).toEqual([]);
    expect(report.filter(({ turnMs }) => turnMs > limit)).toEqual([]);
    expect(report.filter(({ status }) => status >= 500)).toEqual([]);
    expect(most - rest).toBeLessThanOrEqual(MAX_GROWTH_BYTES);
    expect(target.running).toBe(true);
  }, 900_000);

  it('health is answered in time and memory stays bounded, before and after sign-in, in every encoding', async () => {
    const health = await HealthWatch.start(target.url);
    const laps: { what: string; worstMs: number; idleWorstMs: number; failed: number; grown: number }[] = [];
    const statuses = new Map<number, number>();
    await target.forget();
    const before = slowness();
    const volley = async (what: string, work: (() => Promise<number>)[]) => {
      const queue = work.reverse();
      const shooter = async () => {
        for (let next = queue.pop(); next; next = queue.pop()) {
          const status = await next();
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      };
      const count = work.length;
      await Promise.all(Array.from({ length: SHOOTERS }, shooter));
      const { worstMs, idleWorstMs, asked, failed } = await health.lap();
      const grown = (await target.forget()).mostResidentBytes - rest;
      laps.push({ what, worstMs, idleWorstMs, failed, grown });
      say(
        `${what}: ${count} requests; health asked ${asked} times, at most ${Math.round(worstMs)} ms late (an idle server ${Math.round(idleWorstMs)} ms); memory ${megabytes(grown)} MB above rest`,
      );
    };
    const packed = Object.entries(packings()).flatMap(([encoding, pack]) =>
      Object.entries(BOMBS).map(([name, content]) => ({ name, encoding, body: pack(content) })),
    );
    const types = ['application/json', 'text/csv', 'application/geo+json', 'multipart/form-data; boundary=x'];
    const changing = attackable().filter(({ method }) => method !== 'GET' && method !== 'DELETE');
    const doors = routes.filter(({ method, path }) => method === 'POST' && path.endsWith('/sessions'));
    expect(doors).toHaveLength(1);
    await volley(
      'a stranger with 250 bombs at the door',
      Array.from({ length: 250 }, (_, n) => () => {
        const { encoding, ...bomb } = packed[n % packed.length]!;
        return send(doors[0]!, { ...bomb, type: types[n % types.length] }, null, {
          'content-encoding': encoding,
        });
      }),
    );
    for (const who of ['nobody', 'somebody'] as const) {
      const tokenOf = (route: DeclaredRoute) => (who === 'nobody' ? null : tokenFor(route));
      await volley(
        `${who}, bombs at every route`,
        changing.flatMap((route, at) =>
          packed.map(({ encoding, ...bomb }, n) => () => {
            // The types it reads, and once in a while one that it does not.
            const kinds = (n + at) % 3 === 0 ? types : route.body.types;
            return send(route, { ...bomb, type: kinds[n % kinds.length] }, tokenOf(route), {
              'content-encoding': encoding,
            });
          }),
        ),
      );
      await volley(
        `${who}, the worst bodies at every route`,
        changing.flatMap((route) =>
          attacksOn(route, document, special).map((attack) => () => send(route, attack, tokenOf(route))),
        ),
      );
    }
    const photo = special['POST /api/v1/jobs/:id/proof']![0]!;
    const proof = routes.find(({ method, path }) => method === 'POST' && path.endsWith('/proof'))!;
    await volley(
      '24 photos at once',
      Array.from({ length: 24 }, () => () => send(proof, photo, org.as.admin.token)),
    );
    await health.stop();
    const slow = Math.max(before, slowness());
    say(
      `answers: ${[...statuses].map(([status, count]) => `${status} ${count} times`).join(', ')}; slowness ${slow.toFixed(2)}`,
    );
    // An idle server that is late at the same time says how much of it is the machine's.
    expect(
      laps.filter(({ worstMs, idleWorstMs }) => worstMs > MAX_HEALTH_MS * slow + 3 * idleWorstMs),
    ).toEqual([]);
    expect(laps.filter(({ grown }) => grown > MAX_GROWTH_BYTES)).toEqual([]);
    expect(laps.filter(({ failed }) => failed > 0)).toEqual([]);
    expect([...statuses.keys()].filter((status) => status >= 500 && status !== 503)).toEqual([]);
    expect(target.running).toBe(true);
  }, 900_000);
});
