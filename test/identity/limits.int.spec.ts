import { PASSWORD, startTestApp, type TestApp, type TestOrganization } from '../support/app.js';

interface Body {
  code?: string;
  retryAfterSeconds?: number;
  deviceToken?: string;
}

describe('limits on sign-in', () => {
  let app: TestApp;
  let org: TestOrganization;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0, env: { RATE_LIMITS: 'on' } });
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

  /** From 127.0.0.1 a proxy's word about the caller's address is taken. */
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
    let refused = 0;
    for (let i = 0; i < 204; i++) {
      const { status } = await attempt(`account${i}@nowhere.test`, 'doorstep-demo', from);
      if (status === 429) refused += 1;
    }
    expect(refused).toBe(4);
    passSeconds(601);
    expect((await attempt(org.users.customer.email, PASSWORD, from)).status).toBe(201);
  });

  it('treats an address nobody has like any other', async () => {
    await hammer('nobody@nowhere.test', '198.51.100.7');
  });
});
