import { newId } from '#kernel';
import { CommandRunner, FactHandlers, Journal, Organization, on, Tx } from '#platform';
import { Counted, startPlatform, type TestPlatform } from './start-platform.js';

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
