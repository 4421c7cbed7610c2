import { newId } from '#kernel';
import { Journal, type Tx } from '#platform';
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
