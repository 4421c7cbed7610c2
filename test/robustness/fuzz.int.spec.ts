import type { OpenAPIObject } from '@nestjs/swagger';
import { Client as Postgres } from 'pg';
import { seededRandom } from '#kernel';
import { DeclaredRoutes } from '#platform';
import { makeCity } from '../identity/route-rows.js';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { orphans } from '../support/orphans.js';
import { type FuzzRequest, type Operation, operationsOf, RequestMaker } from './fuzz/requests.js';
import { Wire, type WireAnswer } from './fuzz/wire.js';
import { tokenEndingIn } from './tokens.js';

const HOSTILE_VALUES = 10;
const AT_ONCE = 6;
/** After this only a share of the requests is sent, chosen by the seed. */
const BUDGET_MS = 60_000;
const LATE_SHARE = 0.15;
/** Whatever comes in, somebody is counted or seen there. */
const BOOKKEEPING = ['rate_limits', 'socket_io_attachments', 'migrations'];

interface Told {
  request: FuzzRequest;
  answer: WireAnswer;
}

describe('requests that no client of ours would send', () => {
  let app: TestApp;
  let org: TestOrganization;
  let owner: Postgres;
  let wire: Wire;
  let ids: string[];
  let tables: string[];
  const seed = Number(process.env.SEED ?? 20_261_123);
  const random = seededRandom(seed);

  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    org = await app.organization();
    ids = Object.values((await makeCity(app, org)).rows);
    // From here on nothing changes by itself.
    await Promise.all(app.workers.splice(0).map((worker) => worker.close()));
    owner = new Postgres(app.ownerUrl);
    await owner.connect();
    const { rows } = await owner.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL($1)`,
      [BOOKKEEPING],
    );
    tables = rows.map(({ name }) => name);
    wire = new Wire(app.url);
  });
  afterAll(async () => {
    wire?.close();
    await owner?.end();
    await app?.stop();
  });

  /** One text that differs when any row differs. */
  const everything = async () => {
    const { rows } = await owner.query<{ all: string }>(
      tables
        .map(
          (t) =>
            `SELECT '${t}: ' || coalesce(md5(string_agg(x::text, E'\\n' ORDER BY x::text)), '') AS all FROM ${t} x`,
        )
        .join(' UNION ALL '),
    );
    return rows.map((row) => row.all).sort();
  };

  const tell = async (requests: FuzzRequest[]): Promise<Told[]> => {
    const told: Told[] = [];
    const queue = [...requests];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let request = queue.shift(); request; request = queue.shift())
          told.push({
            request,
            answer: await wire
              .send(request)
              .catch((error: unknown) => ({ status: 0, contentType: '', text: String(error) })),
          });
      }),
    );
    return told;
  };

  it('are made from a document that is whole', async () => {
    const { body } = await org.as.admin.get<OpenAPIObject>('/api/openapi.json');
    const names = [...JSON.stringify(body).matchAll(/#\/components\/schemas\/([^"]*)"/g)].map(
      ([, name]) => name!,
    );
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !body.components?.schemas?.[name])).toEqual([]);
  });

  it('are refused with a problem that has a code and names the field, and change nothing', async () => {
    const document = await org.as.admin.get<OpenAPIObject>('/api/openapi.json');
    const operations = operationsOf(document.body);
    expect(operations.length).toBeGreaterThan(80);
    const unsigned = new Set(
      app.api
        .get(DeclaredRoutes)
        .all()
        .filter(({ access }) => access && 'public' in access)
        .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
    );
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const began = Date.now();
    let before = await everything();
    for (const operation of operations) {
      const admin = await app.signIn(org.users.admin.email);
      const worker = await app.signIn(org.users.worker.email);
      const tokens = { admin: admin.token!, worker: worker.token!, expired: tokenEndingIn(app, admin, -60) };
      before = await everything();
      const name = `${operation.method} ${operation.path}`;
      const open = unsigned.has(name);
      const all = new RequestMaker(document.body, random, tokens, ids).all(operation, HOSTILE_VALUES);
      // On a machine that is busy with other things every operation still gets its share.
      const late = Date.now() - began > BUDGET_MS;
      const told = await tell(late ? all.filter(() => random() < LATE_SHARE) : all);
      for (const one of told) {
        statuses.set(one.answer.status, (statuses.get(one.answer.status) ?? 0) + 1);
        const fault = faultOf(one, open) ?? undocumented(one, operation);
        if (fault) faults.push(`${name}, ${one.request.how}: ${fault}`);
      }
      if (told.some(({ answer }) => answer.status < 400)) {
        // What was refused is said again, alone: it must not have left anything.
        before = await everything();
        const again = await tell(
          told.filter(({ answer }) => answer.status >= 400).map(({ request }) => request),
        );
        if (again.some(({ answer }) => answer.status < 400)) continue;
      }
      const after = await everything();
      const changed = after.filter((line, at) => line !== before[at]);
      if (changed.length > 0) faults.push(`${name} changed ${changed.join(', ')} and said it did not`);
    }
    const summary = `SEED=${seed} ${JSON.stringify(Object.fromEntries(statuses))}`;
    process.stdout.write(`fuzz: ${operations.length} operations, ${summary}\n`);
    expect([summary, faults]).toEqual([summary, []]);
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect(await orphans(app.ownerUrl)).toEqual([]);
  });
});

/** A refusal that the API's document keeps quiet about, or null. */
const undocumented = ({ answer }: Told, { statuses }: Operation) =>
  statuses.includes(answer.status) ? null : `the document does not name ${answer.status}`;

/** What is wrong with an answer, or null. */
function faultOf({ request, answer }: Told, open: boolean): string | null {
  const { status, contentType, text } = answer;
  const said = `${status} ${text.slice(0, 300)}`;
  if (status === 0 || status >= 500) return said;
  if (request.only && status !== request.only && !(open && request.only === 401))
    return `not ${request.only} but ${said}`;
  if (status < 400) return null;
  if (!contentType.startsWith('application/problem+json')) return `${contentType}: ${said}`;
  const problem = JSON.parse(text) as { code?: string; status?: number; errors?: { field?: string }[] };
  if (!/^[A-Z][A-Z0-9_]+$/.test(problem.code ?? '') || problem.status !== status) return `no code: ${said}`;
  if (status === 422 && !problem.errors?.some(({ field }) => typeof field === 'string' && field !== ''))
    return `no field: ${said}`;
  return null;
}
