import { Logger } from '@nestjs/common';
import { newId } from '#kernel';
import {
  CommandRunner,
  FactHandlers,
  FactLog,
  FactRelay,
  Journal,
  JournalStates,
  Organization,
  on,
  ParkedFacts,
  type Principal,
  type Role,
  Timelines,
  Tx,
} from '#platform';
import { MAX_SET_ASIDE } from '../../libs/platform/src/facts/parked-facts.js';
import { MAX_TRIES } from '../../libs/platform/src/facts/retry-schedule.js';
import { eventually } from '../support/client.js';
import { Breached, Counted, Measured, startPlatform, type TestPlatform } from './start-platform.js';

describe('platform', () => {
  let it_: TestPlatform;
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

  it('stand in the timeline of whatever else they are about, as far as the caller may see them', async () => {
    const org = await it_.organization();
    const [job, breach] = [newId(), newId()];
    await it_.uow.run(org, async (tx) => {
      tx.record(Counted(job, { n: 1 }));
      tx.record(Breached(breach, { jobId: job, blame: 'Maria' }));
      tx.record(Breached(newId(), { jobId: newId(), blame: 'Ann' }));
    });
    await it_.relay();
    const timeline = new Timelines(it_.app.get(FactLog), {
      authenticate: () => Promise.reject(new Error('nobody signs in here')),
      authenticateLink: () => Promise.reject(new Error('nobody holds a link here')),
      may: (_caller, _action, subject) => subject === 'Test',
    });
    const seen = (role: Role, caller: Partial<Principal> = {}) =>
      it_.uow.run(org, async (tx) => {
        const who: Principal = { kind: 'user', orgId: org, id: newId(), role, ...caller };
        return (await timeline.of(tx, who, job)).map(({ type, data }) => [type, data]);
      });
    const counted = ['test.counted', { n: 1 }];
    expect(await seen('dispatcher')).toEqual([counted, ['test.breached', { jobId: job, blame: 'Maria' }]]);
    expect(await seen('auditor')).toEqual([counted, ['test.breached', { jobId: job }]]);
    expect(await seen('worker', { workerId: newId() })).toEqual([]);
    // A key that may read jobs alone reads nothing of what later stages say about them.
    expect(await seen('dispatcher', { kind: 'api_key', scopes: [] })).toEqual([counted]);
    expect(await it_.app.get(Journal).verify(org)).toMatchObject({ facts: 3, fault: null });
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

    it.each([`data = '{"n": 99}'`, 'schema_version = 2', 'about = ARRAY[gen_random_uuid()]'])(
      'a changed fact: %s',
      async (change) => {
        expect(await tampered(`UPDATE facts SET ${change} WHERE org_id = :org AND seq = 3`)).toMatchObject({
          seq: 3,
          problem: expect.stringContaining('not what was recorded'),
        });
      },
    );

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

  it('verifies again only what is new, once for all who ask at a time, and still names what was changed before', async () => {
    const org = await it_.organization();
    const record = (from: number, to: number) =>
      it_.uow.run(org, async (tx) => {
        for (let n = from; n <= to; n++) tx.record(Counted(org, { n }));
      });
    await record(1, 2_300);
    await it_.relay();
    const journal = it_.app.get(Journal);
    const sql = jest.spyOn(Tx.prototype, 'sql');
    /** How many facts were read one by one. */
    const recomputed = async () => {
      const answers = await Promise.all(sql.mock.results.map(({ value }) => value as Promise<object[]>));
      sql.mockClear();
      return answers.flat().filter((row) => 'prev_hash' in row).length;
    };
    expect(await journal.verify(org)).toMatchObject({ facts: 2_300, fault: null });
    expect(await recomputed()).toBe(2_300);
    await record(2_301, 2_400);
    await it_.relay();
    await recomputed();
    const reports = await Promise.all(Array.from({ length: 25 }, () => journal.verify(org)));
    expect(new Set(reports.map(({ facts, fault }) => `${facts} ${fault}`))).toEqual(new Set(['2400 null']));
    expect(await recomputed()).toBe(2 * 400);
    for (const statement of [
      'ALTER TABLE facts DISABLE TRIGGER facts_once',
      `UPDATE facts SET actor = '{"kind": "system", "id": null, "role": "x"}' WHERE org_id = '${org}' AND seq = 1234`,
      'ALTER TABLE facts ENABLE TRIGGER facts_once',
    ])
      await it_.owner.query(statement);
    expect((await journal.verify(org)).fault).toMatchObject({ seq: 1_234 });
    expect((await journal.verify(org)).fault).toMatchObject({ seq: 1_234 });
    sql.mockRestore();
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

  it('brings every log on but one whose head is broken, and that one once it is mended', async () => {
    const [broken, sound] = [await it_.organization(), await it_.organization()];
    for (const org of [broken, sound]) for (let n = 1; n <= 3; n++) await count(org, n);
    await it_.relay();
    // As a restored or meddled-with row would: the next place is taken already.
    await it_.owner.query('UPDATE fact_heads SET seq = 1 WHERE org_id = $1', [broken]);
    for (const org of [broken, sound]) await count(org, 4);
    const placed = async (org: string) => {
      const { rows } = await it_.owner.query<{ n: string }>(
        'SELECT count(*) AS n FROM facts WHERE org_id = $1 AND seq IS NOT NULL',
        [org],
      );
      return Number(rows[0]?.n);
    };
    const stateOf = (org: string) => it_.uow.run(org, (tx) => it_.app.get(JournalStates).of(tx));
    const relay = it_.app.get(FactRelay);
    await relay.start();
    await eventually(async () => (await placed(sound)) === 4 && (await stateOf(broken)).relayError !== null);
    expect(await placed(broken)).toBe(3);
    expect((await stateOf(broken)).relayError).toContain('facts_seq');
    expect((await stateOf(sound)).relayError).toBeNull();
    await it_.owner.query('UPDATE fact_heads SET seq = 3 WHERE org_id = $1', [broken]);
    await eventually(async () => (await placed(broken)) === 4 && (await stateOf(broken)).relayError === null);
    await relay.stop();
  });

  it('reads each fact as the newest version of its kind, and keeps and verifies it as it was written', async () => {
    const org = await it_.organization();
    const subject = newId();
    await it_.uow.run(org, async (tx) => {
      tx.record({ ...Measured(subject, { distance: 3 } as never), schemaVersion: 1 });
      tx.record({ ...Measured(subject, { metres: 4 } as never), schemaVersion: 2 });
      tx.record(Measured(subject, { metres: 5, by: 'tape' }));
      tx.record({
        ...Measured(subject, { metres: 6, by: 'tape', of: 'tomorrow' } as never),
        schemaVersion: 4,
      });
    });
    await it_.relay();
    const facts = await it_.uow.run(org, (tx) => it_.app.get(FactLog).of(tx, subject));
    expect(facts.map(({ schemaVersion, data }) => [schemaVersion, data])).toEqual([
      [3, { metres: 3, by: null }],
      [3, { metres: 4, by: null }],
      [3, { metres: 5, by: 'tape' }],
      [4, { metres: 6, by: 'tape', of: 'tomorrow' }],
    ]);
    const { rows } = await it_.owner.query('SELECT data FROM facts WHERE org_id = $1 AND seq = 1', [org]);
    expect(rows).toEqual([{ data: { distance: 3 } }]);
    expect(await it_.app.get(Journal).verify(org)).toMatchObject({ facts: 4, fault: null });
  });

  describe('a fact handler', () => {
    // Every failure is logged, here on purpose.
    beforeAll(() => void jest.spyOn(Logger.prototype, 'error').mockImplementation());
    afterAll(() => jest.restoreAllMocks());
    /** Writes down what it handled in the transaction of the effect, and fails while it is told to. */
    const counter = (name: string, org: string) => {
      const failing = new Set<number>();
      it_.app.get(FactHandlers).register({
        name,
        from: 'beginning',
        on: [
          on(Counted, async (fact, tx) => {
            if (fact.orgId !== org) return;
            await tx.sql(
              `INSERT INTO commands (org_id, actor_id, key, body_hash, status, created_at) VALUES ($1, $1, $2, '', 200, clock_timestamp())`,
              [org, `${name}-${fact.seq}`],
            );
            if (failing.has(fact.data.n)) throw new Error(`cannot apply ${fact.data.n}`);
          }),
        ],
      });
      const handled = async () => {
        const { rows } = await it_.owner.query<{ key: string }>(
          'SELECT key FROM commands WHERE org_id = $1 ORDER BY created_at',
          [org],
        );
        return rows.map(({ key }) => Number(key.slice(name.length + 1)));
      };
      const parked = () => it_.uow.run(org, (tx) => it_.app.get(ParkedFacts).list(tx, { limit: 100 }));
      return { failing, handled, parked };
    };
    const catchUp = () => it_.app.get(FactHandlers).catchUp();
    let minutes = 0;
    /** The business clock goes on, and what is due is tried. */
    const later = async () => {
      minutes += 11;
      await it_.clock.set({ at: new Date(Date.UTC(2030, 0, 1, 0, minutes)), speed: 0 });
      await catchUp();
    };

    it('handles each fact once and in order, through failures', async () => {
      const org = await it_.organization();
      const { failing, handled } = counter('test-counter', org);
      const subject = newId();
      for (let n = 1; n <= 6; n++) await count(org, n, subject);
      await it_.relay();
      await later();
      failing.add(4);
      for (let n = 1; n <= 6; n++) await count(org, n, subject);
      await it_.relay();
      await catchUp();
      expect(await handled()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      failing.clear();
      await later();
      expect(await handled()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    });

    it('that wants only what comes leaves out what was recorded before it, and nothing of a later organisation', async () => {
      const old = await it_.organization();
      for (let n = 1; n <= 3; n++) await count(old, n);
      await it_.relay();
      const seen: string[] = [];
      it_.app.get(FactHandlers).register({
        name: 'test-from-now',
        from: 'now',
        on: [on(Counted, async ({ orgId, seq }) => void seen.push(`${orgId} ${seq}`))],
      });
      await catchUp();
      expect(seen).toEqual([]);

      const young = await it_.organization();
      await count(young, 1);
      await count(old, 4);
      await it_.relay();
      await catchUp();
      expect(seen.sort()).toEqual([`${old} 4`, `${young} 1`].sort());
    });

    it('that cannot apply a fact parks it: its subject waits in order, everything else goes on', async () => {
      const [org, other] = [await it_.organization(), await it_.organization()];
      const { failing, handled, parked } = counter('test-parking', org);
      const there = counter('test-parking-there', other);
      const [stuck, free] = [newId(), newId()];
      failing.add(2);
      await count(org, 1, stuck);
      await count(org, 2, stuck);
      await count(org, 3, free);
      await count(org, 4, stuck);
      await count(org, 5, free);
      await count(other, 2, stuck);
      await it_.relay();
      await catchUp();
      expect([await handled(), await there.handled()]).toEqual([[1, 3, 5], [1]]);

      for (let i = 0; i < MAX_TRIES; i++) await later();
      const { items } = await parked();
      expect(items).toMatchObject([
        { seq: 2, state: 'parked', failures: MAX_TRIES, lastError: 'Error: cannot apply 2', nextTryAt: null },
        { seq: 4, state: 'waiting', failures: 0 },
      ]);
      // Parked means left alone, and the log says so, without the words of the error.
      await later();
      expect((await parked()).items[0]).toMatchObject({ failures: MAX_TRIES });
      await it_.relay();
      const [said] = await it_.uow.run(org, (tx) => it_.app.get(FactLog).of(tx, items[0]!.factId));
      expect(said).toMatchObject({
        type: 'fact.parked',
        data: { handler: 'test-parking', seq: 2, type: 'test.counted', failures: MAX_TRIES },
      });
      expect(JSON.stringify(said)).not.toContain('cannot apply');

      // What came meanwhile for the same subject waits as well; a retry without a cure changes nothing.
      await count(org, 6, stuck);
      await it_.relay();
      await catchUp();
      const decide = it_.app.get(ParkedFacts);
      await it_.uow.run(org, (tx) => decide.retry(tx, items[0]!.id));
      await catchUp();
      expect(await handled()).toEqual([1, 3, 5]);
      await expect(it_.uow.run(org, (tx) => decide.skip(tx, items[1]!.id, 'no'))).rejects.toMatchObject({
        code: 'FACT_WAITS',
      });
      failing.clear();
      await it_.uow.run(org, (tx) => decide.retry(tx, items[0]!.id));
      await catchUp();
      expect((await handled()).slice(0, 5)).toEqual([1, 3, 5, 2, 4]);
      expect((await parked()).items).toEqual([]);
    });

    it('goes on behind a fact that an administrator skips', async () => {
      const org = await it_.organization();
      const { failing, handled, parked } = counter('test-skipping', org);
      const subject = newId();
      failing.add(1);
      for (let n = 1; n <= 3; n++) await count(org, n, subject);
      await it_.relay();
      for (let i = 0; i < MAX_TRIES; i++) await later();
      expect(await handled()).toEqual([]);
      const [first] = (await parked()).items;
      await it_.uow.run(org, (tx) => it_.app.get(ParkedFacts).skip(tx, first!.id, 'the job is gone'));
      await catchUp();
      expect(await handled()).toEqual([2, 3]);
      await it_.relay();
      expect(await it_.uow.run(org, (tx) => it_.app.get(FactLog).of(tx, first!.factId))).toMatchObject([
        { type: 'fact.parked' },
        { type: 'fact.skipped', data: { seq: 1, reason: 'the job is gone' } },
      ]);
    });

    it('that fails for every subject stops, and goes on when some are settled', async () => {
      const org = await it_.organization();
      const { failing, parked } = counter('test-stopping', org);
      failing.add(1);
      await it_.uow.run(org, async (tx) => {
        for (let n = 0; n < MAX_SET_ASIDE + 5; n++) tx.record(Counted(newId(), { n: 1 }));
      });
      await it_.relay();
      await catchUp();
      const rows = async () =>
        (await it_.owner.query('SELECT count(*)::int AS n FROM parked_facts WHERE org_id = $1', [org]))
          .rows[0].n;
      expect(await rows()).toBe(MAX_SET_ASIDE);
      const [cursor] = (
        await it_.owner.query(
          `SELECT failures, last_error FROM handler_cursors WHERE org_id = $1 AND handler = $2`,
          [org, 'test-stopping'],
        )
      ).rows;
      expect(cursor).toMatchObject({ last_error: expect.stringContaining('set aside') });
      failing.clear();
      await later();
      for (let i = 0; (await rows()) > 0 && i < 20; i++) await later();
      expect((await parked()).items).toEqual([]);
    });
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
        fact_handlers: 'which handlers there are, no tenant data',
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
