import { DataSource } from 'typeorm';
import { newId } from '#kernel';
import { migrations } from '#migrations';
import { BackgroundRuns, PgListener, PgNotifier, type RunContext, type RunKind } from '#platform';
import { eventually } from '../support/client.js';
import { Counted, startPlatform, type TestPlatform } from './start-platform.js';

interface Began {
  context: RunContext<number>;
  end: (result: string) => void;
}

/** Work that goes on until the test ends it. */
function manualWork(kind: string, changes: Partial<RunKind<string, number>> = {}) {
  const began: Began[] = [];
  const ended: string[] = [];
  const work: RunKind<string, number> = {
    kind,
    maxOpen: 10,
    concurrency: 1,
    run: (context) => new Promise((end) => began.push({ context, end })),
    progressed: async (tx, id, n) => tx.record(Counted(id, { n })),
    done: async (_tx, _id, result) => void ended.push(result),
    failed: async (_tx, _id, { code }) => void ended.push(code),
    ...changes,
  };
  return { began, ended, work };
}

describe('a background run', () => {
  let it_: TestPlatform;
  const started: BackgroundRuns[] = [];
  beforeAll(async () => {
    it_ = await startPlatform();
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((runs) => runs.stop()));
  });
  afterAll(() => it_.stop());

  /** As another process would have it. */
  const processFor = <P>(work: RunKind<string, P>) => {
    const { app, uow } = it_;
    const runs = new BackgroundRuns(app.get(DataSource), uow, app.get(PgListener), app.get(PgNotifier));
    runs.register(work);
    started.push(runs);
    return runs;
  };
  const ask = (runs: BackgroundRuns, org: string, kind: string, id = newId()) =>
    it_.uow.run(org, (tx) => runs.create(tx, kind, id)).then(() => id);
  const stateOf = async (id: string) => {
    const { rows } = await it_.owner.query<{ state: string; attempts: number; error: unknown }>(
      'SELECT state, attempts, error FROM background_runs WHERE subject_id = $1',
      [id],
    );
    return rows[0];
  };
  const silence = (id: string) =>
    it_.owner.query(
      `UPDATE background_runs SET heartbeat_at = now() - interval '1 minute' WHERE subject_id = $1`,
      [id],
    );

  it('is taken up by turns of the organisations, the oldest of each first', async () => {
    const [a, b, c] = [await it_.organization(), await it_.organization(), await it_.organization()];
    const order: string[] = [];
    const names = new Map<string, string>();
    const { work } = manualWork('test.turns', {
      run: async ({ subjectId }) => {
        order.push(names.get(subjectId)!);
        return 'done';
      },
    });
    const runs = processFor(work);
    const asked = [
      ['a1', a],
      ['a2', a],
      ['a3', a],
      ['b4', b],
      ['c5', c],
      ['b6', b],
    ] as const;
    for (const [name, org] of asked) names.set(await ask(runs, org, 'test.turns'), name);
    await runs.start();
    await eventually(async () => order.length === 6);
    expect(order).toEqual(['a1', 'b4', 'c5', 'a2', 'b6', 'a3']);
  });

  it('is refused beyond so many open ones of its organisation', async () => {
    const org = await it_.organization();
    const runs = processFor(manualWork('test.full', { maxOpen: 1 }).work);
    await ask(runs, org, 'test.full');
    await expect(ask(runs, org, 'test.full')).rejects.toMatchObject({
      code: 'TOO_MANY_RUNS',
      message: '1 are under way already; let one end first.',
    });
    await ask(runs, await it_.organization(), 'test.full');
  });

  it('is taken up by another process when its own falls silent, and ends once', async () => {
    const org = await it_.organization();
    const [first, second] = [manualWork('test.silent'), manualWork('test.silent')];
    const runs = processFor(first.work);
    const id = await ask(runs, org, 'test.silent');
    await runs.start();
    await eventually(async () => first.began[0]);
    await silence(id);
    await processFor(second.work).start();
    // A heartbeat may have come in between.
    await eventually(async () => {
      if (second.began.length === 0) await silence(id);
      return second.began[0];
    });
    await eventually(async () => first.began[0]!.context.signal.aborted);
    first.began[0]!.end('by the one thought dead');
    await runs.stop();
    expect(await stateOf(id)).toMatchObject({ state: 'running', attempts: 2 });
    second.began[0]!.end('by the other');
    await eventually(async () => second.ended.length > 0);
    expect([first.ended, second.ended]).toEqual([[], ['by the other']]);
    expect(await stateOf(id)).toMatchObject({ state: 'done' });
  });

  it('is given back by a process that stops, and given up when too many have died of it', async () => {
    const org = await it_.organization();
    const stopped = manualWork('test.stopped');
    const runs = processFor(stopped.work);
    const id = await ask(runs, org, 'test.stopped');
    await runs.start();
    const { context, end } = await eventually(async () => stopped.began[0]);
    context.signal.addEventListener('abort', () => end('half'));
    await runs.stop();
    expect([stopped.ended, await stateOf(id)]).toMatchObject([[], { state: 'queued', attempts: 0 }]);

    await it_.owner.query(
      `UPDATE background_runs SET state = 'running', attempts = 5 WHERE subject_id = $1`,
      [id],
    );
    await silence(id);
    const deadly = manualWork('test.stopped');
    await processFor(deadly.work).start();
    await eventually(async () => deadly.ended.length > 0);
    expect([deadly.began, deadly.ended]).toEqual([[], ['RUN_GAVE_UP']]);
    // Its work is told within the transaction that gives it up.
    const given = await eventually(async () => {
      const now = await stateOf(id);
      return now.state === 'failed' && now;
    });
    expect(given).toMatchObject({ error: { code: 'RUN_GAVE_UP' } });
  });

  it('tells how far it is, and nothing any more once it is cancelled', async () => {
    const org = await it_.organization();
    const { work, began, ended } = manualWork('test.cancelled');
    const runs = processFor(work);
    const id = await ask(runs, org, 'test.cancelled');
    await runs.start();
    const { context, end } = await eventually(async () => began[0]);
    context.progress(1);
    const told = async () =>
      (await it_.owner.query('SELECT data FROM facts WHERE subject_id = $1', [id])).rows;
    await eventually(async () => (await told()).length > 0);
    await it_.uow.run(org, (tx) => runs.cancel(tx, 'test.cancelled', id));
    context.progress(2);
    await eventually(async () => context.signal.aborted);
    end('too late');
    await runs.stop();
    expect([ended, await told()]).toEqual([[], [{ data: { n: 1 } }]]);
    expect(await stateOf(id)).toMatchObject({ state: 'cancelled' });
  });

  it('is made of each plan and dry run that was open before there were runs', async () => {
    const [org, area] = [await it_.organization(), newId()];
    const owner = await new DataSource({
      type: 'postgres',
      url: it_.ownerUrl,
      installExtensions: false,
    }).initialize();
    const migration = new (migrations.find(({ name }) => name.startsWith('BackgroundRuns'))!)();
    const runner = owner.createQueryRunner();
    await migration.down(runner);
    const ids: Record<string, string> = {};
    for (const state of ['queued', 'planning', 'proposed']) {
      ids[state] = newId();
      await runner.query(
        `INSERT INTO day_plans (id, org_id, area_id, date, state, options, start_at, end_at, created_at, heartbeat_at)
         VALUES ($1, $2, $3, '2026-03-02', $4, '{}', now(), now(), now(), CASE $4 WHEN 'queued' THEN NULL ELSE now() END)`,
        [ids[state], org, area, state],
      );
    }
    ids.dryRun = newId();
    await runner.query(
      `INSERT INTO policy_dry_runs (id, org_id, state, from_at, to_at, body, created_at)
       VALUES ($1, $2, 'queued', now() - interval '1 hour', now(), '{}', now())`,
      [ids.dryRun, org],
    );
    await migration.up(runner);
    await owner.destroy();
    const { rows } = await it_.owner.query(
      `SELECT kind, subject_id, state, heartbeat_at IS NOT NULL AS heard FROM background_runs WHERE org_id = $1 ORDER BY kind, state`,
      [org],
    );
    expect(rows).toEqual([
      { kind: 'day_plan', subject_id: ids.queued, state: 'queued', heard: false },
      { kind: 'day_plan', subject_id: ids.planning, state: 'running', heard: true },
      { kind: 'policy_dry_run', subject_id: ids.dryRun, state: 'queued', heard: false },
    ]);
  });
});
