import { Writable } from 'node:stream';
import { pino } from 'pino';
import { type NewPrivateLink, PrivateLinksService } from '#identity';
import { newId } from '#kernel';
import { logOptions } from '../../apps/log-options.js';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { Client } from '../support/client.js';
import { endpoint, signedHeaders, startWithLinks } from './links-and-webhooks.js';

interface KeyBody {
  id: string;
  prefix: string;
  secret: string | null;
  usedAt: string | null;
  revokedAt: string | null;
  errors?: { field: string }[];
}

let app: TestApp;
let org: TestOrganization;
beforeAll(async () => {
  app = await startTestApp({ workers: 1 });
  org = await app.organization();
});
afterAll(() => app?.stop());

describe('API keys', () => {
  const make = (body: object, key?: string) =>
    org.as.admin.post<KeyBody>('api-keys', { name: 'import', ...body }, key ? { key } : {});

  it('shows the key once and keeps only its hash', async () => {
    const { status, body } = await make({ scopes: ['organization:read'] });
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^dsk_[\w-]{43}$/);
    const list = await org.as.admin.get<{ items: KeyBody[] }>('api-keys');
    expect(list.body.items[0]).toMatchObject({ id: body.id, prefix: body.secret!.slice(0, 10) });
    const rows = await app.uow.run(org.id, async (tx) => [
      await tx.sql(`SELECT * FROM api_keys`),
      await tx.sql(`SELECT * FROM commands`),
      await tx.sql(`SELECT * FROM facts`),
    ]);
    expect(JSON.stringify([rows, list.body])).not.toContain(body.secret!);
  });

  it('makes one key for one command, and does not show it again', async () => {
    const [first, again] = [
      await make({ scopes: ['job:read'] }, 'once'),
      await make({ scopes: ['job:read'] }, 'once'),
    ];
    expect(again.body.id).toBe(first.body.id);
    expect(again.body.secret).toBeNull();
    expect((await make({ scopes: ['job:write'] }, 'once')).status).toBe(422);
  });

  it('lets a key do what its scopes say and nothing else', async () => {
    const { body } = await make({ scopes: ['organization:read'] });
    const client = new Client(app.url, body.secret!);
    const me = await client.get('me');
    expect(me.body).toMatchObject({
      kind: 'api_key',
      id: body.id,
      scopes: ['organization:read'],
      email: null,
    });
    expect((await client.get('organization')).status).toBe(200);
    expect((await client.get('users')).status).toBe(200);
    expect((await client.patch('organization', { name: 'Mine' })).status).toBe(403);
    expect((await client.get('journal')).status).toBe(404);
    expect((await client.get('api-keys')).status).toBe(404);
    expect((await client.post('me/password', { currentPassword: 'x', newPassword: 'y' })).status).toBe(404);
    const list = await org.as.admin.get<KeyBody>(`api-keys/${body.id}`);
    expect(list.body.usedAt).not.toBeNull();
  });

  it('opens the live channel only to a key with that scope, and cuts it when the key is revoked', async () => {
    const refused = new Client(app.url, (await make({ scopes: ['job:write'] })).body.secret!).live();
    const error = await new Promise<{ data?: { status: number } }>((resolve) =>
      refused.once('connect_error', (reason) => resolve(reason as { data?: { status: number } })),
    );
    expect(error.data?.status).toBe(404);
    refused.close();

    const { body } = await make({ scopes: ['live:read'] });
    const client = new Client(app.url, body.secret!);
    const socket = client.live();
    await new Promise((resolve) => socket.once('ready', resolve));
    const cut = new Promise((resolve) => socket.once('signed_out', resolve));
    expect((await org.as.admin.delete(`api-keys/${body.id}`)).status).toBe(204);
    expect(await cut).toEqual({ reason: 'revoked' });
    expect((await client.get('me')).status).toBe(401);
    expect((await org.as.admin.delete(`api-keys/${body.id}`)).status).toBe(204);
  });

  it('names what is wrong with a new key', async () => {
    const wrong: [string, object][] = [
      ['scopes', { scopes: [] }],
      ['scopes', { scopes: ['everything'] }],
      ['role', { scopes: ['job:read'], role: 'admin' }],
      ['role', { scopes: ['job:read'], role: null }],
      ['expiresAt', { scopes: ['job:read'], expiresAt: '2001-01-01T00:00:00Z' }],
      ['expiresAt', { scopes: ['job:read'], expiresAt: 'soon' }],
      ['name', { scopes: ['job:read'], name: ' ' }],
    ];
    for (const [field, body] of wrong) {
      const answer = await make(body);
      expect([field, answer.status, answer.body.errors?.[0]?.field]).toEqual([field, 422, field]);
    }
  });
});

