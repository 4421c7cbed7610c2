import { Client as Postgres } from 'pg';
import { newId } from '#kernel';
import { asDomainError, Journal, type Tx } from '#platform';
import { eventually } from '../support/client.js';
import { Counted, startPlatform, type TestPlatform } from './start-platform.js';

describe('a unit of work', () => {
  let it_: TestPlatform;
  beforeAll(async () => {
    it_ = await startPlatform();
  });
  afterAll(() => it_.stop());

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

  it('goes on when a table changes beneath a plan that is kept', async () => {
    const org = await it_.organization();
    await it_.owner.query(`CREATE TABLE shaped AS SELECT 1 AS id, '7'::varchar(5) AS size`);
    await it_.owner.query('GRANT SELECT ON shaped TO PUBLIC');
    const sizes = () =>
      it_.uow.run(org, (tx) => tx.sql<{ size: unknown }>('SELECT size FROM shaped WHERE id = $1', [1]));
    for (let i = 0; i < 5; i++) expect(await sizes()).toEqual([{ size: '7' }]);
    await it_.owner.query('ALTER TABLE shaped ALTER COLUMN size TYPE integer USING size::integer');
    expect(await sizes()).toEqual([{ size: 7 }]);
    await it_.owner.query('DROP TABLE shaped');
  });

  it('whose connection is lost is told so, wherever it was', async () => {
    const org = await it_.organization();
    const outside = new Postgres({ connectionString: it_.url });
    await outside.connect();
    const pidOf = async (tx: Tx) => (await tx.sql<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]!.pid;
    // By the same role, which may. It returns when the process has gone, not when it was told to go.
    const cut = (pid: number) => outside.query('SELECT pg_terminate_backend($1, 60000)', [pid]);
    const problem = (work: (tx: Tx) => Promise<unknown>) =>
      it_.uow.run(org, work).then(
        () => 'nothing',
        (error: unknown) => {
          const { status, code } = asDomainError(error);
          return `${status} ${code}`;
        },
      );
    const lost = '503 DATABASE_UNAVAILABLE';
    // In the middle of a statement, between two, and before the end; there nobody knows whether it was saved.
    expect(await problem((tx) => tx.sql('SELECT pg_terminate_backend(pg_backend_pid())'))).toBe(lost);
    const between = async (tx: Tx) => {
      await cut(await pidOf(tx));
      // Until the driver has heard of it.
      await eventually(() =>
        tx.sql('SELECT 1').then(
          () => false,
          () => true,
        ),
      );
    };
    expect(
      await problem(async (tx) => {
        await between(tx);
        await tx.sql('SELECT 1');
      }),
    ).toBe(lost);
    expect(await problem(between)).toBe(lost);
    expect(await problem(async (tx) => void (await cut(await pidOf(tx))))).toBe(lost);
    expect(await it_.uow.run(org, (tx) => tx.sql('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
    await outside.end();
  });

  it('is done over when it was given up for one it waited for', async () => {
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
});
