import { Client as Postgres } from 'pg';
import type { Socket } from 'socket.io-client';
import { newId } from '#kernel';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { CENTRE, TestCity } from '../support/city.js';
import { Client, eventually } from '../support/client.js';

interface Reply {
  ok: boolean;
  problem?: { code: string; status: number };
}
interface WireFact {
  seq: number;
  type: string;
}

describe('each caller has a share', () => {
  let app: TestApp;
  let city: TestCity;
  let others: TestOrganization;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    city = await TestCity.build(app);
    others = await app.organization();
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.close();
  });
  afterAll(() => app?.stop());

  const connect = (client: Client, lastSeq?: number): Promise<Socket> => {
    const socket = client.live(lastSeq);
    sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.once('ready', () => resolve(socket));
      socket.once('connect_error', reject);
    });
  };
  const ask = (socket: Socket, event: unknown, payload?: unknown) =>
    socket.emitWithAck(event as string, payload) as Promise<Reply>;

  it('of database connections: many requests that wait keep nobody else waiting, and go on in the end', async () => {
    const { id } = await city.job();
    const owner = new Postgres({ connectionString: app.ownerUrl });
    await owner.connect();
    await owner.query('BEGIN');
    await owner.query('SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE', [id]);
    const stuck = Array.from({ length: 30 }, (_, n) =>
      city.org.as.admin.patch(`jobs/${id}`, { priority: n }),
    );
    expect((await others.as.admin.get('jobs')).status).toBe(200);
    expect((await city.org.as.dispatcher.get('jobs')).status).toBe(200);
    expect((await app.nobody.get('/health/ready')).status).toBe(200);
    await owner.query('COMMIT');
    await owner.end();
    const statuses = new Set((await Promise.all(stuck)).map(({ status }) => status));
    expect(statuses).toContain(200);
    // Of two that saw the same version one is told so.
    for (const status of statuses) expect([200, 409]).toContain(status);
  });

  it('of the queue: a caller who asks for more than can wait is told to come again', async () => {
    const { id } = await city.job();
    const owner = new Postgres({ connectionString: app.ownerUrl });
    await owner.connect();
    await owner.query('BEGIN');
    await owner.query('SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE', [id]);
    const all = Array.from({ length: 230 }, () => city.org.as.admin.patch(`jobs/${id}`, { priority: 3 }));
    const first = await Promise.race(all);
    expect([first.status, first.body, first.headers.get('retry-after')]).toMatchObject([
      429,
      { code: 'TOO_MANY_AT_ONCE' },
      '1',
    ]);
    await owner.query('COMMIT');
    await owner.end();
    const statuses = new Set((await Promise.all(all)).map(({ status }) => status));
    expect(statuses).toContain(200);
    for (const status of statuses) expect([200, 409, 429]).toContain(status);
  });

  it('of the live channel: a socket that floods is refused and cut off, others are answered', async () => {
    const wild = await connect(city.org.as.dispatcher);
    const calm = await connect(city.org.as.admin);
    const many = await Promise.all(Array.from({ length: 100 }, () => ask(wild, 'watch', { areaIds: 'all' })));
    expect(new Set(many.map(({ problem }) => problem?.code))).toEqual(
      new Set([undefined, 'TOO_MANY_AT_ONCE']),
    );
    const cut = new Promise((resolve) => wild.once('disconnect', resolve));
    for (let n = 0; n < 3_000; n++) wild.emit('watch', { areaIds: 'all' });
    expect(await ask(calm, 'watch', { areaIds: 'all' })).toMatchObject({ ok: true });
    await cut;
    expect((await ask(await connect(city.org.as.dispatcher), 'watch', { areaIds: [] })).ok).toBe(true);
  });

  it('of sockets: one caller has so many, and a closed one makes room', async () => {
    const mine = await Promise.all(Array.from({ length: 20 }, () => connect(others.as.dispatcher)));
    await expect(connect(others.as.dispatcher)).rejects.toMatchObject({
      data: { status: 429, code: 'TOO_MANY_SOCKETS', limit: 20 },
    });
    await connect(others.as.admin);
    mine[0]!.close();
    await eventually(() =>
      connect(others.as.dispatcher).then(
        () => true,
        () => false,
      ),
    );
  });

  it('answers an event whose name is no text as one that is not known', async () => {
    const socket = await connect(city.org.as.admin);
    for (const event of [7, 0, -1, 1e21])
      expect(await ask(socket, event, {})).toMatchObject({
        ok: false,
        problem: { status: 400, code: 'UNKNOWN_EVENT' },
      });
    expect((await ask(socket, 'watch', { areaIds: 'all' })).ok).toBe(true);
  });

  it('lets nobody rest where no proof is asked for', async () => {
    const { io } = await import('socket.io-client');
    const socket = io(app.url, { transports: ['websocket'], forceNew: true, reconnection: false });
    sockets.push(socket);
    const refused = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    expect(refused.message).toContain('connect to /live');
  });

  it('shows an API key on the channel and in the journal what its scopes open, in every page of what it missed', async () => {
    const keyed = async (...scopes: string[]) => {
      const { body } = await city.org.as.admin.post<{ secret: string }>('api-keys', {
        name: newId(),
        scopes,
      });
      return new Client(app.url, body.secret);
    };
    const narrow = await keyed('live:read', 'journal:read', 'territory:read');
    const wide = await keyed('live:read', 'journal:read', 'territory:read', 'job:read');
    const seen = async (client: Client) => {
      const socket = client.live(0);
      sockets.push(socket);
      const facts: WireFact[] = [];
      socket.on('facts', (page: WireFact[]) => facts.push(...page));
      await new Promise((resolve) => socket.once('ready', resolve));
      return facts;
    };
    for (let n = 0; n < 3; n++)
      await city.org.as.admin.post('jobs/bulk', {
        jobs: Array.from({ length: 200 }, (_, i) => ({
          ...CENTRE,
          address: `Street ${n}/${i}`,
          durationSeconds: 600,
        })),
      });
    const head = async () => (await city.org.as.admin.get<{ head: number }>('journal?limit=1')).body.head;
    await eventually(async () => (await head()) > 600);
    const [few, all] = [await seen(narrow), await seen(wide)];
    const kinds = (facts: WireFact[]) => new Set(facts.map(({ type }) => type.split('.')[0]));
    expect(kinds(few)).toContain('area');
    expect(kinds(few)).not.toContain('job');
    expect(kinds(all)).toContain('job');
    for (const facts of [few, all]) expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, at) => at + 1));
    // What happens while they watch, too.
    const { id } = await city.job();
    await eventually(async () => all.some((fact) => 'subjectId' in fact && fact.subjectId === id));
    expect(kinds(few)).not.toContain('job');
    const page = await narrow.get<{ items: WireFact[] }>('journal?limit=1000');
    expect(kinds(page.body.items)).not.toContain('job');
    expect(kinds((await wide.get<{ items: WireFact[] }>('journal?limit=1000')).body.items)).toContain('job');
  });
});