describe('private links and webhooks', () => {
  let linked: Awaited<ReturnType<typeof startWithLinks>>;
  beforeAll(async () => {
    linked = await startWithLinks(app.env);
  });
  afterAll(() => linked?.stop());

  const HOUR_MS = 3_600_000;
  const links = () => app.api.get(PrivateLinksService);
  const make = (changes: Partial<NewPrivateLink> = {}, orgId = org.id) =>
    app.uow.run(orgId, (tx) =>
      links().create(tx, {
        subjectType: 'job',
        subjectId: newId(),
        scopes: ['visit.read'],
        expiresAt: new Date(Date.now() + HOUR_MS),
        ...changes,
      }),
    );
  const holder = (secret: string) => new Client(linked.url, secret);
  const factsAbout = (id: string) =>
    app.uow.run(org.id, async (tx) =>
      (await tx.sql<{ by: string }>(`SELECT data->>'by' AS by FROM facts WHERE subject_id = $1`, [id])).map(
        ({ by }) => by,
      ),
    );

  it('open one row and what their scopes say, and nothing else of the product', async () => {
    const { link, secret } = await make();
    expect(secret).toMatch(/^dsl_[\w-]{43}$/);
    const opened = await holder(secret).get('test/visit');
    expect(opened).toMatchObject({ status: 200, body: { subjectType: 'job', subjectId: link.subjectId } });
    for (const path of ['me', 'jobs', 'organization', `jobs/${link.subjectId}`])
      expect([path, (await holder(secret).get(path)).status]).toEqual([path, 401]);
    // An account or a key opens no link's route either.
    expect((await new Client(linked.url, org.as.admin.token).get('test/visit')).status).toBe(401);

    const rated = await make({ scopes: ['visit.rate'] });
    expect((await holder(rated.secret).post('test/visit/rate', { stars: 5 })).status).toBe(201);
    expect(await factsAbout(rated.link.subjectId)).toEqual(['private_link: 5']);
  });

  it('are answered alike whether they were revoked, have expired, open other things or never were', async () => {
    const [revoked, expired, other] = [await make(), await make(), await make({ scopes: ['visit.rate'] })];
    await app.uow.run(org.id, async (tx) => {
      await links().revoke(tx, revoked.link.id);
      await links().revoke(tx, revoked.link.id);
      await tx.sql(`UPDATE private_links SET expires_at = now() WHERE id = $1`, [expired.link.id]);
    });
    const answers: object[] = [];
    for (const secret of [
      revoked.secret,
      expired.secret,
      other.secret,
      `dsl_${'x'.repeat(43)}`,
      'x',
      undefined,
    ]) {
      const { status, body } = await new Client(linked.url, secret).get<Record<string, unknown>>(
        'test/visit',
      );
      answers.push({ status, ...body, requestId: undefined });
    }
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(answers[0]).toMatchObject({ status: 401, code: 'LINK_INVALID' });
  });

  it('belong to one organisation: another neither lists nor ends them', async () => {
    const stranger = await app.organization();
    const { link, secret } = await make();
    await app.uow.run(stranger.id, async (tx) => {
      expect(await links().list(tx, link.subjectId)).toEqual([]);
      await expect(links().revoke(tx, link.id)).rejects.toMatchObject({ status: 404 });
    });
    expect((await holder(secret).get('test/visit')).status).toBe(200);
    const [listed] = await app.uow.run(org.id, (tx) => links().list(tx, link.subjectId));
    expect(listed).toMatchObject({ id: link.id, revokedAt: null });
  });

  it('leave no secret behind, in the database or in a log', async () => {
    const { secret } = await make();
    await holder(secret).get('test/visit');
    const rows = await app.uow.run(org.id, async (tx) => [
      await tx.sql('SELECT * FROM private_links'),
      await tx.sql('SELECT * FROM facts'),
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret);
    let logged = '';
    const log = pino(
      { ...(logOptions(app.env).pinoHttp as object), level: 'debug', serializers: {} },
      new Writable({
        write: (line, _encoding, done) => {
          logged += line;
          done();
        },
      }),
    );
    log.info({ req: { headers: { authorization: `Bearer ${secret}` } } }, 'asked');
    expect(logged).toContain('[redacted]');
    expect(logged).not.toContain(secret);
  });

  it('end within a year', async () => {
    for (const expiresAt of [new Date(), new Date(Date.now() + 367 * 24 * HOUR_MS)])
      await expect(make({ expiresAt })).rejects.toMatchObject({ errors: [{ field: 'expiresAt' }] });
  });

  it('of providers are taken once each, signed, from the last five minutes', async () => {
    endpoint.orgId = org.id;
    const send = (body: string, headers: Record<string, string>) =>
      new Client(linked.url).post<{ code?: string; replayed?: boolean }>('test/paid', body, {
        headers,
        key: null,
      });
    const body = '{ "paid":  true }';
    const headers = signedHeaders(body);
    const answers = [await send(body, headers), await send(body, headers)];
    expect(answers).toMatchObject([
      { status: 200, body: { got: 17, replayed: false } },
      { status: 200, body: { got: 17, replayed: true } },
    ]);
    expect(await factsAbout(endpoint.id)).toEqual([`webhook: ${body}`]);

    const refused = [
      await send('{"paid": true}', headers),
      await send(body, signedHeaders(body, { secret: Buffer.from('of somebody else') })),
      await send(body, signedHeaders(body, { at: Date.now() - 301_000 })),
      await send(body, signedHeaders(body, { at: Date.now() + 302_000 })),
      await send(body, { ...signedHeaders(body), 'webhook-timestamp': 'now' }),
      await send(body, { ...signedHeaders(body), 'x-endpoint': newId() }),
      await send(body, { 'content-type': 'application/json', 'x-endpoint': endpoint.id }),
    ];
    expect(refused.map(({ status, body: { code } }) => [status, code])).toEqual(
      refused.map(() => [401, 'WEBHOOK_REFUSED']),
    );
    expect(await factsAbout(endpoint.id)).toHaveLength(1);
  });
});
