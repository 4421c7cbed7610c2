import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client as Postgres } from 'pg';
import { readEnv } from '#config/env';
import { newId } from '#kernel';
import {
  CommandRunner,
  Deadlines,
  defineFact,
  FactHandlers,
  FactRelay,
  Journal,
  Organization,
  on,
  PlatformModule,
  SharedClock,
  type Tx,
  UnitOfWork,
} from '#platform';
import { createTestDatabase } from '../support/database.js';

const Counted = defineFact<{ n: number }>('test.counted');

@Module({})
class TestModule {}

async function startPlatform() {
  const database = await createTestDatabase();
  const env = readEnv({
    DATABASE_URL: database.appUrl,
    DATABASE_POOL: '8',
    JWT_SECRET: 'x'.repeat(32),
    QR_SECRET: 'y'.repeat(32),
    CLOCK: 'virtual',
  });
  const app = await NestFactory.createApplicationContext(
    {
      module: TestModule,
      imports: [PlatformModule.forRoot({ env, entities: [Organization], api: false })],
    },
    { logger: ['error'], abortOnError: false },
  );
  const owner = new Postgres({ connectionString: database.ownerUrl });
  await owner.connect();
  return {
    app,
    owner,
    uow: app.get(UnitOfWork),
    clock: app.get(SharedClock),
    organization: async () => {
      const id = newId();
      await app
        .get(UnitOfWork)
        .run(id, (tx) =>
          tx
            .repo(Organization)
            .insert({ id, name: 'test', slug: id, isDemo: false, createdAt: tx.now, policy: {}, version: 1 }),
        );
      return id;
    },
    /** Runs the relay until nothing waits for its place. */
    relay: async () => {
      const relay = app.get(FactRelay);
      await relay.start();
      for (;;) {
        const { rows } = await owner.query<{ n: string }>(
          'SELECT count(*) AS n FROM facts WHERE seq IS NULL',
        );
        if (rows[0]?.n === '0') break;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await relay.stop();
    },
    stop: async () => {
      await app.close();
      await owner.end();
      await database.drop();
    },
  };
}

describe('platform', () => {
  let it_: Awaited<ReturnType<typeof startPlatform>>;
  beforeAll(async () => {
    it_ = await startPlatform();
  });
  afterAll(() => it_.stop());

  const count = (orgId: string, n: number, subject = newId()) =>
    it_.uow.run(orgId, async (tx) => tx.record(Counted(subject, { n })));

  it('gives every fact its gapless place, whatever order transactions commit in', async () => {
    const orgs = [await it_.organization(), await it_.organization()];
    await Promise.all(Array.from({ length: 60 }, (_, n) => count(orgs[n % 2]!, n)));
    await it_.relay();
    for (const org of orgs) {
      const { rows } = await it_.owner.query<{ seq: string }>(
        'SELECT seq FROM facts WHERE org_id = $1 ORDER BY seq',
        [org],
      );
      expect(rows.map((row) => Number(row.seq))).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      expect(await it_.app.get(Journal).verify(org)).toMatchObject({ facts: 30, fault: null, pending: 0 });
    }
  });

  it('records nothing of a transaction that failed', async () => {
    const org = await it_.organization();
    await expect(
      it_.uow.run(org, async (tx) => {
        tx.record(Counted(newId(), { n: 1 }));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await it_.relay();
    expect(await it_.app.get(Journal).verify(org)).toMatchObject({ facts: 0 });
  });

  describe('the journal names', () => {
    const tampered = async (...statements: string[]) => {
      const org = await it_.organization();
      for (let n = 1; n <= 5; n++) await count(org, n);
      await it_.relay();
      for (const statement of [
        'ALTER TABLE facts DISABLE TRIGGER facts_once',
        ...statements,
        'ALTER TABLE facts ENABLE TRIGGER facts_once',
      ])
        await it_.owner.query(statement.replaceAll(':org', `'${org}'`));
      return (await it_.app.get(Journal).verify(org)).fault;
    };

    it('a changed fact', async () => {
      expect(
        await tampered(`UPDATE facts SET data = '{"n": 99}' WHERE org_id = :org AND seq = 3`),
      ).toMatchObject({
        seq: 3,
        problem: expect.stringContaining('not what was recorded'),
      });
    });

    it('a deleted fact', async () => {
      expect(await tampered('DELETE FROM facts WHERE org_id = :org AND seq = 2')).toMatchObject({
        seq: 2,
        problem: expect.stringContaining('missing'),
      });
    });

    it('reordered facts', async () => {
      const fault = await tampered(
        'UPDATE facts SET seq = 1000 WHERE org_id = :org AND seq = 3',
        'UPDATE facts SET seq = 3 WHERE org_id = :org AND seq = 4',
        'UPDATE facts SET seq = 4 WHERE org_id = :org AND seq = 1000',
      );
      expect(fault).toMatchObject({ seq: 3 });
    });

    it('a log that was cut off', async () => {
      expect(await tampered('DELETE FROM facts WHERE org_id = :org AND seq > 3')).toMatchObject({
        seq: 4,
        problem: expect.stringContaining('cut off'),
      });
    });
  });

  it('does not let the runtime role rewrite or remove facts', async () => {
    const org = await it_.organization();
    await count(org, 1);
    await it_.relay();
    const attempt = (text: string) => it_.uow.run(org, (tx) => tx.sql(text));
    await expect(attempt(`UPDATE facts SET data = '{}'`)).rejects.toThrow('permission denied');
    await expect(attempt('DELETE FROM facts')).rejects.toThrow('permission denied');
    await expect(attempt('UPDATE facts SET seq = 7, hash = hash')).rejects.toThrow('already has its place');
  });

  it('handles each fact once and in order, through failures', async () => {
    const org = await it_.organization();
    const handled: number[] = [];
    let failures = 2;
    const handlers = it_.app.get(FactHandlers);
    handlers.register({
      name: 'test-counter',
      on: [
        on(Counted, async (fact, tx) => {
          if (fact.orgId !== org) return;
          if (fact.data.n === 4 && failures-- > 0) throw new Error('not now');
          await tx.sql(
            `INSERT INTO commands (org_id, actor_id, key, body_hash, status, created_at) VALUES ($1, $1, $2, '', 200, now())`,
            [org, `effect-${fact.seq}`],
          );
          handled.push(fact.data.n);
        }),
      ],
    });
    for (let n = 1; n <= 6; n++) await count(org, n);
    await it_.relay();
    for (let i = 0; i < 4; i++) await handlers.catchUp();
    const { rows } = await it_.owner.query('SELECT key FROM commands WHERE org_id = $1 ORDER BY key', [org]);
    expect(rows.map((row) => row.key)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `effect-${n}`));
    expect(handled.at(-1)).toBe(6);
  });

  it('does a unit of work over that was given up for one it waited for', async () => {
    const org = await it_.organization();
    const rows = [newId(), newId()];
    await it_.uow.run(org, async (tx) => {
      for (const id of rows) await tx.schedule('test.crossed', id, new Date());
    });
    const touch = (tx: Tx, id: string) =>
      tx.sql(`UPDATE deadlines SET attempts = attempts + 1 WHERE subject_id = $1`, [id]);
    // Each holds one row and then wants the other's: only Postgres can part them.
    let holding = 0;
    let bothHold = () => {};
    const both = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    let attempts = 0;
    const crossed = (first: number) =>
      it_.uow.run(org, async (tx) => {
        attempts += 1;
        await touch(tx, rows[first]!);
        if (++holding === 2) bothHold();
        await both;
        await touch(tx, rows[1 - first]!);
        tx.record(Counted(rows[first]!, { n: first }));
      });
    await Promise.all([crossed(0), crossed(1)]);
    expect(attempts).toBe(3);
    const { rows: facts } = await it_.owner.query('SELECT 1 FROM facts WHERE org_id = $1', [org]);
    expect(facts).toHaveLength(2);
    const { rows: touched } = await it_.owner.query<{ attempts: number }>(
      'SELECT attempts FROM deadlines WHERE org_id = $1',
      [org],
    );
    expect(touched.map((row) => row.attempts)).toEqual([2, 2]);
  });

  it('lets a deadline that is being met go on when it is taken back, and neither waits for the other', async () => {
    const org = await it_.organization();
    const id = newId();
    const deadlines = it_.app.get(Deadlines);
    let meeting = () => {};
    const isMeeting = new Promise<void>((resolve) => {
      meeting = resolve;
    });
    let goOn = () => {};
    const mayGoOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    deadlines.on('test.taken_back', async () => {
      meeting();
      await mayGoOn;
    });
    await it_.uow.run(org, (tx) => tx.schedule('test.taken_back', id, it_.clock.now()));
    const met = deadlines.runDue();
    await isMeeting;
    await it_.uow.run(org, (tx) => tx.unschedule('test.taken_back', id));
    goOn();
    await met;
    const { rows } = await it_.owner.query('SELECT 1 FROM deadlines WHERE org_id = $1', [org]);
    expect(rows).toEqual([]);
  });

  it('meets a deadline once, when its time has come', async () => {
    const org = await it_.organization();
    const met: string[] = [];
    const deadlines = it_.app.get(Deadlines);
    deadlines.on('test.due', async (id) => {
      met.push(id);
    });
    const [soon, later, moved] = [newId(), newId(), newId()];
    const now = it_.clock.now().getTime();
    await it_.uow.run(org, async (tx) => {
      await tx.schedule('test.due', soon, new Date(now + 60_000));
      await tx.schedule('test.due', later, new Date(now + 3_600_000));
      await tx.schedule('test.due', moved, new Date(now + 60_000));
      await tx.schedule('test.due', moved, new Date(now + 7_200_000));
    });
    await deadlines.runDue();
    expect(met).toEqual([]);
    await it_.clock.set({ at: new Date(now + 120_000), speed: 0 });
    await Promise.all([deadlines.runDue(), deadlines.runDue()]);
    expect(met).toEqual([soon]);
    await it_.clock.set({ at: new Date(now + 4_000_000) });
    await deadlines.runDue();
    expect(met).toEqual([soon, later]);
  });

  describe('a command', () => {
    const command = (orgId: string, body: unknown, key = 'k1') => ({ orgId, actorId: orgId, key, body });
    const work = (ran: number[]) => async (tx: Tx) => {
      ran.push(1);
      tx.record(Counted(newId(), { n: ran.length }));
      return { ran: ran.length };
    };

    it('is done once and answered the same again; another body under its key is refused', async () => {
      const org = await it_.organization();
      const runner = it_.app.get(CommandRunner);
      const ran: number[] = [];
      const first = await runner.run(command(org, { a: 1, b: 2 }), work(ran));
      const again = await runner.run(command(org, { b: 2, a: 1 }), work(ran));
      expect(again).toEqual({ ...first, replayed: true });
      expect(ran).toHaveLength(1);
      await expect(runner.run(command(org, { a: 2 }), work(ran))).rejects.toMatchObject({ status: 422 });
    });

    it('that is still running answers 409 to its double', async () => {
      const org = await it_.organization();
      const runner = it_.app.get(CommandRunner);
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      let started = () => {};
      const running = new Promise<void>((resolve) => {
        started = resolve;
      });
      const first = runner.run(command(org, {}), async () => {
        started();
        await held;
        return 'done';
      });
      await running;
      await expect(runner.run(command(org, {}), async () => 'twice')).rejects.toMatchObject({
        code: 'COMMAND_RUNNING',
      });
      release();
      expect((await first).response).toBe('done');
    });

    it('that failed left nothing behind and may be sent again', async () => {
      const org = await it_.organization();
      const runner = it_.app.get(CommandRunner);
      await expect(
        runner.run(command(org, {}), async () => {
          throw new Error('broken');
        }),
      ).rejects.toThrow('broken');
      expect((await runner.run(command(org, {}), async () => 'ok')).response).toBe('ok');
    });
  });

  describe('tenancy', () => {
    it('shows one organisation nothing of another, even to a forgotten filter', async () => {
      const [a, b] = [await it_.organization(), await it_.organization()];
      await count(a, 1);
      expect(await it_.uow.run(b, (tx) => tx.sql('SELECT * FROM facts'))).toEqual([]);
      expect(await it_.uow.run(b, (tx) => tx.repo(Organization).find())).toHaveLength(1);
      await expect(
        it_.uow.run(b, (tx) =>
          tx.sql(`INSERT INTO fact_heads (org_id, seq, hash) VALUES ($1, 1, '\\x00')`, [a]),
        ),
      ).rejects.toThrow('row-level security');
    });

    it('has a forced policy on every table, or a reason why not', async () => {
      const shared: Record<string, string> = {
        app_clock: 'one clock for the installation, no tenant data',
        migrations: 'which migrations ran',
        socket_io_attachments: 'large packets on their way between API processes, seconds old',
      };
      const { rows } = await it_.owner.query<{ relname: string; forced: boolean; policies: string }>(
        `SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS forced,
                (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polwithcheck IS NOT NULL) AS policies
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
      );
      expect(rows.length).toBeGreaterThan(8);
      const open = rows.filter((row) => !(row.forced && Number(row.policies) > 0)).map((row) => row.relname);
      expect(open.filter((table) => !shared[table])).toEqual([]);
    });
  });
});
