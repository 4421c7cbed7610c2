import { jobEvaluated } from '#dispatch';
import { destination, newId, seededRandom } from '#kernel';
import { type Fact, FactLog, OFFICE_ROLES, type OfficeRole, ROLES, type Role } from '#platform';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, Ear, TestCity, type TestWorker } from '../support/city.js';
import { Client, eventually } from '../support/client.js';

const MOST_REPLAYED = 5_000;

const isOffice = (role: Role): role is OfficeRole => (OFFICE_ROLES as readonly Role[]).includes(role);

describe('what each socket is told', () => {
  let app: TestApp;
  let mine: TestCity;
  let theirs: TestCity;
  beforeAll(async () => {
    app = await startTestApp({ apis: 2, workers: 1 });
    mine = await TestCity.build(app);
    theirs = await TestCity.build(app);
  });
  afterAll(() => app?.stop());

  /** Through the second API process for every other socket. */
  let turn = 0;
  const listen = async (client: Client, lastSeq?: number) => {
    const ear = new Ear(new Client(app.urls[turn++ % 2]!, client.token).live(lastSeq));
    const { seq } = await ear.ready();
    return Object.assign(ear, { seq });
  };
  const log = (city: TestCity, after = 0): Promise<Fact[]> =>
    app.uow.run(city.org.id, (tx) => app.api.get(FactLog).after(tx, after, { limit: 100_000 }));
  /** The log once nothing is on its way any more and `ear` has all of it. */
  const settled = (city: TestCity, ear: Ear) =>
    eventually(async () => {
      const facts = await log(city);
      const [waiting] = await app.uow.run(city.org.id, (tx) =>
        tx.sql<{ n: string }>('SELECT sum(behind) AS n FROM fact_backlog()'),
      );
      return Number(waiting?.n) === 0 && ear.facts.at(-1)?.seq === facts.at(-1)?.seq && facts;
    });

  /** A job that one worker declines and another does; then one is cancelled, one edited, and accounts come and go. */
  const story = async (city: TestCity, first: TestWorker, second: TestWorker) => {
    const { dispatcher, admin } = city.org.as;
    const job = await city.job({ address: '9 Hidden Road', contactName: 'Maria Lopez', notes: 'ring twice' });
    const offered = (worker: TestWorker) =>
      eventually(async () => {
        const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
        return body.items.find(({ jobId }) => jobId === job.id);
      });
    await first.client.post(`offers/${(await offered(first)).id}/decline`, { reason: 'too_far' });
    await second.client.post(`offers/${(await offered(second)).id}/accept`);
    for (const verb of ['depart', 'arrive', 'start', 'complete'])
      expect((await second.client.post(`jobs/${job.id}/${verb}`, { note: 'secret note' })).status).toBe(200);
    await second.client.post('me/status', { status: 'on_break' });
    const gone = await city.job({ requiredWorkerId: first.id });
    await dispatcher.patch(`jobs/${gone.id}`, { priority: 3 });
    await dispatcher.post(`jobs/${gone.id}/cancel`, { reason: 'no longer wanted' });
    await admin.patch(`users/${city.org.users.inspector.id}`, { name: 'Somebody Else' });
    await app.signIn(city.org.users.customer.email);
    await admin.patch('organization/policy', { field: { undoSeconds: 61 } });
  };

  it('is told by role and organisation, and nobody hears of another tenant or another worker', async () => {
    const people = [await mine.worker({ metresAway: 100 }), await mine.worker({ metresAway: 600 })] as const;
    const foreign = [
      await theirs.worker({ metresAway: 100 }),
      await theirs.worker({ metresAway: 600 }),
    ] as const;
    const offices = await Promise.all(
      ROLES.map(async (role) => ({
        role,
        ear: await listen(mine.org.as[role]),
        id: mine.org.users[role].id,
      })),
    );
    const phones = await Promise.all(people.map(async (w) => ({ ...w, ear: await listen(w.client) })));
    const abroad = await listen(theirs.org.as.admin);
    await Promise.all([story(mine, ...people), story(theirs, ...foreign)]);
    const desk = offices.find(({ role }) => role === 'admin')!.ear;
    const facts = await settled(mine, desk);
    const foreignFacts = await settled(theirs, abroad);
    const bySeq = new Map(facts.map((fact) => [fact.seq, fact]));

    for (const { role, ear, id } of offices) {
      const seqs = ear.facts.map(({ seq }) => seq);
      if (isOffice(role)) {
        const wanted = facts.filter(({ seq }) => seq > ear.seq).map(({ seq }) => seq);
        await eventually(async () => ear.facts.length >= wanted.length);
        expect([role, ear.facts.map(({ seq }) => seq)]).toEqual([role, wanted]);
      } else {
        const wanted = facts.filter(
          ({ seq, data }) => seq > ear.seq && (data as { userId?: string }).userId === id,
        );
        expect([role, seqs]).toEqual([role, wanted.map(({ seq }) => seq)]);
      }
      for (const heard of ear.facts) {
        const fact = bySeq.get(heard.seq)!;
        if (heard.type === 'hidden')
          expect([role, Object.keys(heard).sort()]).toEqual([role, ['seq', 'type']]);
        else expect([role, heard.type, heard.subjectId]).toEqual([role, fact.type, fact.subjectId]);
      }
    }
    for (const { id, userId, ear } of phones) {
      const about = (fact: Fact) => {
        const { workerId, userId: user } = fact.data as { workerId?: string; userId?: string };
        return workerId === id || user === userId;
      };
      const wanted = facts.filter(
        (fact) => fact.seq > ear.seq && fact.type !== 'user.created' && about(fact),
      );
      await eventually(async () => ear.facts.length >= wanted.length);
      expect(ear.facts.map(({ type, seq }) => `${seq} ${type}`)).toEqual(
        wanted.map(({ type, seq }) => `${seq} ${type}`),
      );
      const other = people.find((one) => one.id !== id)!;
      expect(JSON.stringify(ear.facts)).not.toContain(other.id);
    }
    expect(new Set(facts.map(({ type }) => type)).size).toBeGreaterThan(12);

    const everything = (ears: Ear[]) => JSON.stringify(ears.map((ear) => ear.facts));
    const ours = everything([...offices.map(({ ear }) => ear), ...phones.map(({ ear }) => ear)]);
    const names = (list: Fact[]) => new Set(list.map(({ subjectId }) => subjectId));
    for (const id of names(foreignFacts)) expect(ours).not.toContain(id);
    for (const id of names(facts)) expect(everything([abroad])).not.toContain(id);

    const auditor = everything([offices.find(({ role }) => role === 'auditor')!.ear]);
    for (const secret of ['"lat"', '"lon"', 'secret note', 'Worker 1', 'Worker 2', 'Maria', 'Hidden', '@'])
      expect(auditor).not.toContain(secret);
    expect(everything([desk])).toContain('"lat"');
    for (const { ear } of [...offices, ...phones, { ear: abroad }]) ear.socket.close();
  });

  it('shows the map to offices of the same organisation alone', async () => {
    const worker = await mine.worker({ status: 'off_duty' });
    const watch = async (client: Client, areaIds: unknown) => {
      const ear = await listen(client);
      const frames: unknown[] = [];
      ear.socket.on('positions', (frame: unknown) => frames.push(frame));
      const answer = (await ear.socket.emitWithAck('watch', { areaIds })) as {
        ok: boolean;
        problem?: { status: number };
      };
      return { ear, frames, status: answer.ok ? 200 : answer.problem?.status };
    };
    const desk = await watch(mine.org.as.dispatcher, [mine.areaId]);
    const everywhere = await watch(mine.org.as.quality_manager, 'all');
    const abroad = await watch(theirs.org.as.dispatcher, 'all');
    const spy = await watch(theirs.org.as.dispatcher, [mine.areaId]);
    const refused = await Promise.all(
      (['auditor', 'worker', 'inspector', 'customer'] as const).map((role) =>
        watch(mine.org.as[role], 'all'),
      ),
    );
    expect([desk, everywhere, abroad, spy].map(({ status }) => status)).toEqual([200, 200, 200, 422]);
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    let seq = 0;
    const move = () => {
      const at = destination(CENTRE, 10 * seq, 50);
      const fixAt = new Date(app.clock.now().getTime() + 1_000 * seq);
      return worker.client.post('me/positions', { fixes: [{ seq: ++seq, ...at, accuracyMetres: 5, fixAt }] });
    };
    await eventually(async () => {
      expect((await move()).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return desk.frames.length > 1 && everywhere.frames.length > 1;
    });
    for (const { frames } of [abroad, spy, ...refused]) expect(frames).toEqual([]);
    for (const { ear } of [desk, everywhere, abroad, spy, ...refused]) ear.socket.close();
  });

  it('tells who comes back exactly what was missed, however often the line breaks', async () => {
    const city = await TestCity.build(app);
    const random = seededRandom(7);
    const from = (await log(city)).at(-1)!.seq;
    let over = false;
    let breaks = 0;
    const listener = async (client: Client): Promise<{ seq: number; type: string }[]> => {
      const heard: { seq: number; type: string }[] = [];
      for (;;) {
        const socket = new Client(app.urls[breaks++ % 2]!, client.token).live(heard.at(-1)?.seq ?? from);
        const quota = heard.length + 1 + Math.floor(random() * 20);
        const ended = await new Promise<boolean>((resolve) => {
          const done = () => {
            // The line breaks in the middle of things: what is still on its way is lost with it.
            socket.io.engine.close();
            socket.close();
            finish(true);
          };
          const finish = (broken: boolean) => {
            clearInterval(idle);
            resolve(broken);
          };
          const idle = setInterval(() => over && finish(false), 50);
          socket.on('resync', () => finish(false));
          socket.on('facts', (facts: { seq: number; type: string }[]) => {
            heard.push(...facts);
            if (!over && heard.length >= quota) done();
          });
        });
        if (!ended) {
          const head = (await settledHead(city)).at(-1)!.seq;
          // A round may still have something to say.
          await eventually(async () => (heard.at(-1)?.seq ?? 0) >= head);
          socket.close();
          return heard;
        }
      }
    };
    const settledHead = (of: TestCity) =>
      eventually(async () => {
        const [waiting] = await app.uow.run(of.org.id, (tx) =>
          tx.sql<{ n: string }>('SELECT sum(behind) AS n FROM fact_backlog()'),
        );
        return Number(waiting?.n) === 0 && log(of);
      });
    const listeners = [city.org.as.dispatcher, city.org.as.auditor].map(listener);
    await Promise.all(
      app.urls
        .flatMap((url) => [1, 2].map(() => url))
        .map(async (url) => {
          const client = new Client(url, city.org.as.dispatcher.token);
          for (let n = 0; n < 25; n++) {
            const { body } = await client.post<{ id: string }>('jobs', {
              ...CENTRE,
              address: '1 Loud Street',
              durationSeconds: 600,
            });
            await client.post(`jobs/${body.id}/cancel`, { reason: 'changed our minds' });
          }
        }),
    );
    over = true;
    const heard = await Promise.all(listeners);
    const facts = await settledHead(city);
    const wanted = facts.filter(({ seq }) => seq > from).map(({ seq }) => seq);
    expect(wanted.length).toBeGreaterThanOrEqual(200);
    expect(breaks).toBeGreaterThan(20);
    for (const list of heard) {
      const last = list.at(-1)!.seq;
      expect(list.map(({ seq }) => seq)).toEqual(wanted.filter((seq) => seq <= last));
      expect(last).toBeGreaterThanOrEqual(wanted[199]!);
    }
  });

  it('says resync to who was away too long, or knows of what is not there', async () => {
    const city = await TestCity.build(app);
    const head = (await log(city)).at(-1)!.seq;
    await app.uow.run(city.org.id, async (tx) => {
      for (let n = 0; n <= MOST_REPLAYED; n++) {
        const jobId = newId();
        tx.record(jobEvaluated(jobId, { jobId, areaId: null, eligible: 0, summary: 'nobody' }));
      }
    });
    const last = await eventually(async () => {
      const facts = await log(city, head);
      return facts.length > MOST_REPLAYED && facts.at(-1)!.seq;
    });
    const asked = async (lastSeq: unknown) => {
      const socket = city.org.as.dispatcher.live(lastSeq);
      const ear = new Ear(socket);
      let resync: { seq: number } | null = null;
      socket.on('resync', (said: { seq: number }) => {
        resync = said;
      });
      await ear.ready();
      socket.close();
      return { resync: resync as { seq: number } | null, facts: ear.facts.length };
    };
    // The feed has to have come this far too.
    await eventually(async () => (await asked(last)).resync === null);
    expect(await asked(last - MOST_REPLAYED)).toEqual({ resync: null, facts: MOST_REPLAYED });
    expect(await asked(last - MOST_REPLAYED - 1)).toEqual({ resync: { seq: last }, facts: 0 });
    expect(await asked(last + 1)).toEqual({ resync: { seq: last }, facts: 0 });
    expect(await asked(last)).toEqual({ resync: null, facts: 0 });
    // Nobody may believe to have missed nothing because their place could not be read.
    for (const nonsense of [String(last), -1, 1.5, 2 ** 60, {}, true])
      expect([nonsense, await asked(nonsense)]).toEqual([nonsense, { resync: { seq: last }, facts: 0 }]);
    expect(await asked(null)).toEqual({ resync: null, facts: 0 });
  });
});
