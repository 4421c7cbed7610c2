import { PASSWORD, startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { Client } from '../support/client.js';

interface Body {
  code?: string;
  retryAfterSeconds?: number;
  deviceToken?: string;
}

describe('limits on sign-in', () => {
  let app: TestApp;
  let org: TestOrganization;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0, env: { RATE_LIMITS: 'on', TRUST_PROXY: 'loopback' } });
    org = await app.organization();
  });
  afterAll(() => app?.stop());

  // The limits run on the wall clock; here it stands still until a test moves it.
  let wall: jest.SpyInstance<number>;
  let ms = Date.now();
  const passSeconds = (seconds: number) => {
    ms += seconds * 1000;
  };
  beforeEach(() => {
    wall = jest.spyOn(Date, 'now').mockImplementation(() => ms);
  });
  afterEach(() => wall.mockRestore());

  /** From 127.0.0.1 a proxy's word about the caller's address is taken, because this set-up trusts that address. */
  const attempt = (email: string, password: string, from: string, deviceToken?: string) =>
    app.nobody.post<Body>(
      'sessions',
      { email, password, ...(deviceToken ? { deviceToken } : {}) },
      { headers: { 'x-forwarded-for': from } },
    );

  /** Wrong passwords until the answer is 429. */
  const hammer = async (email: string, from: string, deviceToken?: string) => {
    for (let i = 0; i < 12; i++) {
      const answer = await attempt(email, `wrong password ${i}`, from, deviceToken);
      if (answer.status === 429) return { evaluated: i, answer };
      expect(answer.body.code).toBe('BAD_CREDENTIALS');
    }
    throw new Error('nobody stopped it');
  };

  /** `count` attempts, ten at a time; their statuses. */
  const many = async (count: number, one: (at: number) => Promise<{ status: number }>) => {
    const statuses: number[] = [];
    for (let at = 0; at < count; at += 10) {
      const ten = Array.from({ length: Math.min(10, count - at) }, (_, i) => one(at + i));
      statuses.push(...(await Promise.all(ten)).map(({ status }) => status));
    }
    return statuses;
  };

  it('slows a guesser down, and says for how long', async () => {
    const { evaluated, answer } = await hammer(org.users.admin.email, '198.51.100.1');
    expect(evaluated).toBe(6);
    expect(answer.body).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 1 });
    expect(answer.headers.get('retry-after')).toBe('1');
    for (const wait of [1, 2, 4, 8]) {
      passSeconds(wait);
      expect((await attempt(org.users.admin.email, 'another guess', '198.51.100.1')).status).toBe(401);
      const next = await attempt(org.users.admin.email, 'one more', '198.51.100.1');
      expect([next.status, next.body.retryAfterSeconds]).toEqual([429, wait * 2]);
    }
    passSeconds(16);
    expect((await attempt(org.users.admin.email, PASSWORD, '198.51.100.1')).status).toBe(201);
    expect((await hammer(org.users.admin.email, '198.51.100.1')).evaluated).toBe(6);
  });

  it('does not let many parallel guesses slip through', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        attempt(org.users.auditor.email, `guess number ${i}`, '198.51.100.2'),
      ),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(6);
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  });

  it('never locks the victim out: other addresses, running sessions and known devices go on', async () => {
    const { email } = org.users.dispatcher;
    const home = '203.0.113.9';
    const known = await attempt(email, PASSWORD, home);
    expect(known.status).toBe(201);
    for (const from of ['198.51.100.3', '198.51.100.4', home]) await hammer(email, from);
    expect((await org.as.dispatcher.get('me')).status).toBe(200);
    expect((await attempt(email, PASSWORD, '203.0.113.77')).status).toBe(201);
    expect((await attempt(email, PASSWORD, home, known.body.deviceToken)).status).toBe(201);
  });

  it('gives a stolen device token no free guesses, and none for another account', async () => {
    const { email } = org.users.worker;
    const { body } = await attempt(email, PASSWORD, '203.0.113.5');
    await hammer(email, '198.51.100.6', body.deviceToken);
    await hammer(org.users.customer.email, '198.51.100.6', body.deviceToken);
    expect((await attempt(email, PASSWORD, '203.0.113.6')).status).toBe(201);
  });

  it('stops a network that tries one password on many accounts, for a while', async () => {
    const from = '198.51.100.8';
    const tries = await many(204, (i) => attempt(`account${i}@nowhere.test`, 'doorstep-demo', from));
    expect(tries.filter((status) => status === 429)).toHaveLength(4);
    passSeconds(601);
    expect((await attempt(org.users.customer.email, PASSWORD, from)).status).toBe(201);
  });

  it('gives all unknown devices together a budget for one account, and keeps out nobody who was here before', async () => {
    const { email } = org.users.area_manager;
    const office = '203.0.113.40';
    const laptop = await attempt(email, PASSWORD, office);
    expect(laptop.status).toBe(201);
    const guesses = await many(130, (i) => attempt(email, `guess ${i}`, `192.0.2.${i}`));
    expect(guesses.filter((status) => status === 401)).toHaveLength(100);
    // The budget is spent: newcomers wait, whatever they know.
    expect((await attempt(email, PASSWORD, '192.0.2.250')).body.code).toBe('TOO_MANY_ATTEMPTS');
    // The device that is known, and the office where the account signed in before, do not.
    expect((await attempt(email, PASSWORD, '192.0.2.251', laptop.body.deviceToken)).status).toBe(201);
    expect((await attempt(email, PASSWORD, office)).status).toBe(201);
    passSeconds(3_601);
    expect((await attempt(email, PASSWORD, '192.0.2.250')).status).toBe(201);
  });

  it('lets no stranger behind the same address lock an office out', async () => {
    const office = '203.0.113.50';
    const people = [org.users.quality_manager, org.users.inspector];
    const known = await attempt(people[0]!.email, PASSWORD, office);
    expect((await attempt(people[1]!.email, PASSWORD, office)).status).toBe(201);
    await many(210, (i) => attempt(`guest${i}@nowhere.test`, 'some guess', office));
    // A newcomer from there waits: that is the network's budget.
    expect((await attempt(org.users.auditor.email, PASSWORD, office)).status).toBe(429);
    // Everybody who works there signs in, on known devices and on new ones.
    expect((await attempt(people[0]!.email, PASSWORD, office, known.body.deviceToken)).status).toBe(201);
    expect((await attempt(people[0]!.email, PASSWORD, office)).status).toBe(201);
    expect((await attempt(people[1]!.email, PASSWORD, office)).status).toBe(201);
  });

  it('treats an address nobody has like any other', async () => {
    await hammer('nobody@nowhere.test', '198.51.100.7');
  });
});

describe('a caller who says whom they speak for', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0, env: { RATE_LIMITS: 'on' } });
  });
  afterAll(() => app?.stop());

  it('is not believed unless the operator named their address', async () => {
    const email = 'somebody@nowhere.test';
    const seen = new Set<number>();
    for (let i = 0; i < 8; i++) {
      const headers = { 'x-forwarded-for': `198.51.100.${i}` };
      seen.add(
        (await app.nobody.post('sessions', { email, password: `guess number ${i}` }, { headers })).status,
      );
    }
    expect([...seen]).toEqual([401, 429]);
    const org = await app.organization();
    const session = await app.nobody.post<{ accessToken: string }>(
      'sessions',
      { email: org.users.admin.email, password: PASSWORD },
      { headers: { 'x-forwarded-for': '198.51.100.99' } },
    );
    const list = await new Client(app.url, session.body.accessToken).get<{ items: { address: string }[] }>(
      'sessions',
    );
    expect(list.body.items.map(({ address }) => address).join()).not.toContain('198.51.100');
  });
});
