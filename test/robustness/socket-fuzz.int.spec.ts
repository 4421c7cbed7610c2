import { newId, seededRandom } from '#kernel';
import { LiveCommands } from '#platform';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, Ear, TestCity } from '../support/city.js';
import { Client, eventually } from '../support/client.js';
import { RawSocket } from './frames.js';
import { HOSTILE } from './fuzz/schema.js';
import { tokenEndingIn } from './tokens.js';

/** A connection that was cut is cut within this, and that is what the tests wait for at most. */
const CUT_WITHIN_MS = 5_000;

const FRAMES: [how: string, frame: string | Buffer][] = [
  ['nothing', ''],
  ['no packet type', 'hello'],
  ['an unknown packet type', '9{}'],
  ['a packet type of the server', '0{"sid":"x"}'],
  ['an upgrade out of turn', '5'],
  ['a noop', '6'],
  ['an event that is no list', '42/live,{}'],
  ['an event without a name', '42/live,[]'],
  ['an event with a number for a name', '42/live,[7,{}]'],
  ['an event with a reserved name', '42/live,["connect",{}]'],
  ['another reserved name', '42/live,["disconnecting"]'],
  ['cut off JSON', '42/live,["watch",{"areaIds"'],
  ['NaN', '42/live,["watch",NaN]'],
  ['an acknowledgement of nothing', '43/live,999[]'],
  ['an acknowledgement that is no list', '43/live,1{}'],
  ['an id that is no number', '42/live,x["watch"]'],
  ['a giant id', `42/live,${'9'.repeat(300)}["watch",{}]`],
  ['a namespace that is not there', '40/admin,{}'],
  ['an event of another namespace', '42/admin,["watch",{}]'],
  ['connecting twice', '40/live,{}'],
  ['a binary event without its part', '451-/live,["positions",{"_placeholder":true,"num":0}]'],
  ['a placeholder that is not there', '451-/live,["positions",{"_placeholder":true,"num":7}]'],
  ['too many attachments', '45999999999-/live,["positions"]'],
  ['a negative attachment', '45-1-/live,["positions"]'],
  ['bytes out of turn', Buffer.from([0, 255, 1, 2, 3])],
  ['a polluted prototype', '42/live,["watch",{"__proto__":{"isAdmin":true}}]'],
  ['deep nesting', `42/live,["watch",${'['.repeat(20_000)}${']'.repeat(20_000)}]`],
  ['the end', '41/live,'],
];

