import { newId } from '#kernel';
import { PASSWORD, startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { Client, eventually } from '../support/client.js';

interface UserBody {
  id: string;
  version: number;
  email: string;
  role: string;
  disabled: boolean;
  code?: string;
  errors?: { field: string }[];
}

describe('accounts', () => {
  let app: TestApp;
  let org: TestOrganization;
  let other: TestOrganization;
  let count = 0;
  beforeAll(async () => {
    app = await startTestApp({ apis: 2, workers: 1 });
    org = await app.organization();
    other = await app.organization();
  });
  afterAll(() => app?.stop());

  const newUser = async (role = 'dispatcher') => {
    const email = `person${++count}@${org.id}.test`;
    const { status, body } = await org.as.admin.post<UserBody>('users', {
      email,
      password: PASSWORD,
      name: `Person ${count}`,
      role,
    });
    expect(status).toBe(201);
    return body;
  };

  /** Everything a live client is told, and whether it is still there. */
  const openLive = async (client: Client) => {
    const socket = client.live();
    const ended = new Promise<string>((resolve) =>
      socket.once('signed_out', ({ reason }) => resolve(reason)),
    );
    await new Promise((resolve, reject) => {
      socket.once('ready', resolve);
      socket.once('connect_error', reject);
    });
    return { socket, ended };
  };

  it('is of a worker that is there, and of one that no other account is of', async () => {
    const { admin } = org.as;
    const { body: worker } = await admin.post<{ id: string; version: number }>('workers', {
      name: 'Ann Lee',
    });
    const { body: left } = await admin.post<{ id: string }>('workers', { name: 'Li Wei' });
    await admin.delete(`workers/${left.id}`);
    const { body: theirs } = await other.as.admin.post<{ id: string }>('workers', { name: 'Bo' });
    const person = (workerId: string) => ({
      email: `person${++count}@${org.id}.test`,
      password: PASSWORD,
      name: 'Ann Lee',
      role: 'worker',
      workerId,
    });
    const user = await newUser('worker');
    for (const workerId of [newId(), left.id, theirs.id]) {
      const unknown = { status: 422, body: { errors: [{ field: 'workerId', code: 'NO_SUCH_WORKER' }] } };
      expect(await admin.post('users', person(workerId))).toMatchObject(unknown);
      expect(await admin.patch(`users/${user.id}`, { workerId })).toMatchObject(unknown);
    }
    expect((await admin.post('users', person(worker.id))).status).toBe(201);
    const taken = { status: 409, body: { code: 'WORKER_TAKEN' } };
    expect(await admin.post('users', person(worker.id))).toMatchObject(taken);
    expect(await admin.patch(`users/${user.id}`, { workerId: worker.id })).toMatchObject(taken);
  });

  it('knows an address once in the whole installation, whatever its case', async () => {
    const { email } = await newUser();
    const again = await org.as.admin.post<UserBody>('users', {
      email: email.toUpperCase(),
      password: PASSWORD,
      name: 'Again',
      role: 'worker',
    });
    expect([again.status, again.body.code]).toEqual([409, 'EMAIL_TAKEN']);
    const elsewhere = await other.as.admin.post<UserBody>('users', {
      email,
      password: PASSWORD,
      name: 'Elsewhere',
      role: 'worker',
    });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([409, 'EMAIL_TAKEN']);
  });

  it('names what is wrong with a new user', async () => {
    const good = { email: `good@${org.id}.test`, password: PASSWORD, name: 'Good', role: 'worker' };
    const wrong: [string, unknown][] = [
      ['email', 'nobody'],
      ['password', 'short'],
      ['name', '   '],
      ['name', null],
      ['role', 'emperor'],
      ['workerId', 'seven'],
      ['locale', 'tlh'],
      ['orgId', other.id],
    ];
    for (const [field, value] of wrong) {
      const { status, body } = await org.as.admin.post<UserBody>('users', { ...good, [field]: value });
      expect([field, status, body.errors?.[0]?.field]).toEqual([field, 422, field]);
    }
  });

  it('lists users page by page, each once, and only its own', async () => {
    for (let i = 0; i < 3; i++) await newUser('worker');
    const seen: UserBody[] = [];
    let cursor = '';
    do {
      const { body } = await org.as.admin.get<{ items: UserBody[]; nextCursor: string | null }>(
        `users?limit=4${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items);
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(11);
    expect(seen.some(({ id }) => Object.values(other.users).some((user) => user.id === id))).toBe(false);
    for (const bad of [
      'x',
      Buffer.from('["x","y"]').toString('base64url'),
      Buffer.from('[1]').toString('base64url'),
    ])
      expect((await org.as.admin.get(`users?cursor=${bad}`)).status).toBe(422);
  });

  it('shows the auditor names and addresses in outline only', async () => {
    const { body } = await org.as.auditor.get<{ items: UserBody[] }>('users');
    expect(body.items.every(({ email }) => email.includes('•••'))).toBe(true);
    expect((await org.as.auditor.get('users?search=admin')).status).toBe(422);
    const found = await org.as.dispatcher.get<{ items: UserBody[] }>('users?search=ADMIN@');
    expect(found.body.items.map(({ id }) => id)).toEqual([org.users.admin.id]);
  });

  it('refuses a change to a version that has gone, and moves the version on', async () => {
    const user = await newUser();
    const change = (version: number, name: string) =>
      org.as.admin.patch<UserBody>(`users/${user.id}`, { name }, { headers: { 'if-match': `"${version}"` } });
    const changed = await change(1, 'Renamed');
    expect([changed.status, changed.body.version, changed.headers.get('etag')]).toEqual([200, 2, '"2"']);
    expect((await change(1, 'Too late')).body.code).toBe('VERSION_CONFLICT');
  });

  it('keeps the last administrator, even from two who remove each other at once', async () => {
    const { id } = org.users.admin;
    for (const answer of [
      await org.as.admin.post<UserBody>(`users/${id}/disable`),
      await org.as.admin.patch<UserBody>(`users/${id}`, { role: 'worker' }),
      await org.as.admin.delete<UserBody>(`users/${id}`),
    ])
      expect([answer.status, answer.body.code]).toEqual([409, 'LAST_ADMIN']);
    const second = await newUser('admin');
    const both = await Promise.all([
      org.as.admin.post<UserBody>(`users/${id}/disable`, {}),
      org.as.admin.post<UserBody>(`users/${second.id}/disable`, {}),
    ]);
    expect(both.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    const left = await app.uow.run(org.id, (tx) =>
      tx.sql<{ id: string }>(`SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL`),
    );
    expect(left).toHaveLength(1);
    await app.uow.run(org.id, (tx) => tx.sql(`UPDATE users SET disabled_at = NULL WHERE id = $1`, [id]));
    org.as.admin = await app.signIn(org.users.admin.email);
  });

  it('shuts a disabled user out of every process at once: tokens, refresh, sign-in and sockets', async () => {
    const user = await newUser();
    const signed = await app.nobody.post<{ accessToken: string; refreshToken: string }>('sessions', {
      email: user.email,
      password: PASSWORD,
    });
    const clients = app.urls.map((url) => new Client(url, signed.body.accessToken));
    const live = await Promise.all(clients.map(openLive));
    expect((await org.as.admin.post(`users/${user.id}/disable`)).status).toBe(200);
    expect(await Promise.all(live.map(({ ended }) => ended))).toEqual(['revoked', 'revoked']);
    for (const client of clients) await eventually(async () => (await client.get('me')).status === 401);
    const { refreshToken } = signed.body;
    expect((await app.nobody.post('sessions/refresh', { refreshToken })).status).toBe(401);
    const again = await app.nobody.post<UserBody>('sessions', { email: user.email, password: PASSWORD });
    expect([again.status, again.body.code]).toEqual([401, 'USER_DISABLED']);

    expect((await org.as.admin.post(`users/${user.id}/enable`)).status).toBe(200);
    await app.signIn(user.email);
    expect((await clients[0]!.get('me')).status).toBe(401);
  });

  it('cuts the sockets of an ended session and leaves the others', async () => {
    const { email } = org.users.area_manager;
    const [one, two] = [await app.signIn(email), await app.signIn(email)];
    const [first, second] = [await openLive(one), await openLive(two)];
    expect((await one.delete('sessions/current')).status).toBe(204);
    expect(await first.ended).toBe('revoked');
    expect(second.socket.connected).toBe(true);
    second.socket.close();
  });

  it('counts a change of role from the next request on', async () => {
    const user = await newUser('dispatcher');
    const client = await app.signIn(user.email);
    expect((await client.get('users')).status).toBe(200);
    expect((await org.as.admin.patch(`users/${user.id}`, { role: 'customer' })).status).toBe(200);
    expect((await client.get('users')).status).toBe(404);
  });

  it('erases a deleted user and keeps the id', async () => {
    const user = await newUser();
    const client = await app.signIn(user.email);
    expect((await org.as.admin.delete(`users/${user.id}`)).status).toBe(204);
    expect((await client.get('me')).status).toBe(401);
    expect((await org.as.admin.get(`users/${user.id}`)).status).toBe(404);
    expect((await org.as.admin.delete(`users/${user.id}`)).status).toBe(404);
    const [row] = await app.uow.run(org.id, (tx) =>
      tx.sql<{ email: string }>(`SELECT email FROM users WHERE id = $1`, [user.id]),
    );
    expect(row?.email).toBe(`deleted-${user.id}@deleted.invalid`);
  });

  it('keeps no password, and nothing to try words against, with a command', async () => {
    await newUser();
    const rows = await app.uow.run(org.id, (tx) => tx.sql(`SELECT * FROM commands`));
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
  });

  it('hides every row of another organisation from the database itself', async () => {
    const rows = await app.uow.run(org.id, (tx) =>
      tx.sql(`SELECT 1 FROM users WHERE org_id = $1 UNION ALL SELECT 1 FROM sessions WHERE org_id = $1`, [
        other.id,
      ]),
    );
    expect(rows).toEqual([]);
    const found = await app.uow.lookUp(org.users.admin.email, (tx) =>
      tx.sql<{ id: string }>(`SELECT id FROM users`),
    );
    expect(found).toEqual([{ id: org.users.admin.id }]);
  });
});
