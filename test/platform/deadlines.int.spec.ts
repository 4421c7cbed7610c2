import { newId } from '#kernel';
import { parseRecurrence } from '#libs/kernel/src/recurrence/recurrence';
import { Deadlines } from '#platform';
import { Counted, startPlatform, type TestPlatform } from './start-platform.js';

const DAY_MS = 86_400_000;

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
      `INSERT INTO deadlines (org_id, kind, subject_id, planned_at, due_at)
       SELECT $1, 'test.of_no_stage', gen_random_uuid(), $2, $2 FROM generate_series(1, 1000)`,
      [org, new Date(it_.clock.now().getTime() - DAY_MS)],
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

  /** So many of a kind, due a second after each other, the last of them now. */
  const scheduleDue = async (org: string, kind: string, count: number) => {
    const now = it_.clock.now().getTime();
    const ids = Array.from({ length: count }, newId);
    await it_.uow.run(org, async (tx) => {
      for (const [i, id] of ids.entries())
        await tx.schedule(kind, id, new Date(now - (count - 1 - i) * 1_000));
    });
    return ids;
  };
  const factsAbout = async (org: string): Promise<string[]> => {
    const { rows } = await it_.owner.query(
      'SELECT subject_id FROM facts WHERE org_id = $1 ORDER BY position',
      [org],
    );
    return rows.map((row: { subject_id: string }) => row.subject_id);
  };

  it('is met together with others, and one that fails holds back none of them', async () => {
    const org = await it_.organization();
    const deadlines = it_.app.get(Deadlines);
    const [first, second, poison, last] = await scheduleDue(org, 'test.poison', 4);
    const transactions = new Set<unknown>();
    deadlines.on('test.poison', async (id, tx) => {
      tx.record(Counted(id, { n: 1 }));
      if (id === poison) throw new Error('cannot be met');
      transactions.add(tx);
    });
    await deadlines.runDue();
    expect(await factsAbout(org)).toEqual([first, second, last]);
    const waiting = async () =>
      (await it_.owner.query('SELECT subject_id, attempts, due_at FROM deadlines WHERE org_id = $1', [org]))
        .rows;
    expect(await waiting()).toEqual([
      { subject_id: poison, attempts: 1, due_at: new Date(it_.clock.now().getTime() + 1_000) },
    ]);
    // Those that come later are met by one transaction again.
    transactions.clear();
    await scheduleDue(org, 'test.poison', 3);
    await deadlines.runDue();
    expect(transactions.size).toBe(1);
    expect(await factsAbout(org)).toHaveLength(6);
  });

  it('waits for one batch of another organisation at most, however much of that is due', async () => {
    const [large, small] = [await it_.organization(), await it_.organization()];
    const deadlines = it_.app.get(Deadlines);
    const met: string[] = [];
    deadlines.on('test.fair', async (_id, tx) => void met.push(tx.orgId));
    await it_.owner.query(
      `INSERT INTO deadlines (org_id, kind, subject_id, planned_at, due_at)
       SELECT $1, 'test.fair', gen_random_uuid(), $2, $2 FROM generate_series(1, 1000)`,
      [large, new Date(it_.clock.now().getTime() - DAY_MS)],
    );
    await scheduleDue(small, 'test.fair', 1);
    await deadlines.runDue();
    expect(met).toHaveLength(1001);
    expect(met.indexOf(small)).toBeLessThanOrEqual(100);
  });

  it('that its transaction has no time for is met by the next', async () => {
    const org = await it_.organization();
    const deadlines = it_.app.get(Deadlines);
    const ids = await scheduleDue(org, 'test.slow', 3);
    const transactions = new Set<unknown>();
    let nowMs = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    deadlines.on('test.slow', async (id, tx) => {
      transactions.add(tx);
      tx.record(Counted(id, { n: 1 }));
      nowMs += 1_000;
    });
    await deadlines.runDue().finally(() => clock.mockRestore());
    expect(await factsAbout(org)).toEqual(ids);
    expect(transactions.size).toBe(3);
  });

  it('recurs by its rule in its zone, and says what becomes of occurrences that were missed', async () => {
    const org = await it_.organization();
    const deadlines = it_.app.get(Deadlines);
    const [each, latest, calledOff] = [newId(), newId(), newId()];
    const met: Record<string, string[]> = { [each]: [], [latest]: [], [calledOff]: [] };
    deadlines.on('test.recurring', async (id, tx, plannedAt) => {
      met[id]!.push(plannedAt.toISOString());
      if (id === calledOff) await tx.unschedule('test.recurring', id);
    });
    await it_.clock.set({ at: new Date('2027-10-29T00:00:00Z'), speed: 0 });
    const when = { start: '2027-10-30', time: '09:00', timeZone: 'Europe/Berlin' };
    const recurrence = parseRecurrence({ ...when, rule: 'FREQ=DAILY;COUNT=4' });
    const first = await it_.uow.run(org, async (tx) => {
      await tx.scheduleRecurring('test.recurring', latest, { recurrence, missed: 'latest' });
      await tx.scheduleRecurring('test.recurring', calledOff, { recurrence, missed: 'each' });
      return tx.scheduleRecurring('test.recurring', each, { recurrence, missed: 'each' });
    });
    expect(first).toEqual(new Date('2027-10-30T07:00:00Z'));
    await it_.clock.set({ at: new Date('2027-10-31T12:00:00Z') });
    await deadlines.runDue();
    // Clocks went back in the night before the second.
    const dates = ['2027-10-30T07', '2027-10-31T08', '2027-11-01T08', '2027-11-02T08'].map(
      (hour) => `${hour}:00:00.000Z`,
    );
    expect(met).toEqual({ [each]: dates.slice(0, 2), [latest]: [dates[1]], [calledOff]: [dates[0]] });
    await it_.clock.set({ at: new Date('2027-11-10T00:00:00Z') });
    await deadlines.runDue();
    expect(met).toEqual({ [each]: dates, [latest]: [dates[1], dates[3]], [calledOff]: [dates[0]] });
    const { rows } = await it_.owner.query('SELECT 1 FROM deadlines WHERE org_id = $1', [org]);
    expect(rows).toEqual([]);
    const over = await it_.uow.run(org, (tx) =>
      tx.scheduleRecurring('test.recurring', each, { recurrence, missed: 'each' }),
    );
    expect(over).toBeNull();
  });
});
