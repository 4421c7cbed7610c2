import { newId } from '#kernel';
import { AlertSources, definedFacts, ParkedFacts } from '#platform';
import { startTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { eventually } from '../support/client.js';

interface PolicyBody {
  version: number;
  effective: Record<string, Record<string, unknown>>;
  overrides: Record<string, unknown>;
  errors?: { field: string; limit?: string }[];
  code?: string;
}
interface JournalBody {
  items: { seq: number; type: string; data?: Record<string, unknown> }[];
  nextAfter: number | null;
  head: number;
}

describe('organisation, policy, clock and journal', () => {
  let app: TestApp;
  let org: TestOrganization;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    org = await app.organization();
  });
  afterAll(() => app?.stop());

  it('is renamed by its administrator, against the version that was read', async () => {
    const before = await org.as.worker.get<{ version: number }>('organization');
    expect(before.status).toBe(200);
    const headers = { 'if-match': before.headers.get('etag')! };
    const renamed = await org.as.admin.patch<{ name: string; version: number }>(
      'organization',
      { name: 'Northside' },
      { headers },
    );
    expect(renamed.body).toMatchObject({ name: 'Northside', version: before.body.version + 1 });
    const late = await org.as.admin.patch<PolicyBody>('organization', { name: 'Late' }, { headers });
    expect([late.status, late.body.code]).toEqual([409, 'VERSION_CONFLICT']);
    for (const name of ['', '  ', null, 'x'.repeat(201), 'a\0b'])
      expect((await org.as.admin.patch('organization', { name })).status).toBe(422);
  });

  it('says where workers reach their desk, to the worker too', async () => {
    const changed = await org.as.admin.patch<{ name: string; dispatchPhone: string }>('organization', {
      dispatchPhone: '+1 (716) 555-0123',
    });
    expect(changed.body).toMatchObject({ name: 'Northside', dispatchPhone: '+17165550123' });
    const me = await org.as.worker.get<{ organization: { dispatchPhone: string } }>('me');
    expect(me.body.organization.dispatchPhone).toBe('+17165550123');
    expect((await org.as.dispatcher.patch('organization', { dispatchPhone: null })).status).toBe(403);
    const wrong = await org.as.admin.patch<PolicyBody>('organization', { dispatchPhone: 'at the desk' });
    expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([422, 'dispatchPhone']);
  });

  it('overrides single numbers, names what is wrong, and puts them back', async () => {
    const changed = await org.as.admin.patch<PolicyBody>('organization/policy', {
      dispatch: { radiusMetres: 2_500 },
    });
    expect(changed.status).toBe(200);
    expect(changed.body.effective.dispatch).toMatchObject({ radiusMetres: 2_500, offerSeconds: 45 });
    expect(changed.body.overrides).toEqual({ dispatch: { radiusMetres: 2_500 } });

    const wrong = await org.as.admin.patch<PolicyBody>('organization/policy', {
      dispatch: { radiusMetres: '3000', colour: 1 },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors?.map(({ field }) => field)).toEqual([
      'dispatch.radiusMetres',
      'dispatch.colour',
    ]);
    expect(wrong.body.errors?.[0]?.limit).toBe('50..200000');

    const stale = await org.as.admin.patch<PolicyBody>(
      'organization/policy',
      { dispatch: { radiusMetres: 100 } },
      { headers: { 'if-match': '"1"' } },
    );
    expect(stale.body.code).toBe('VERSION_CONFLICT');
    const back = await org.as.admin.patch<PolicyBody>('organization/policy', {
      dispatch: { radiusMetres: null },
    });
    expect(back.body.effective.dispatch).toMatchObject({ radiusMetres: 3_000 });
    for (const body of [[], 'x', '[1]', '{', null])
      expect((await org.as.admin.patch('organization/policy', body)).status).toBeLessThan(500);
  });

  it('moves the clock forwards only', async () => {
    const { body } = await org.as.customer.get<{ now: string; kind: string }>('clock');
    expect(body).toMatchObject({ now: '2026-03-02T08:00:00.000Z', kind: 'virtual', speed: 0 });
    const moved = await org.as.admin.put<{ now: string }>('clock', { at: '2026-03-02T08:30:00Z' });
    expect(moved.body.now).toBe('2026-03-02T08:30:00.000Z');
    for (const wrong of [
      { at: '2026-03-02T08:00:00Z' },
      { at: '2100-01-01T00:00:00Z' },
      { at: '+275760-09-13T00:00:00Z' },
      { at: 'now' },
      { at: null },
      { speed: -1 },
      { speed: 100_001 },
      { speed: '1' },
    ])
      expect([wrong, (await org.as.admin.put('clock', wrong)).status]).toEqual([wrong, 422]);
    expect((await org.as.dispatcher.put('clock', { speed: 5 })).status).toBe(403);
  });

  it('shows the journal in order, each role what it may see, and verifies it', async () => {
    const all = await eventually(async () => {
      const { body } = await org.as.admin.get<JournalBody>('journal?limit=1000');
      return body.items.some(({ type }) => type === 'organization.policy_changed') && body;
    });
    expect(all.items.map(({ seq }) => seq)).toEqual(all.items.map((_, index) => index + 1));
    expect(all.items.every(({ type }) => definedFacts().includes(type))).toBe(true);
    const policy = all.items.find(({ type }) => type === 'organization.policy_changed');
    expect(policy?.data?.changes).toEqual({ 'dispatch.radiusMetres': { from: 3_000, to: 2_500 } });

    const desk = await org.as.dispatcher.get<JournalBody>('journal?limit=1000');
    expect(desk.body.items.some(({ type }) => type === 'hidden')).toBe(true);
    expect(desk.body.items.some(({ type }) => type.startsWith('session.'))).toBe(false);

    const page = await org.as.auditor.get<JournalBody>('journal?after=2&limit=3');
    expect(page.body.items.map(({ seq }) => seq)).toEqual([3, 4, 5]);
    expect(page.body.nextAfter).toBe(5);
    for (const query of ['after=-1', 'limit=0', 'limit=1001', 'after=x', 'after=1e99', 'else=1'])
      expect((await org.as.admin.get(`journal?${query}`)).status).toBe(422);

    const report = await org.as.auditor.get<{ fault: null; facts: number }>('journal/verify');
    expect(report.body).toMatchObject({ orgId: org.id, fault: null });
    expect(report.body.facts).toBeGreaterThanOrEqual(all.head);
    expect((await org.as.dispatcher.get('journal/verify')).status).toBe(403);
    expect((await org.as.worker.get('journal/verify')).status).toBe(404);
  });

  it('shows the alerts of all stages but one that fails, and tells the administrator that those are missing', async () => {
    const { admin, dispatcher } = org.as;
    const workerId = newId();
    await app.uow.run(org.id, (tx) =>
      tx.sql(
        `INSERT INTO workers (id, org_id, name, status, status_since, silent_since, created_at, updated_at)
         VALUES ($1, $2, 'Silent Sam', 'available', $3, $3, $3, $3)`,
        [workerId, org.id, app.clock.now()],
      ),
    );
    let fails = true;
    app.api.get(AlertSources).register({
      name: 'broken',
      list: async (tx) => {
        if (fails && tx.orgId === org.id) await tx.sql('SELECT 1 / 0');
        return [];
      },
    });
    const shown = async (one: typeof admin) =>
      (await one.get<{ items: { key: string; detail: string }[] }>('alerts')).body.items.map(
        ({ key, detail }) => [key, detail],
      );
    const silent = [`worker_silent:${workerId}`, 'Silent Sam'];
    expect(await shown(dispatcher)).toEqual([silent]);
    expect(await shown(admin)).toEqual([[`alerts_incomplete:${org.id}`, 'broken'], silent]);
    fails = false;
    expect(await shown(admin)).toEqual([silent]);
  });

  it('tells the administrator, and nobody else, of a fact that no handler could apply', async () => {
    type Health = { status: string; degraded?: object[] };
    type List = { items: { id: string; kind?: string; key?: string; state: string }[] };
    const { admin, dispatcher, auditor } = org.as;
    const { items } = (await admin.get<JournalBody>('journal?limit=1')).body;
    const fact = { ...items[0]!, id: newId(), orgId: org.id } as never;
    await app.uow.run(org.id, async (tx) => {
      const at = { handler: 'gone', subject: 'a', fact, error: 'it broke' };
      await app.api.get(ParkedFacts).setAside(tx, at);
      await tx.sql(`UPDATE parked_facts SET state = 'parked', next_try_at = NULL WHERE handler = 'gone'`);
    });

    const { items: parked } = (await admin.get<List>('parked-facts')).body;
    expect(parked).toMatchObject([{ handler: 'gone', state: 'parked', failures: 1, lastError: 'it broke' }]);
    const { id } = parked[0]!;
    const ofSystem = async (one: typeof admin) =>
      (await one.get<List>('alerts')).body.items.filter(({ kind }) => kind === 'fact_parked');
    expect(await ofSystem(admin)).toMatchObject([{ key: `fact_parked:${id}`, state: 'open' }]);
    expect([await ofSystem(dispatcher), await ofSystem(auditor)]).toEqual([[], []]);
    expect((await dispatcher.post(`alerts/fact_parked:${id}/ack`)).status).toBe(404);
    expect((await dispatcher.get('parked-facts')).status).toBe(404);
    expect((await dispatcher.post(`parked-facts/${id}/skip`, { reason: 'x' })).status).toBe(404);

    // Degraded, and still ready: every process sees the same, so a balancer must not drop them all.
    const ready = await eventually(async () => {
      const answer = await fetch(`${app.url}/health/ready`);
      const body = (await answer.json()) as Health;
      return body.status === 'degraded' && { status: answer.status, body };
    });
    expect(ready).toEqual({
      status: 200,
      body: { status: 'degraded', degraded: [{ kind: 'parked_facts', name: 'gone', count: 1 }] },
    });
    expect(JSON.stringify(ready)).not.toContain(org.id);

    for (const reason of ['', '  ', 'x'.repeat(501), 7])
      expect((await admin.post(`parked-facts/${id}/skip`, { reason })).status).toBe(422);
    expect((await admin.post(`parked-facts/${id}/retry`, {})).body).toMatchObject({ state: 'retrying' });
    expect((await admin.post(`parked-facts/${id}/skip`, { reason: 'the handler is gone' })).status).toBe(200);
    expect((await admin.get<List>('parked-facts')).body.items).toEqual([]);
    expect(await ofSystem(admin)).toEqual([]);
  });

  it('answers an unknown route with a problem', async () => {
    const { status, body, headers } = await app.nobody.get<{ code: string }>('nothing/here');
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });
});
