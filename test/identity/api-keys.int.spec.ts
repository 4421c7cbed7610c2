import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { Client } from '../support/client.js';

interface KeyBody {
  id: string;
  prefix: string;
  secret: string | null;
  usedAt: string | null;
  revokedAt: string | null;
  errors?: { field: string }[];
}

describe('API keys', () => {
  let app: TestApp;
  let org: TestOrganization;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    org = await app.organization();
  });
  afterAll(() => app?.stop());

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
