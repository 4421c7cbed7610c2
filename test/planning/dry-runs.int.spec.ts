import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity } from '../support/city.js';
import { eventually } from '../support/client.js';
import type { View } from '../support/views.js';
import { offerFor, pass, setPolicy } from './dispatching.js';

type DryRun = View<'DryRunView'>;

describe('a dry run', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.stop());

  it('replays what happened under another policy, and changes nothing', async () => {
    const city = await TestCity.build(app);
    const { dispatcher } = city.org.as;
    await setPolicy(city, { method: 'nearest', maxPositionAgeSeconds: null });
    const from = app.clock.now();
    await pass(app, 60);
    const near = await city.worker({ metresAway: 300 });
    await city.worker({ metresAway: 1_500, bearing: 90 });
    for (let n = 0; n < 3; n++) {
      const job = await city.job({ durationSeconds: 60 });
      const offer = await offerFor(near, job.id);
      await pass(app, 10);
      expect((await near.client.post(`offers/${offer.id}/accept`)).status).toBe(200);
      for (const verb of ['depart', 'arrive', 'start', 'complete']) {
        await pass(app, 60);
        expect((await near.client.post(`jobs/${job.id}/${verb}`, {})).status).toBe(200);
      }
      await eventually(async () => {
        const { body } = await dispatcher.get<{ status: string }>(`workers/${near.id}`);
        return body.status === 'available';
      });
      await city.see(near.id);
    }
    await pass(app, 600);
    const asked = await dispatcher.post<DryRun>('dispatch-policies/dry-run', {
      policy: { method: 'least_loaded', maxPositionAgeSeconds: null },
      areaId: city.areaId,
      from: from.toISOString(),
      to: app.clock.now().toISOString(),
    });
    expect(asked).toMatchObject({ status: 202, body: { state: 'queued' } });
    const done = await eventually(async () => {
      const { body } = await dispatcher.get<DryRun>(`dispatch-policies/dry-runs/${asked.body.id}`);
      return ['done', 'failed'].includes(body.state) ? body : null;
    });
    expect([done.state, done.error]).toEqual(['done', null]);
    const { recorded, present, proposed, assumptions } = done.result!;
    expect(recorded).toMatchObject({ jobs: 3, assigned: 3, workersOnDuty: 2 });
    expect(present).toMatchObject({ jobs: 3, assigned: 3 });
    expect(proposed).toMatchObject({ jobs: 3, assigned: 3 });
    expect(proposed.gini).toBeLessThan(present.gini);
    expect(assumptions.find(({ code }) => code === 'ANSWERS_AS_RECORDED')).toMatchObject({
      values: { offers: 3, percent: 100 },
      detail: expect.stringContaining('as 3 recorded offers were: 100 % accepted'),
    });
    const policies = await dispatcher.get<{ items: unknown[] }>('dispatch-policies');
    expect(policies.body.items).toHaveLength(1);
    const stranger = await app.organization();
    expect((await stranger.as.admin.get(`dispatch-policies/dry-runs/${done.id}`)).status).toBe(404);
  });

  it('refuses a span that has not happened and a policy that cannot be', async () => {
    const { as } = await app.organization();
    const ask = (change: object) =>
      as.dispatcher.post<{ errors: { field: string }[] }>('dispatch-policies/dry-run', {
        policy: {},
        from: '2026-03-01T00:00:00Z',
        to: '2026-03-02T00:00:00Z',
        ...change,
      });
    for (const [change, field] of [
      [{ to: '2099-01-01T00:00:00Z' }, 'to'],
      [{ from: '2026-03-02T00:00:00Z' }, 'to'],
      [{ from: '2026-01-01T00:00:00Z' }, 'to'],
      [{ policy: { radiusMetres: 1 } }, 'policy.radiusMetres'],
      [{ policy: { method: 'waves', waves: [] } }, 'policy.waves'],
    ] as const) {
      const { status, body } = await ask(change);
      expect([status, body.errors?.[0]?.field]).toEqual([422, field]);
    }
  });

  it('and a plan are refused beyond so many of an organisation; others go on asking', async () => {
    const [busy, calm] = [await TestCity.build(app), await TestCity.build(app)];
    // Taken up by a process that is still alive, as far as anybody knows.
    await app.uow.run(busy.org.id, async (tx) => {
      for (const [kind, count] of [
        ['policy_dry_run', 5],
        ['day_plan', 20],
      ])
        await tx.sql(
          `INSERT INTO background_runs (org_id, id, kind, subject_id, state, heartbeat_at, created_at)
           SELECT $1, gen_random_uuid(), $2, gen_random_uuid(), 'running', now() + interval '1 day', $3 FROM generate_series(1, $4::integer)`,
          [busy.org.id, kind, tx.now, count],
        );
    });
    const ask = async ({ org, areaId }: TestCity) => {
      const span = { from: '2026-03-01T08:00:00Z', to: '2026-03-01T09:00:00Z' };
      const { dispatcher } = org.as;
      const answers = [
        await dispatcher.post('dispatch-policies/dry-run', { policy: {}, areaId, ...span }),
        await dispatcher.post('day-plans', { areaId, seconds: 0.1 }),
      ];
      return answers.map(({ status, body }) => [status, (body as { code?: string }).code]);
    };
    expect(await ask(busy)).toEqual([
      [429, 'TOO_MANY_RUNS'],
      [429, 'TOO_MANY_RUNS'],
    ]);
    expect(await ask(calm)).toEqual([
      [202, undefined],
      [202, undefined],
    ]);
  });
});
