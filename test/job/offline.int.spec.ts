import { Conflict, NotFound, newId } from '#kernel';
import { defineStage, OfflineKinds, type SubjectNow } from '#platform';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import type { Client } from '../support/client.js';
import type { View } from '../support/views.js';
import { footprint, putInto } from './job-steps.js';

type Result = View<'OperationResult'>;
type ConflictView = View<'ConflictView'>;
type Job = View<'JobView'>;

describe('operations that phones recorded offline', () => {
  let app: TestApp;
  let city: TestCity;
  let ann: TestWorker;
  let jobId: string;
  let seq = 0;

  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    city = await TestCity.build(app);
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    ann = await city.worker();
    jobId = (await city.job()).id;
    await putInto(city, jobId, 'assigned', ann.id);
    await pass(3_600);
  });

  const pass = (seconds: number) =>
    app.clock.set({ at: new Date(app.clock.now().getTime() + seconds * 1_000) });
  const ago = (seconds: number) => new Date(app.clock.now().getTime() - seconds * 1_000).toISOString();
  const op = (kind: string, more: Record<string, unknown> = {}) => ({
    opId: newId(),
    kind,
    jobId,
    occurredAt: ago(600),
    deviceId: 'phone',
    deviceSeq: ++seq,
    ...more,
  });
  const send = async (operations: unknown[], by: TestWorker = ann, more: object = {}): Promise<Result[]> => {
    const answer = await by.client.post<{ results: Result[] }>('me/operations', { operations, ...more });
    expect([answer.status, answer.body]).toEqual([200, answer.body]);
    return answer.body.results;
  };
  const outcomes = (results: Result[]) => results.map((r) => r.problem?.code ?? r.outcome);
  const job = async () => (await city.org.as.dispatcher.get<Job>(`jobs/${jobId}`)).body;
  const conflicts = async (query = '') =>
    (await city.org.as.dispatcher.get<{ items: ConflictView[] }>(`conflicts?jobId=${jobId}${query}`)).body
      .items;

  it('are applied in the order of the device, however they arrive, at the time they happened', async () => {
    const operations = ['depart', 'arrive', 'start', 'note', 'complete'].map((kind, i) =>
      op(kind, { occurredAt: ago(600 - i * 60), ...(kind === 'note' ? { data: { text: 'all well' } } : {}) }),
    );
    const shuffled = [3, 1, 4, 0, 2].map((i) => operations[i]!);
    const results = await send(shuffled);
    expect(outcomes(results)).toEqual(Array(5).fill('applied'));
    expect(results.map((r) => r.opId)).toEqual(shuffled.map((o) => o.opId));
    expect(await job()).toMatchObject({
      state: 'completed',
      departedAt: ago(600),
      arrivedAt: ago(540),
      arrival: { evidence: 'declared', trusted: false },
    });
    const timeline = await city.org.as.dispatcher.get<{
      items: { type: string; occurredAt: string; recordedAt: string; actor: { id: string } }[];
    }>(`jobs/${jobId}/timeline`);
    expect(timeline.body.items.slice(1).map((fact) => fact.type)).toEqual([
      'job.departed',
      'job.arrived',
      'job.started',
      'job.noted',
      'job.completed',
    ]);
    expect(timeline.body.items[1]).toMatchObject({
      occurredAt: ago(600),
      recordedAt: ago(0),
      actor: { id: ann.userId },
    });
  });

  it('happen in the order of the device, whatever times it claims, over batches and jobs', async () => {
    const other = (await city.job()).id;
    await putInto(city, other, 'assigned', ann.id);
    await pass(600);
    await send([op('depart', { occurredAt: ago(300) })]);
    await send([
      op('depart', { jobId: other, occurredAt: ago(500) }),
      op('note', { occurredAt: ago(400), data: { text: 'x' } }),
    ]);
    expect(await job()).toMatchObject({ departedAt: ago(300) });
    const second = await city.org.as.dispatcher.get<Job>(`jobs/${other}`);
    expect(second.body.departedAt).toBe(ago(300));
    const { body } = await city.org.as.dispatcher.get<{ items: { occurredAt: string }[] }>(
      `jobs/${jobId}/notes`,
    );
    expect(body.items).toMatchObject([{ occurredAt: ago(300) }]);
    const facts = await city.org.as.dispatcher.get<{ items: { data: { claimed?: object } }[] }>(
      `jobs/${other}/timeline`,
    );
    expect(facts.body.items.at(-1)!.data.claimed).toEqual({ at: ago(500), changes: ['DEVICE_ORDER'] });
  });

  it('are done once, however often and by whatever way they are sent', async () => {
    const operations = [op('depart'), op('arrive')];
    const parallel = await Promise.all(
      [1, 2, 3].map(() => ann.client.post<{ results: Result[] }>('me/operations', { operations })),
    );
    for (const { status } of parallel) expect([200, 409]).toContain(status);
    expect(outcomes(await send(operations))).toEqual(['replayed', 'replayed']);
    const before = await footprint(city, jobId);
    await send(operations);
    expect(await footprint(city, jobId)).toBe(before);
    const [changed] = await send([{ ...operations[0], kind: 'fail', reason: 'other' }]);
    expect([changed!.outcome, changed!.problem!.code]).toEqual(['rejected', 'IDEMPOTENCY_KEY_REUSED']);
    expect(await footprint(city, jobId)).toBe(before);
  });

  it('are parked when the world moved on, with all that stands behind them; nothing is lost', async () => {
    await city.org.as.dispatcher.post(`jobs/${jobId}/cancel`, { reason: 'customer called' });
    const before = await footprint(city, jobId);
    const operations = [op('depart'), op('note', { data: { text: 'nobody here' } }), op('arrive')];
    const results = await send(operations);
    expect(outcomes(results)).toEqual(['ILLEGAL_TRANSITION', 'BEHIND_CONFLICT', 'BEHIND_CONFLICT']);
    expect(results.every((r) => r.outcome === 'parked' && r.state === 'cancelled')).toBe(true);
    expect(await footprint(city, jobId)).toBe(before);
    expect((await send(operations)).map((r) => [r.outcome, r.conflictId])).toEqual(
      results.map((r) => ['parked', r.conflictId]),
    );
    expect(outcomes(await send([op('start')]))).toEqual(['BEHIND_CONFLICT']);
    const parked = await conflicts('&status=open');
    expect(parked.map((c) => c.kind).sort()).toEqual(['arrive', 'depart', 'note', 'start']);
    const mine = await ann.client.get<{ items: ConflictView[] }>('me/conflicts');
    expect(mine.body.items.map((c) => c.id).sort()).toEqual(parked.map((c) => c.id).sort());
    const bob = await city.worker();
    expect((await bob.client.get<{ items: ConflictView[] }>('conflicts')).body.items).toEqual([]);
    expect((await bob.client.get(`conflicts/${parked[0]!.id}`)).status).toBe(404);
  });

  it('are parked when another worker holds the job, or another visit has begun, or the door has moved', async () => {
    const bob = await city.worker();
    const recorded = op('depart');
    await putInto(city, jobId, 'assigned', bob.id);
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(`UPDATE jobs SET held_by = held_by || $2::uuid WHERE id = $1`, [jobId, ann.id]),
    );
    expect(outcomes(await send([recorded]))).toEqual(['OTHER_WORKER']);

    const visited = await city.job();
    await putInto(city, visited.id, 'assigned', ann.id);
    expect(outcomes(await send([op('depart', { jobId: visited.id })]))).toEqual(['EARLIER_VISIT']);

    const moved = await city.job();
    await putInto(city, moved.id, 'assigned', ann.id);
    await pass(3_600);
    const seen = (await ann.client.get<Job>(`jobs/${moved.id}`)).body.version;
    await city.org.as.dispatcher.patch(`jobs/${moved.id}`, { notes: 'new note' });
    expect(outcomes(await send([op('depart', { jobId: moved.id, baseVersion: seen })]))).toEqual(['applied']);
    await city.org.as.dispatcher.patch(`jobs/${moved.id}`, { address: '2 Other Street' });
    expect(
      outcomes(await send([op('pause', { jobId: moved.id, baseVersion: seen, reason: 'lunch' })])),
    ).toEqual(['CHANGED_UNDER_WAY']);
  });

  it('are settled when somebody did the same meanwhile', async () => {
    await city.org.as.dispatcher.post(`jobs/${jobId}/depart`, {});
    const before = await footprint(city, jobId);
    const [result] = await send([op('depart')]);
    expect(result).toMatchObject({ outcome: 'applied', state: 'en_route' });
    expect(await footprint(city, jobId)).toBe(before);
  });

  it('are rejected, not parked, when the phone can mend them; the rest goes on', async () => {
    const other = await city.job();
    await putInto(city, other.id, 'assigned', ann.id);
    await pass(3_600);
    const results = await send([
      op('fail', { reason: 'bored' }),
      op('depart'),
      op('depart', { jobId: other.id }),
      op('depart', { jobId: newId() }),
      op('fly'),
      op('cancel', { reason: 'x' }),
      op('note', { jobId: other.id, data: {} }),
      op('depart', { occurredAt: 'yesterday' }),
      { opId: 7 },
      'nonsense',
      null,
    ]);
    expect(results.map((r) => r.problem?.code ?? r.outcome)).toEqual([
      'INVALID',
      'BEHIND_REJECTED',
      'applied',
      'NOT_FOUND',
      'INVALID',
      'INVALID',
      'INVALID',
      'INVALID',
      'INVALID',
      'INVALID',
      'INVALID',
    ]);
    expect(await conflicts()).toEqual([]);
    expect((await job()).state).toBe('assigned');
    await putInto(city, jobId, 'in_progress', ann.id, { proofRequired: ['note'] });
    await pass(3_600);
    const complete = op('complete');
    expect(outcomes(await send([complete]))).toEqual(['PROOF_MISSING']);
    expect((await ann.client.post(`jobs/${jobId}/proof`, { kind: 'note', text: 'done' })).status).toBe(201);
    expect(outcomes(await send([complete]))).toEqual(['applied']);
    for (const body of [
      {},
      { operations: [] },
      { operations: {} },
      { operations: Array(201).fill(op('depart')) },
    ])
      expect((await ann.client.post('me/operations', body)).status).toBe(422);
  });

  it('keep their time, put right when the clock of the phone was wrong', async () => {
    const results = await send([op('depart', { occurredAt: ago(-6_600) })], ann, { sentAt: ago(-7_200) });
    expect(outcomes(results)).toEqual(['applied']);
    expect((await job()).departedAt).toBe(ago(600));
    await send([op('arrive', { occurredAt: ago(-60) })]);
    expect((await job()).arrivedAt).toBe(ago(0));
  });

  it('are resolved by the desk, in their order', async () => {
    await city.org.as.dispatcher.post(`jobs/${jobId}/fail`, { reason: 'other' });
    const results = await send([
      op('depart'),
      op('note', { data: { text: 'gate was locked' } }),
      op('arrive'),
    ]);
    const [first, second, third] = results.map((r) => r.conflictId!);
    const resolve = (id: string, body: object, client = city.org.as.dispatcher) =>
      client.post<ConflictView & { code: string }>(`conflicts/${id}/resolve`, body);
    expect((await resolve(second!, { choice: 'apply' })).body.code).toBe('EARLIER_CONFLICT_OPEN');
    expect((await resolve(first!, { choice: 'apply' })).body.code).toBe('ILLEGAL_TRANSITION');
    expect((await resolve(first!, { choice: 'discard' })).status).toBe(422);
    expect((await resolve(first!, { choice: 'discard', reason: 'x', version: 9 })).status).toBe(409);
    expect((await resolve(first!, { choice: 'discard', reason: 'x' }, ann.client)).status).toBe(403);
    expect((await resolve(first!, { choice: 'discard', reason: 'x' }, city.org.as.auditor)).status).toBe(403);
    const discarded = await resolve(first!, { choice: 'discard', reason: 'reported by telephone' });
    expect(discarded.body).toMatchObject({ status: 'discarded', version: 2 });
    expect((await resolve(first!, { choice: 'discard', reason: 'x' })).body.code).toBe('ALREADY_RESOLVED');
    expect((await resolve(second!, { choice: 'apply' })).body.status).toBe('applied');
    expect((await resolve(third!, { choice: 'note' })).body.status).toBe('noted');
    const notes = await city.org.as.dispatcher.get<{ items: { text: string }[] }>(`jobs/${jobId}/notes`);
    expect(notes.body.items.map((note) => note.text)).toEqual(['gate was locked', 'arrive']);
    expect(await conflicts('&status=open')).toEqual([]);
    expect((await conflicts()).every((c) => c.operation !== null)).toBe(true);
    const auditor = await city.org.as.auditor.get<ConflictView>(`conflicts/${first}`);
    expect(auditor.body.operation).toBeNull();
  });

  it('are withdrawn by the worker whose phone recorded them, and by nobody else', async () => {
    await city.org.as.dispatcher.post(`jobs/${jobId}/cancel`, { reason: 'customer called' });
    const results = await send([op('depart'), op('arrive')]);
    const [first, second] = results.map((r) => r.conflictId!);
    const withdraw = (id: string, client = ann.client, body: object = {}) =>
      client.post<ConflictView & { code: string }>(`me/conflicts/${id}/withdraw`, body);
    const bob = await city.worker();
    for (const client of [bob.client, city.org.as.dispatcher, city.org.as.admin])
      expect((await withdraw(second!, client)).status).toBe(404);
    for (const client of [city.org.as.auditor, city.org.as.quality_manager])
      expect((await withdraw(second!, client)).status).toBe(403);
    expect((await withdraw(crypto.randomUUID())).status).toBe(404);
    expect(await conflicts('&status=open')).toHaveLength(2);
    const before = await job();
    expect((await withdraw(second!)).body).toMatchObject({
      status: 'discarded',
      resolutionReason: 'Withdrawn by the worker.',
      resolvedBy: ann.userId,
    });
    expect((await withdraw(second!)).body.code).toBe('ALREADY_RESOLVED');
    expect((await withdraw(first!, ann.client, { reason: 'wrong door' })).body).toMatchObject({
      resolutionReason: 'wrong door',
    });
    expect(await conflicts('&status=open')).toEqual([]);
    expect(await job()).toEqual(before);
    const desk = await city.org.as.dispatcher.post<{ code: string }>(`conflicts/${first}/resolve`, {
      choice: 'apply',
    });
    expect(desk.body.code).toBe('ALREADY_RESOLVED');
  });

  it('are applied after all, together with what stands behind them, once the way is free', async () => {
    await city.org.as.dispatcher.post(`jobs/${jobId}/depart`, {});
    await city.org.as.dispatcher.post(`jobs/${jobId}/pause`, { reason: 'desk' });
    const [parked] = await send([op('arrive'), op('start')]);
    expect(parked!.outcome).toBe('parked');
    await city.org.as.dispatcher.post(`jobs/${jobId}/resume`, {});
    const settled = await city.org.as.dispatcher.post<ConflictView>(
      `conflicts/${parked!.conflictId}/resolve`,
      {
        choice: 'apply',
        andFollowing: true,
      },
    );
    expect([settled.status, settled.body.status]).toEqual([200, 'applied']);
    expect((await job()).state).toBe('in_progress');
    expect((await conflicts()).map((c) => c.status)).toEqual(['applied', 'applied']);
  });

  describe('about something that is no job', () => {
    interface Report extends SubjectNow {
      orgId: string;
      inspectorId: string;
      lines: string[];
    }
    const reports = new Map<string, Report>();
    const notes: string[] = [];
    let report: Report;
    const find = (orgId: string, id: string): Report => {
      const found = reports.get(id);
      if (found?.orgId !== orgId) throw new NotFound('report');
      return found;
    };
    const asInspector = () => city.org.as.inspector;
    const line = (text: string, more: Record<string, unknown> = {}) => {
      const { jobId: _, ...rest } = op('line', {
        subjectType: 'report',
        subjectId: report.id,
        data: { text },
      });
      return { ...rest, ...more };
    };
    const sendAs = async (client: Client, ...operations: unknown[]) =>
      (await client.post<{ results: Result[] }>('me/operations', { operations })).body.results;

    beforeAll(() => {
      const kinds = app.api.get(OfflineKinds);
      kinds.addSubject<Report>({
        type: 'report',
        get: async (tx, id) => find(tx.orgId, id),
        lock: async (tx, id) => find(tx.orgId, id),
        checkAccess: ({ id }, { inspectorId }) => {
          if (id !== inspectorId) throw new NotFound('report');
        },
        judge: async (_tx, { state }) =>
          state === 'open'
            ? { do: 'apply' }
            : { do: 'park', code: 'REPORT_SIGNED', detail: 'The report was signed meanwhile.' },
        parkedErrors: ['NO_ROOM'],
        checkRecorder: ({ inspectorId }, { userId }) => {
          if (userId !== inspectorId) throw new Conflict('OTHER_INSPECTOR', 'Another inspector has it now.');
        },
        note: async (_tx, _report, { text }) => void notes.push(text),
      });
      kinds.add<Report>({
        subjectType: 'report',
        kind: 'line',
        apply: async (_tx, subject, { data }) => {
          if (data.text === 'too much') throw new Conflict('NO_ROOM', 'The report is full.');
          if (typeof data.text !== 'string') throw new NotFound('text');
          subject.lines.push(data.text);
          subject.version += 1;
        },
      });
      // As a later stage will say it.
      const rules = [
        { roles: ['inspector'] as const, may: 'record', what: 'Operation' },
        {
          roles: ['inspector'] as const,
          may: ['read', 'withdraw'],
          what: 'Conflict',
          where: ({ id }: { id: string }) => ({ userId: id }),
        },
      ];
      defineStage({ name: 'report', module: class {}, entities: [], abilities: { subjects: [], rules } });
    });
    beforeEach(() => {
      const inspectorId = city.org.users.inspector.id;
      const now = { state: 'open', version: 1, areaId: null, createdAt: new Date(ago(7_200)) };
      report = { id: newId(), orgId: city.org.id, inspectorId, lines: [], ...now };
      reports.set(report.id, report);
    });

    it('is done once, in order, and answered with the state of its subject', async () => {
      const [first, second] = [line('one'), line('two')];
      const results = await sendAs(asInspector(), second, first);
      expect(results).toMatchObject([
        { opId: second.opId, outcome: 'applied', state: 'open', version: 3 },
        { opId: first.opId, outcome: 'applied', version: 2 },
      ]);
      expect(outcomes(await sendAs(asInspector(), first, second))).toEqual(['replayed', 'replayed']);
      expect(report.lines).toEqual(['one', 'two']);
    });

    it('is refused to anybody else, of this organisation or another, and where it says too little', async () => {
      const dispatcher = city.org.as.dispatcher;
      expect((await dispatcher.post('me/operations', { operations: [line('x')] })).status).toBe(404);
      const elsewhere = await TestCity.build(app);
      for (const client of [ann.client, elsewhere.org.as.inspector, city.org.as.admin])
        expect(outcomes(await sendAs(client, line('x')))).toEqual(['NOT_FOUND']);
      const bad = [
        line('x', { subjectId: undefined }),
        line('x', { subjectType: undefined }),
        line('x', { jobId }),
        line('x', { subjectType: 'ship' }),
        line('x', { kind: 'depart' }),
        line('x', { subjectType: 'job', subjectId: jobId }),
      ];
      expect(outcomes(await sendAs(asInspector(), ...bad))).toEqual(Array(6).fill('INVALID'));
      expect(report.lines).toEqual([]);
      expect(
        outcomes(await send([op('depart', { jobId: undefined, subjectType: 'job', subjectId: jobId })])),
      ).toEqual(['applied']);
    });

    it('is parked with all that stands behind it, seen by its recorder and the desk, and settled', async () => {
      report.state = 'signed';
      const results = await sendAs(asInspector(), line('late'), line('behind'), line('too much'));
      expect(outcomes(results)).toEqual(['REPORT_SIGNED', 'BEHIND_CONFLICT', 'BEHIND_CONFLICT']);
      const [first, second, third] = results.map((one) => one.conflictId!);
      const { dispatcher } = city.org.as;
      const about = await dispatcher.get<{ items: ConflictView[] }>(`conflicts?subjectId=${report.id}`);
      expect(about.body.items).toHaveLength(3);
      expect((await dispatcher.get(`conflicts/${first}`)).body).toMatchObject({
        subjectType: 'report',
        subjectId: report.id,
        subjectState: 'signed',
        jobId: null,
        jobState: null,
        workerId: null,
      });
      const mine = await asInspector().get<{ items: ConflictView[] }>('me/conflicts?status=open');
      expect(mine.body.items.map(({ id }) => id).sort()).toEqual([first, second, third].sort());
      expect((await ann.client.get(`conflicts/${first}`)).status).toBe(404);
      // It belongs to no area, so nobody who is bound to areas sees it.
      const { area_manager } = city.org.as;
      expect((await area_manager.get(`conflicts/${first}`)).status).toBe(404);
      const alerts = await dispatcher.get<{ items: { kind: string; jobId: string | null }[] }>('alerts');
      expect(alerts.body.items.filter(({ kind }) => kind === 'conflict')[0]!.jobId).toBeNull();

      const resolve = (id: string, choice: string, more: object = {}) =>
        dispatcher.post<ConflictView>(`conflicts/${id}/resolve`, { choice, ...more });
      expect((await resolve(second!, 'apply')).body.code).toBe('EARLIER_CONFLICT_OPEN');
      const { inspectorId } = report;
      report.inspectorId = newId();
      expect((await resolve(first!, 'apply')).body.code).toBe('OTHER_INSPECTOR');
      report.inspectorId = inspectorId;
      expect((await resolve(first!, 'apply', { andFollowing: true })).body.status).toBe('applied');
      expect(report.lines).toEqual(['late', 'behind']);
      expect((await resolve(third!, 'apply')).body.code).toBe('NO_ROOM');
      expect((await resolve(third!, 'note')).body.status).toBe('noted');
      expect(notes).toEqual(['line  too much']);
      report.state = 'open';
      const [full] = await sendAs(asInspector(), line('too much'));
      expect([full!.outcome, full!.problem!.code]).toEqual(['parked', 'NO_ROOM']);
      const withdrawn = await asInspector().post<ConflictView>(
        `me/conflicts/${full!.conflictId}/withdraw`,
        {},
      );
      expect(withdrawn.body.status).toBe('discarded');
    });
  });
});
