import { JwtService } from '@nestjs/jwt';
import { PASSWORD, startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { Client } from '../support/client.js';

interface Tokens {
  accessToken: string;
  refreshToken: string;
  deviceToken: string;
  expiresAt: string;
  user: { id: string; email: string; role: string };
}

describe('sessions', () => {
  let app: TestApp;
  let org: TestOrganization;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    org = await app.organization();
  });
  afterAll(() => app?.stop());

  const signIn = async (email: string, password = PASSWORD) =>
    app.nobody.post<Tokens & { code: string }>('sessions', { email, password });
  const refresh = (refreshToken: string, key: string | null = null) =>
    app.nobody.post<Tokens & { code: string }>('sessions/refresh', { refreshToken }, { key });
  const as = (token: string) => new Client(app.url, token);

  it('gives tokens for the right password, whatever the case of the address', async () => {
    const { email, id } = org.users.dispatcher;
    const { status, body } = await signIn(email.toUpperCase());
    expect(status).toBe(201);
    expect(body.user).toMatchObject({ id, email, role: 'dispatcher' });
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(880_000);
    expect(JSON.stringify(body)).not.toContain('$argon2');
    const me = await as(body.accessToken).get('me');
    expect(me.body).toMatchObject({ kind: 'user', id, role: 'dispatcher', organization: { id: org.id } });
  });

  it('says the same of a wrong password and of an unknown address', async () => {
    const wrong = await signIn(org.users.admin.email, 'not the password');
    const unknown = await signIn('nobody@nowhere.test', 'not the password');
    expect([wrong.status, wrong.body.code]).toEqual([401, 'BAD_CREDENTIALS']);
    expect([unknown.status, unknown.body.code]).toEqual([401, 'BAD_CREDENTIALS']);
  });

  it('names what is wrong with the body', async () => {
    for (const body of [{}, { email: 1, password: 2 }, { email: 'a', password: PASSWORD }, null, [], 'x'])
      expect((await app.nobody.post('sessions', body)).status).toBeGreaterThanOrEqual(400);
    const { status, body } = await app.nobody.post<{ errors: { field: string }[] }>('sessions', {
      email: 'x@y.test',
      password: PASSWORD,
      admin: true,
    });
    expect([status, body.errors[0]?.field]).toEqual([422, 'admin']);
  });

  it('refuses tokens that are expired, forged, or signed by nobody', async () => {
    const { body } = await signIn(org.users.worker.email);
    const claims = JSON.parse(Buffer.from(body.accessToken.split('.')[1]!, 'base64url').toString()) as object;
    const codeOf = async (token: string) => {
      const answer = await as(token).get<{ code: string }>('me');
      return [answer.status, answer.body.code];
    };
    const jwt = new JwtService({ secret: app.env.JWT_SECRET });
    expect(await codeOf(jwt.sign({ ...claims, exp: 1_000 }))).toEqual([401, 'TOKEN_EXPIRED']);
    expect(await codeOf(new JwtService({ secret: 'x'.repeat(32) }).sign({ ...claims }))).toEqual([
      401,
      'TOKEN_INVALID',
    ]);
    const [, payload] = body.accessToken.split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    for (const token of [none, 'x', '...', 'dsk_x', body.refreshToken])
      expect((await codeOf(token))[0]).toBe(401);
    expect(await codeOf(body.accessToken)).toEqual([200, undefined]);
  });

  it('rotates the refresh token, and ends the whole family when a spent one comes back', async () => {
    const first = (await signIn(org.users.inspector.email)).body;
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    const third = await refresh(second.body.refreshToken);
    expect(third.status).toBe(200);
    expect((await as(third.body.accessToken).get('me')).status).toBe(200);

    const stolen = await refresh(first.refreshToken);
    expect([stolen.status, stolen.body.code]).toEqual([401, 'REFRESH_REUSED']);
    const after = await refresh(third.body.refreshToken);
    expect([after.status, after.body.code]).toEqual([401, 'SESSION_ENDED']);
    for (const { accessToken } of [first, second.body, third.body])
      expect((await as(accessToken).get('me')).status).toBe(401);
  });

  it('lets one of many parallel refreshes win and takes the rest for theft', async () => {
    const { refreshToken } = (await signIn(org.users.inspector.email)).body;
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true);
  });

  it('gives the same successor to a repeat with the same Idempotency-Key, because the answer may have been lost', async () => {
    const first = (await signIn(org.users.inspector.email)).body;
    const one = await refresh(first.refreshToken, 'retry-1');
    const again = await refresh(first.refreshToken, 'retry-1');
    expect(again.status).toBe(200);
    expect(again.body.refreshToken).toBe(one.body.refreshToken);
    expect((await refresh(one.body.refreshToken)).status).toBe(200);
    expect((await refresh(first.refreshToken, 'retry-1')).body.code).toBe('REFRESH_REUSED');
  });

  it('refuses a refresh token whose bits were changed, without touching the session', async () => {
    const { refreshToken } = (await signIn(org.users.inspector.email)).body;
    const bytes = Buffer.from(refreshToken.slice(4), 'base64url');
    for (const at of [0, 20, 35, 60]) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 1;
      expect((await refresh(`dsr_${changed.toString('base64url')}`)).body.code).toBe('REFRESH_INVALID');
    }
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  it('lists where one is signed in, and ends one of them at once', async () => {
    const { email } = org.users.quality_manager;
    const [here, there] = [(await signIn(email)).body, (await signIn(email)).body];
    const list = await as(here.accessToken).get<{ items: { id: string; current: boolean }[] }>('sessions');
    expect(list.body.items.filter(({ current }) => current)).toHaveLength(1);
    const other = list.body.items.find(({ current }) => !current)!;
    expect((await org.as.worker.delete(`sessions/${other.id}`)).status).toBe(404);
    expect((await as(here.accessToken).delete(`sessions/${other.id}`)).status).toBe(204);
    expect((await as(here.accessToken).delete(`sessions/${other.id}`)).status).toBe(404);
    expect((await as(there.accessToken).get('me')).status).toBe(401);
    expect((await refresh(there.refreshToken)).status).toBe(401);

    expect((await as(here.accessToken).delete('sessions/current')).status).toBe(204);
    expect((await as(here.accessToken).get('me')).status).toBe(401);
  });

  it('shows an administrator the sessions of others, and nobody else', async () => {
    const { id, email } = org.users.customer;
    const { accessToken } = (await signIn(email)).body;
    expect((await org.as.dispatcher.get(`sessions?userId=${id}`)).status).toBe(404);
    const list = await org.as.admin.get<{ items: { id: string }[] }>(`sessions?userId=${id}`);
    for (const session of list.body.items)
      expect((await org.as.admin.delete(`sessions/${session.id}`)).status).toBe(204);
    expect((await as(accessToken).get('me')).status).toBe(401);
  });

  it('changes a password only for who knows the old one, and signs out everywhere else', async () => {
    const { body: user } = await org.as.admin.post<{ id: string }>('users', {
      email: `mover@${org.id}.test`,
      password: PASSWORD,
      name: 'Mover',
      role: 'dispatcher',
    });
    expect(user.id).toBeDefined();
    const email = `mover@${org.id}.test`;
    const [here, there] = [(await signIn(email)).body, (await signIn(email)).body];
    const change = (currentPassword: string, newPassword: string) =>
      as(here.accessToken).post('me/password', { currentPassword, newPassword });
    expect((await change('wrong password', 'another-long-one')).status).toBe(422);
    expect((await change(PASSWORD, 'short')).status).toBe(422);
    expect((await change(PASSWORD, 'another-long-one')).status).toBe(204);
    expect((await as(here.accessToken).get('me')).status).toBe(200);
    expect((await as(there.accessToken).get('me')).status).toBe(401);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, 'another-long-one')).status).toBe(201);
  });

  describe('in cookies, for pages', () => {
    const page = { origin: 'https://desk.example.org', 'sec-fetch-site': 'same-origin' };
    const enter = (email: string, headers: Record<string, string> = page) =>
      app.nobody.post<Tokens>('sessions', { email, password: PASSWORD, cookie: true }, { headers });
    /** What the browser would send back. */
    const jar = (headers: Headers) =>
      headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
    const rotate = (cookie: string, headers: Record<string, string> = page, key: string | null = 'a key') =>
      app.nobody.post<Tokens & { code: string }>(
        'sessions/refresh',
        {},
        { headers: { ...headers, cookie }, key },
      );

    it('tells no token in the answer, and locks the cookies', async () => {
      const { status, body, headers } = await enter(org.users.dispatcher.email);
      expect([status, body.refreshToken, body.deviceToken]).toEqual([201, null, null]);
      const lines = headers.getSetCookie();
      expect(lines).toHaveLength(2);
      for (const line of lines)
        for (const part of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/api/v1/sessions'])
          expect(line).toContain(part);
      const local = await enter(org.users.dispatcher.email, { origin: 'http://127.0.0.1:3160' });
      for (const line of local.headers.getSetCookie()) {
        expect(line).not.toContain('Secure');
        expect(line).toMatch(/^doorstep_(refresh|device)_3160=/);
      }
    });

    it('rotates by cookie, and takes a lost answer’s repeat however late it comes', async () => {
      const first = jar((await enter(org.users.inspector.email)).headers);
      const second = await rotate(first);
      expect([second.status, second.body.refreshToken]).toEqual([200, null]);
      const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3 * 86_400_000);
      const again = await rotate(first);
      later.mockRestore();
      expect([again.status, jar(again.headers)]).toEqual([200, jar(second.headers)]);
      expect((await rotate(jar(second.headers), page, 'another key')).status).toBe(200);
      const spent = await rotate(first);
      expect([spent.status, spent.body.code]).toEqual([401, 'REFRESH_REUSED']);
      expect(spent.headers.getSetCookie().join()).toMatch(/doorstep_refresh=;/);
    });

    it('is not moved by the pages of others', async () => {
      const cookie = jar((await enter(org.users.inspector.email)).headers);
      for (const site of ['cross-site', 'same-site', 'none'])
        expect((await rotate(cookie, { ...page, 'sec-fetch-site': site })).body.code).toBe('NOT_OUR_PAGE');
      expect((await rotate(cookie, page, null)).body.code).toBe('NOT_OUR_PAGE');
      expect((await rotate('', page)).status).toBe(401);
      expect((await rotate('doorstep_refresh=%E0%A4%A; =; doorstep_refresh=x', page)).status).toBe(401);
      expect((await rotate(cookie)).status).toBe(200);
    });

    it('ends what was signed in before, and gives no rights beyond the session routes', async () => {
      const first = await enter(org.users.customer.email);
      const cookie = jar(first.headers);
      expect((await app.nobody.get('me', { headers: { cookie } })).status).toBe(401);
      await enter(org.users.inspector.email, { ...page, cookie });
      expect((await rotate(cookie)).body.code).toBe('SESSION_ENDED');
      const out = await app.nobody.delete('sessions/current', { headers: { ...page, cookie } });
      expect(out.status).toBe(401);
    });

    it('moves a token from the body into the cookie', async () => {
      const { refreshToken } = (await signIn(org.users.inspector.email)).body;
      const moved = await app.nobody.post<Tokens>(
        'sessions/refresh',
        { refreshToken, cookie: true },
        { headers: page },
      );
      expect([moved.status, moved.body.refreshToken]).toEqual([200, null]);
      expect((await rotate(jar(moved.headers))).status).toBe(200);
    });
  });
});
