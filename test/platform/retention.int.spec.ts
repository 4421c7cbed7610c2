import { Journal, Retention } from '#platform';
import { withClient } from '#scripts/lib/database';
import { PASSWORD, startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';

/** Tables without a rule, and why they need none. */
const STAYS: Record<string, string> = {
  facts: 'the log: stays for ever; what is personal stands in fact_texts',
  organizations: 'one row an organisation',
  fact_heads: 'one row an organisation',
  journal_states: 'one row an organisation',
  parked_facts: 'one a fact that a handler could not apply; goes when it is applied or skipped',
  handler_cursors: 'one row an organisation and handler',
  fact_handlers: 'one row a handler',
  app_clock: 'one row',
  migrations: 'one row a migration',
  area_stamps: 'one row an organisation',
  workforce_stamps: 'one row an organisation',
  deadlines: 'each goes when its time has come',
  socket_io_attachments: 'packets in flight; the adapter removes them after half a minute',
  rate_limits: 'counters; each carries its end and is removed after it',
  users: 'made by hand, one a person; emptied of what is personal when deleted',
  api_keys: 'made by hand; nothing personal in them',
  areas: 'made by hand',
  communities: 'made by hand',
  sites: 'made by hand, places and not people',
  service_types: 'made by hand',
  saved_views: 'made by hand',
  saved_view_defaults: 'one a person',
  skills: 'made by hand',
  uploads: 'each goes a day after it was begun',
  device_times: 'a few a phone, the newest only',
  position_counts: 'one a worker and day, removed the day after',
  workers: 'one a person; emptied of what is personal when erased',
  worker_skills: 'a few a worker',
  shifts: 'a few a worker',
  worker_positions: 'the newest of each worker',
  position_fixes: 'kept for positions.keepDays, by the day',
  quarantined_fixes: 'kept for positions.keepDays, by the day',
  jobs: 'the record of what was done: kept, without the customer after retention.customerDataDays',
  site_visits: 'a count for each site and each worker who worked there',
  dispatch_areas: 'one row an area',
  dispatch_policies: 'made by hand; every version stays, because decisions name theirs',
};

const DAY_MS = 86_400_000;
const CUSTOMER = {
  contactName: 'Philippa Quist',
  contactPhone: '+1 617 555 0177',
  notes: 'the dog is called Wotan',
};

describe('what is kept, and for how long', () => {
  let app: TestApp;
  let city: TestCity;
  beforeAll(async () => {
    app = await startTestApp({ workers: 1 });
    city = await TestCity.build(app);
  });
  afterAll(() => app?.stop());

  const retention = () => app.workers[0]!.get(Retention);
  const tables = () =>
    withClient(app.ownerUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND NOT c.relispartition ORDER BY 1`,
      );
      return rows.map(({ name }) => name);
    });
  /** Every row of every table that holds `text`, as `table: row`. */
  const holding = async (...texts: string[]) => {
    const found: string[] = [];
    await withClient(app.ownerUrl, async (client) => {
      for (const table of await tables()) {
        const { rows } = await client.query<{ row: string }>(
          `SELECT t::text AS row FROM ${client.escapeIdentifier(table)} t
           WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS one WHERE position(one IN t::text) > 0)`,
          [texts],
        );
        found.push(...rows.map(({ row }) => `${table}: ${row}`));
      }
    });
    return found;
  };
  const verified = async () => (await app.api.get(Journal).verify(city.org.id)).fault;
  const finished = async (worker: TestWorker, body: Record<string, unknown>) => {
    const { id } = await city.job(body);
    const step = async (verb: string) => {
      const answer = await worker.client.post(`jobs/${id}/${verb}`, {});
      expect([verb, answer.status]).toEqual([verb, 200]);
    };
    const offer = await eventually(async () => {
      const { body } = await worker.client.get<{ items: { id: string; jobId: string }[] }>('me/offers');
      return body.items.find(({ jobId }) => jobId === id);
    });
    expect((await worker.client.post(`offers/${offer.id}/accept`)).status).toBe(200);
    for (const verb of ['depart', 'arrive', 'start']) await step(verb);
    await worker.client.post(`jobs/${id}/notes`, { text: `Mrs Quist says ${CUSTOMER.notes}` });
    await step('complete');
    return id;
  };

  it('is said for every table there is', async () => {
    const ruled = new Set(
      retention()
        .rules()
        .flatMap((rule) => rule.tables),
    );
    const names = await tables();
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !ruled.has(name) && !STAYS[name])).toEqual([]);
    // And of none twice, and of none that is gone.
    expect([...ruled].filter((name) => STAYS[name])).toEqual([]);
    expect(
      [...ruled, ...Object.keys(STAYS)].filter((name) => !names.includes(name) && name !== 'migrations'),
    ).toEqual([]);
  });

  it('takes customers off old jobs, and keeps the job, the facts and the chain', async () => {
    const worker = await city.worker({ metresAway: 150 });
    const id = await finished(worker, CUSTOMER);
    await city.org.as.dispatcher.post(`jobs/${(await city.job(CUSTOMER)).id}/cancel`, {
      reason: 'Mrs Quist is ill',
    });
    expect((await retention().sweep(city.org.id)).job_notes).toBeUndefined();
    expect((await holding('Quist', CUSTOMER.contactPhone, 'Wotan')).length).toBeGreaterThan(3);
    const pass = (days: number) =>
      app.clock.set({ at: new Date(app.clock.now().getTime() + days * DAY_MS), speed: 0 });
    // The worker process closes it when its deadline is due; the years are counted from then.
    await pass(2);
    await eventually(async () => {
      const { body } = await city.org.as.dispatcher.get<{ state: string }>(`jobs/${id}`);
      return body.state === 'closed';
    });
    await pass(1_096);
    const swept = await retention().sweep(city.org.id);
    expect(swept).toMatchObject({
      job_notes: 2,
      offers: expect.any(Number),
      assignments: 1,
      job_evaluations: expect.any(Number),
    });
    // Answers to commands carry wall time, which stands still here.
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(`UPDATE commands SET created_at = now() - interval '31 days'`),
    );
    await retention().sweep(city.org.id);
    expect(await holding('Quist', CUSTOMER.contactPhone, 'Wotan')).toEqual([]);
    const { body: job } = await city.org.as.dispatcher.get<{ contactName: null }>(`jobs/${id}`);
    expect(job.contactName).toBeNull();
    expect(await verified()).toBeNull();
  });

  it('goes away in batches, by the organisation’s own numbers', async () => {
    const { admin } = city.org.as;
    expect((await admin.patch('organization/policy', { retention: { roundDays: 2 } })).status).toBe(200);
    const limit = await admin.patch<{ errors: { field: string }[] }>('organization/policy', {
      retention: { customerDataDays: 1 },
    });
    expect(limit.body.errors[0]?.field).toBe('retention.customerDataDays');
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(
        `INSERT INTO dispatch_rounds SELECT gen_random_uuid(), $1, gen_random_uuid(), $2::timestamptz - n * interval '1 hour',
           'nearest', 0, 0, 0, 1 FROM generate_series(1, 2600) n`,
        [city.org.id, app.clock.now()],
      ),
    );
    expect((await retention().sweep(city.org.id)).dispatch_rounds).toBe(2_600 - 48);
  });

  it('erases a worker with their account from every row, in the words of no table', async () => {
    const { admin, dispatcher } = city.org.as;
    const email = 'zebulon@quarry.test';
    const user = await admin.post<{ id: string }>('users', {
      email,
      password: PASSWORD,
      name: 'Zebulon Quarry',
      role: 'worker',
    });
    const made = await city.worker({ metresAway: 120 });
    const { id } = made;
    const theirs = { name: 'Zebulon Quarry', phone: '+16175550188', userId: user.body.id };
    expect(await admin.patch(`workers/${id}`, theirs)).toMatchObject({ status: 200, body: theirs });
    const client = await app.signIn(email);
    await app.nobody.post(
      'sessions',
      { email, password: PASSWORD },
      { headers: { 'user-agent': 'Zebulons Phone' } },
    );
    const jobId = await finished({ ...made, client }, { address: '9 Elm Street' });
    await dispatcher.get(`jobs/${jobId}/candidates`);
    await dispatcher.post(`workers/${id}/status`, { status: 'off_duty', reason: 'Zebulon is tired' });
    const texts = ['Zebulon', email, '5550188'];
    const before = await holding(...texts);
    for (const table of [
      'users',
      'sessions',
      'workers',
      'commands',
      'job_evaluations',
      'offers',
      'fact_texts',
    ])
      expect([table, before.some((row) => row.startsWith(`${table}:`))]).toEqual([table, true]);

    expect((await dispatcher.post(`workers/${id}/erase`)).status).toBe(403);
    expect((await admin.post(`workers/${id}/erase`)).status).toBe(204);
    expect(await holding(...texts)).toEqual([]);
    expect((await client.get('me')).status).toBe(401);
    const decision = await dispatcher.get<{ candidates: { name: string }[] }>(`jobs/${jobId}/decision`);
    expect(decision.body.candidates.map(({ name }) => name)).toContain('Erased');
    expect(await verified()).toBeNull();
  });

  it('erases a customer from all jobs of one telephone number', async () => {
    const { admin, dispatcher } = city.org.as;
    const phone = '+1 617 555 0199';
    for (let i = 0; i < 3; i++)
      await city.job({ contactName: 'Otto Vex', contactPhone: phone, notes: `Vex ${i}` });
    const other = await city.job({ contactName: 'Other', contactPhone: '+1 617 555 0100' });
    expect((await dispatcher.post('jobs/erase-customers', { phone })).status).toBe(403);
    expect((await admin.post('jobs/erase-customers', {})).status).toBe(422);
    const done = await admin.post<{ jobIds: string[]; more: boolean }>('jobs/erase-customers', { phone });
    expect([done.body.jobIds.length, done.body.more]).toEqual([3, false]);
    expect(await holding('Vex', phone)).toEqual([]);
    expect((await dispatcher.get<{ contactName: string }>(`jobs/${other.id}`)).body.contactName).toBe(
      'Other',
    );
  });
});
