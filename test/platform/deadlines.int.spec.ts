import { newId } from '#kernel';
import { Deadlines } from '#platform';
import { startPlatform, type TestPlatform } from './start-platform.js';

describe('a deadline', () => {
  let it_: TestPlatform;
  beforeAll(async () => {
    it_ = await startPlatform();
  });
  afterAll(() => it_.stop());

  it('goes on being met when it is taken back meanwhile, and neither waits for the other', async () => {
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

  it('is met although many are due before it that nobody meets', async () => {
    const org = await it_.organization();
    const deadlines = it_.app.get(Deadlines);
    const met: string[] = [];
    deadlines.on('test.known', async (id) => {
      met.push(id);
    });
    const id = newId();
    await it_.owner.query(
      `INSERT INTO deadlines (org_id, kind, subject_id, due_at)
       SELECT $1, 'test.of_no_stage', gen_random_uuid(), $2::timestamptz - interval '1 day' FROM generate_series(1, 1000)`,
      [org, it_.clock.now()],
    );
    await it_.uow.run(org, (tx) => tx.schedule('test.known', id, it_.clock.now()));
    await deadlines.runDue();
    expect(met).toEqual([id]);
    const { rows } = await it_.owner.query(
      'SELECT count(*)::integer AS left FROM deadlines WHERE org_id = $1',
      [org],
    );
    expect(rows).toEqual([{ left: 1000 }]);
    await it_.owner.query('DELETE FROM deadlines WHERE org_id = $1', [org]);
  });

  it('is met once, when its time has come', async () => {
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
});