describe('frames that no client of ours would send', () => {
  let app: TestApp;
  let city: TestCity;
  let seed: number;
  beforeAll(async () => {
    seed = Number(process.env.SEED ?? 20_261_123);
    process.stdout.write(`socket fuzz: SEED=${seed}\n`);
    app = await startTestApp({ workers: 1 });
    city = await TestCity.build(app);
  });
  afterAll(() => app?.stop());

  const joined = async (client: Client, token = client.token) => {
    const raw = new RawSocket(app.url);
    await raw.opened();
    raw.say(`40/live,${JSON.stringify({ token })}`);
    expect(await raw.hears('42/live,["ready"')).not.toBeNull();
    return raw;
  };
  /** Somebody else's socket still hears of what happens. */
  const goesOn = async (ear: Ear) => {
    const job = await city.job();
    await eventually(async () => ear.of(job.id).includes('job.created'));
  };

  it('end their own socket at most, and the others go on', async () => {
    const desk = new Ear(city.org.as.dispatcher.live());
    await desk.ready();
    for (const [how, frame] of FRAMES) {
      const raw = await joined(city.org.as.dispatcher);
      raw.say(frame);
      raw.say('42/live,77["no-such-command",{}]');
      // Either the frame was passed over, and the next is answered, or the socket was closed.
      const answer = await raw.hears('43/live,77');
      expect([how, answer === null || answer.includes('UNKNOWN_EVENT')]).toEqual([how, true]);
      raw.close();
    }
    await goesOn(desk);
    expect(desk.socket.connected).toBe(true);
    desk.socket.close();
  });

  it('before the handshake, or instead of it, let nobody in', async () => {
    const wrong = [
      '',
      '40',
      '40/live',
      '40/live,',
      '40/live,{}',
      '40/live,{"token":7}',
      '40/live,[]',
      '40/live,"x"',
    ];
    wrong.push(
      '40/live,{"token":null}',
      '40/live,{"token":"x"}',
      '42/live,["watch",{"areaIds":"all"}]',
      '40/live,{"token"',
    );
    for (const frame of wrong) {
      const raw = new RawSocket(app.url);
      expect(await raw.opened()).toBe(true);
      raw.say(frame);
      raw.say('42/live,1["watch",{"areaIds":"all"}]');
      // The plain namespace answers to anybody, and has nothing to say.
      await Promise.race([raw.closed, raw.hears('44/live'), raw.hears('40{')]);
      expect([frame, raw.heard.filter((text) => /ready|facts|43\/live/.test(text))]).toEqual([frame, []]);
      raw.close();
    }
  });

  it('are cut off when they are huge', async () => {
    const raw = await joined(city.org.as.dispatcher);
    raw.say(`42/live,1["watch","${'x'.repeat(1_100_000)}"]`);
    await raw.closed;
    const polled = await fetch(`${app.url}/socket.io/?EIO=4&transport=polling`, {
      method: 'POST',
      body: 'x'.repeat(1_100_000),
    });
    expect(polled.status).toBeGreaterThanOrEqual(400);
    expect(polled.status).toBeLessThan(500);
  });

  it('from a page of another origin are refused, and of a wrong protocol', async () => {
    for (const origin of ['https://evil.test', 'null', `${app.url}.evil.test`, 'file://'])
      expect([origin, await new RawSocket(app.url, { origin }).opened()]).toEqual([origin, false]);
    const own = new RawSocket(app.url, { origin: app.url });
    expect(await own.opened()).toBe(true);
    own.close();
    for (const query of [
      'EIO=2&transport=websocket',
      'EIO=4&transport=carrier-pigeon',
      'EIO=4',
      'transport=websocket&sid=x',
      '',
    ]) {
      const raw = new RawSocket(app.url, { query });
      expect([query, await raw.hears('0{')]).toEqual([query, null]);
    }
  });

  it('with hostile values get a problem, never an error of ours', async () => {
    const random = seededRandom(seed);
    const worker = await city.worker();
    const commands = [
      'renew',
      ...app.api
        .get(LiveCommands)
        .all()
        .map(({ event }) => event),
    ];
    for (const client of [city.org.as.dispatcher, worker.client]) {
      const socket = client.live();
      await new Ear(socket).ready();
      for (const event of commands)
        for (const value of HOSTILE) {
          const wrapped = [
            value,
            { areaIds: value },
            { areaIds: [value] },
            { jobId: value },
            { token: value },
            { fixes: value },
          ];
          wrapped.push(
            { fixes: [{ seq: 1, ...CENTRE, accuracyMetres: 5, fixAt: value }] },
            { fixes: [{ seq: value, lat: value, lon: value }] },
          );
          const payload = wrapped[Math.floor(random() * wrapped.length)];
          const answer = (await socket.timeout(20_000).emitWithAck(event, payload)) as {
            ok?: boolean;
            problem?: { status: number; code: string };
          };
          const told = `${event} ${JSON.stringify(payload)?.slice(0, 80)} ${JSON.stringify(answer).slice(0, 200)}`;
          expect([
            told,
            // They come one after the other: a place that the one before did not give back would make it 429.
            answer.problem
              ? answer.problem.status < 500 && answer.problem.status !== 429 && answer.problem.code !== ''
              : true,
          ]).toEqual([told, true]);
        }
      expect(socket.connected).toBe(true);
      socket.close();
    }
  });

  it('without an acknowledgement, in a flood, neither stop the process nor the others', async () => {
    const desk = new Ear(city.org.as.dispatcher.live());
    await desk.ready();
    const raw = await joined(city.org.as.dispatcher);
    for (let n = 0; n < 2_000; n++) raw.say('42/live,["presence",{"jobId":7}]');
    await goesOn(desk);
    raw.close();
    desk.socket.close();
  });

  describe('rights that end', () => {
    const cut = async (token: string | undefined, end: () => Promise<unknown>) => {
      const socket = new Client(app.url, token).live();
      await new Ear(socket).ready();
      const reason = new Promise<string>((resolve) =>
        socket.once('signed_out', (said: { reason: string }) => resolve(said.reason)),
      );
      const gone = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
      await end();
      const late = AbortSignal.timeout(CUT_WITHIN_MS);
      const tooLate = new Promise<never>((_, reject) =>
        late.addEventListener('abort', () => reject(new Error('not cut within 5 s'))),
      );
      await Promise.race([gone, tooLate]);
      return reason;
    };

    it('cut the sockets of an expired token', async () => {
      const { dispatcher } = city.org.as;
      expect(await cut(tokenEndingIn(app, dispatcher, 3), async () => undefined)).toBe('expired');
      const late = new Client(app.url, tokenEndingIn(app, dispatcher, -1)).live();
      const error = await new Promise<{ data?: { code: string } }>((resolve) =>
        late.once('connect_error', (e) => resolve(e as never)),
      );
      expect(error.data?.code).toBe('TOKEN_EXPIRED');
      late.close();
    });

    it('cut those of a disabled user, of a session that was ended and of a role that changed', async () => {
      const { admin } = city.org.as;
      const user = async () => {
        const worker = await city.worker({ status: 'off_duty' });
        return { ...worker, client: await app.signIn(worker.email) };
      };
      const one = await user();
      expect(await cut(one.client.token, () => admin.post(`users/${one.userId}/disable`))).toBe('revoked');
      const two = await user();
      expect(await cut(two.client.token, () => two.client.delete('sessions/current'))).toBe('revoked');
      const three = await user();
      expect(
        await cut(three.client.token, () => admin.patch(`users/${three.userId}`, { role: 'inspector' })),
      ).toBe('revoked');
    });

    it('are not renewed with somebody else’s token', async () => {
      const socket = city.org.as.dispatcher.live();
      await new Ear(socket).ready();
      for (const token of [
        city.org.as.admin.token,
        newId(),
        tokenEndingIn(app, city.org.as.dispatcher, -5),
      ]) {
        const { ok, problem } = (await socket.emitWithAck('renew', { token })) as {
          ok?: boolean;
          problem?: { status: number };
        };
        expect([ok, problem?.status]).toEqual([false, 401]);
      }
      expect(
        await socket.emitWithAck('renew', { token: tokenEndingIn(app, city.org.as.dispatcher, 60) }),
      ).toMatchObject({ ok: true });
      socket.close();
    });
  });
});
