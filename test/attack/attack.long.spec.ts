import type { OpenAPIObject } from '@nestjs/swagger';
import { newId } from '#kernel';
import { type DeclaredRoute, DeclaredRoutes } from '#platform';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { makeCity, type RouteRows } from '../identity/route-rows.js';
import { sampleBody, sampleQuery } from '../identity/sample-request.js';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { HealthWatch } from './health-watch.js';
import { BOMBS, packings } from './packings.js';
import { type Attack, specialBodies } from './special-bodies.js';
import { Target } from './target.js';
import { overfull, worstBody } from './worst-body.js';
import { slowness } from './yardstick.js';

const MAX_TURN_MS = 100;
const MAX_HEALTH_MS = 250;
const MAX_GROWTH_BYTES = 300 * 1024 * 1024;

/** These end what the attack needs: the session, the account. */
const ENDING = ['/sessions/current', '/me/password', '/sessions', '/users/:id', '/sessions/:id'];

const named = ({ method, path }: DeclaredRoute) => `${method} ${path}`;

/**
 * Sends every route the worst bodies it takes, before and after sign-in, plain and packed, and reads the api's own probe.
 * @TODO not yet seen to pass: one request got no answer within 300 s; ATTACK_REPORT=1 names the slowest.
 */
describe('under attack', () => {
  let app: TestApp;
  let org: TestOrganization;
  let target: Target;
  let rows: RouteRows;
  let routes: DeclaredRoute[];
  let document: OpenAPIObject;
  let special: Record<string, Attack[]>;
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
      signal: AbortSignal.timeout(60_000),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(type ? { 'content-type': type } : {}),
        ...headers,
      },
      ...(route.method === 'GET' ? {} : { body }),
    }).catch((error: Error) => {
      throw new Error(`${named(route)}: ${attack.name}: ${String(error.cause ?? error)}`);
    });
    const answer = await response.text();
    if (process.env.ATTACK_TRACE && attack.expect && attack.expect !== response.status)
      require('fs').appendFileSync(process.env.ATTACK_TRACE, answer.slice(0, 2000) + '\n');
    return response.status;
  };

  const json = (name: string, value: unknown): Attack => ({
    name,
    body: Buffer.from(JSON.stringify(value)),
    type: 'application/json',
  });

  /** The worst of every kind that a route takes, and what is about as large and means nothing. */
  const attacksOn = (route: DeclaredRoute): Attack[] => {
    if (route.method === 'GET') return [{ name: 'asked for', body: Buffer.alloc(0) }];
    const { maxBytes, maxJsonBytes = maxBytes, maxValues } = route.body;
    const limits = { maxBytes: maxJsonBytes, maxValues };
    const worst = worstBody(document, route.path, route.method);
    const more = overfull(worst, limits);
    const room = maxJsonBytes - 100;
    const values = Math.min(maxValues - 10, Math.floor(room / 3));
    return [
      ...(worst === undefined ? [] : [json('the largest that is documented', worst)]),
      ...(more === undefined ? [] : [json('a list as long as there is room for', more)]),
      json('one long text', { name: 'x'.repeat(room), email: 'x' }),
      json(
        'as many fields as there is room for',
        Object.fromEntries(Array.from({ length: Math.floor(values / 6) }, (_, n) => [`f${n}`, 1])),
      ),
      {
        name: 'as many objects',
        body: Buffer.from(`{"jobs":[${'{},'.repeat(Math.floor(values / 2) - 3)}{}]}`),
        type: 'application/json',
      },
      { name: 'brackets', body: Buffer.from('['.repeat(room)), type: 'application/json' },
      ...(special[named(route)] ?? []),
    ];
  };

  /** `ATTACK_ROUTE='POST .*import'` narrows the attack while a cause is looked for. */
  const wanted = new RegExp(process.env.ATTACK_ROUTE ?? '');
  const attackable = () =>
    routes.filter((route) => wanted.test(named(route)) && !ENDING.some((end) => route.path.endsWith(end)));

  /** The first request of a kind compiles what handles it; what is measured is every one after. */
  const warmUp = async () => {
    for (const route of attackable()) {
      const body = sampleBody(document, route.path, route.method);
      if (route.method === 'DELETE') continue;
      await send(route, json('sample', body instanceof FormData ? {} : (body ?? {})), tokenFor(route));
      await send(route, json('empty', {}), tokenFor(route));
    }
  };

  it('no request takes the event loop for longer than 100 ms, whatever its body', async () => {
    await warmUp();
    const report: [what: string, turnMs: number, status: number][] = [];
    const unexpected: string[] = [];
    for (const route of attackable().sort(
      (a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'),
    ))
      for (const attack of attacksOn(route)) {
        await target.forget();
        const t0 = performance.now();
        const status = await send(route, attack, tokenFor(route));
        const { longestTurnMs, residentBytes } = await target.read();
        report.push([`${named(route)}: ${attack.name}`, longestTurnMs, status]);
        if (process.env.ATTACK_TRACE)
          require('fs').appendFileSync(
            process.env.ATTACK_TRACE,
            `${Date.now()} ${Math.round(performance.now() - t0)} ms turn ${longestTurnMs.toFixed(0)} ${status} rss ${(residentBytes / 2 ** 20).toFixed(0)} ${named(route)}: ${attack.name} ${Buffer.isBuffer(attack.body) ? attack.body.length : 'form'}\n`,
          );
        if (attack.expect && attack.expect !== status)
          unexpected.push(`${named(route)}: ${attack.name}: ${status}, not ${attack.expect}`);
      }
    expect(unexpected).toEqual([]);
    const limit = MAX_TURN_MS * slowness();
    const longest = [...report].sort((a, b) => b[1] - a[1]);
    if (process.env.ATTACK_REPORT)
      console.info(
        longest
          .slice(0, 40)
          .map((line) => line.join(' '))
          .join('\n'),
        `limit ${limit}`,
      );
    expect(longest.filter(([, turnMs]) => turnMs > limit)).toEqual([]);
    expect(report.filter(([, , status]) => status >= 500)).toEqual([]);
    expect(target.running).toBe(true);
  }, 900_000);

  it('health is answered in time and memory stays bounded, before and after sign-in, in every encoding', async () => {
    const rest = (await target.read()).residentBytes;
    let most = 0;
    const watching = setInterval(
      () =>
        void target.read().then(
          ({ residentBytes }) => {
            most = Math.max(most, residentBytes);
          },
          () => undefined,
        ),
      100,
    );
    const before = slowness();
    const health = await HealthWatch.start(target.url);
    const statuses = new Map<number, number>();
    const volley = async (work: (() => Promise<number>)[]) => {
      const queue = [...work];
      const shooter = async () => {
        for (let next = queue.pop(); next; next = queue.pop()) {
          const status = await next();
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      };
      await Promise.all(Array.from({ length: 24 }, shooter));
    };
    const packed = Object.entries(packings()).flatMap(([encoding, pack]) =>
      Object.entries(BOMBS).map(([name, content]) => ({ name, encoding, body: pack(content) })),
    );
    const types = ['application/json', 'text/csv', 'application/geo+json', 'multipart/form-data; boundary=x'];
    const changing = attackable().filter(({ method }) => method !== 'GET' && method !== 'DELETE');
    // A stranger: two hundred and fifty bombs at the door, then some at every other.
    const doors = routes.filter(({ method, path }) => method === 'POST' && path.endsWith('/sessions'));
    expect(doors).toHaveLength(1);
    await volley(
      Array.from({ length: 250 }, (_, n) => () => {
        const { encoding, ...bomb } = packed[n % packed.length]!;
        return send(doors[0]!, { ...bomb, type: types[n % types.length] }, null, {
          'content-encoding': encoding,
        });
      }),
    );
    for (const token of ['nobody', 'somebody'] as const) {
      await volley(
        changing.flatMap((route, at) =>
          packed.map(
            ({ encoding, ...bomb }, n) =>
              () =>
                send(
                  route,
                  // The types it reads, and once in a while one that it does not.
                  {
                    ...bomb,
                    type:
                      (n + at) % 3 === 0
                        ? types[n % types.length]
                        : route.body.types[n % route.body.types.length],
                  },
                  token === 'nobody' ? null : tokenFor(route),
                  { 'content-encoding': encoding },
                ),
          ),
        ),
      );
      await volley(
        changing.flatMap((route) =>
          attacksOn(route).map(
            (attack) => () => send(route, attack, token === 'nobody' ? null : tokenFor(route)),
          ),
        ),
      );
    }
    const photo = special['POST /api/v1/jobs/:id/proof']![0]!;
    const proof = routes.find(({ method, path }) => method === 'POST' && path.endsWith('/proof'))!;
    await volley(Array.from({ length: 24 }, () => () => send(proof, photo, org.as.admin.token)));
    const report = await health.stop();
    clearInterval(watching);
    const slow = Math.max(before, slowness());
    if (process.env.ATTACK_REPORT)
      console.info({ ...report, slow, restMB: rest / 2 ** 20, mostMB: most / 2 ** 20, statuses });
    expect(report.failed).toBe(0);
    expect(report.asked).toBeGreaterThan(100);
    // An idle server that is late at the same time says how much of it is the machine's.
    expect(report.worstMs).toBeLessThanOrEqual(MAX_HEALTH_MS * slow + 3 * report.idleWorstMs);
    expect(most - rest).toBeLessThanOrEqual(MAX_GROWTH_BYTES);
    expect([...statuses.keys()].filter((status) => status >= 500 && status !== 503)).toEqual([]);
    expect(target.running).toBe(true);
  }, 900_000);
});
