import { destination } from '#kernel';
import { startTestApp, type TestApp } from '../support/app.js';
import { CENTRE, Ear, TestCity, type TestWorker } from '../support/city.js';
import { eventually } from '../support/client.js';
import { decided, pass } from './dispatching.js';
import { ask, type CodedMessage, type Plan, proposed, type Stop, settled } from './planning.js';

interface Applied {
  applied: string[];
  skipped: (CodedMessage & { jobId: string })[];
  plan: { state: string };
}

const apply = async (city: TestCity, plan: Plan, body: object = {}) => {
  const answer = await city.org.as.dispatcher.post<Applied>(`day-plans/${plan.id}/apply`, body);
  expect(answer.status).toBe(200);
  return answer.body;
};

const tomorrow = (hour: number, hours = 2) => ({
  windowStart: `2026-03-03T${String(hour).padStart(2, '0')}:00:00Z`,
  windowEnd: `2026-03-03T${String(hour + hours).padStart(2, '0')}:00:00Z`,
});

const north = (metres: number) => destination(CENTRE, 0, metres);
const south = (metres: number) => destination(CENTRE, 180, metres);

describe('day plans', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ apis: 1, workers: 2 });
  });
  afterAll(() => app?.stop());

  /** Two workers at two ends of town, off duty until tomorrow, so that no round gives anything away. */
  const town = async () => {
    const city = await TestCity.build(app);
    const upper = await city.worker({ at: north(3_000), status: 'off_duty' });
    const lower = await city.worker({ at: south(3_000), status: 'off_duty' });
    return { city, upper, lower };
  };

  it('are searched beside everything else, proposed with a diff, and applied', async () => {
    const { city, upper, lower } = await town();
    const { dispatcher } = city.org.as;
    const desk = new Ear(dispatcher.live());
    await desk.ready();
    const ups = [await city.job({ ...north(3_500) }), await city.job({ ...north(2_500), ...tomorrow(10) })];
    const downs = [await city.job({ ...south(3_500), ...tomorrow(9) }), await city.job({ ...south(2_500) })];
    const gas = await city.job({ skills: [{ skill: 'gas' }] });
    const later = await city.job({ windowStart: '2026-03-05T09:00:00Z', windowEnd: '2026-03-05T11:00:00Z' });

    const today = await city.job({ windowStart: '2026-03-02T14:00:00Z', windowEnd: '2026-03-02T16:00:00Z' });

    const plan = await proposed(city);
    const { stops, totals, unassigned } = plan.proposal;
    const workerOf = new Map(stops.map((stop) => [stop.jobId, stop.workerId]));
    expect(ups.map(({ id }) => workerOf.get(id))).toEqual([upper.id, upper.id]);
    expect(downs.map(({ id }) => workerOf.get(id))).toEqual([lower.id, lower.id]);
    expect([later.id, today.id].filter((id) => workerOf.has(id))).toEqual([]);
    expect(stops.every((stop) => stop.change === 'new')).toBe(true);
    expect(totals.before).toMatchObject({ stops: 0, unassigned: 5 });
    expect(totals.after).toMatchObject({ stops: 4, unassigned: 1 });
    expect(unassigned).toEqual([expect.objectContaining({ jobId: gas.id })]);
    expect(unassigned[0]!.reasons[0]).toMatchObject({ rule: 'MISSING_SKILL' });
    expect(stops.find((stop) => stop.jobId === ups[1]!.id)!.arrivesAt >= '2026-03-03T10:00').toBe(true);

    const part = await apply(city, plan, { stops: [ups[0]!.id] });
    expect(part).toMatchObject({ applied: [ups[0]!.id], skipped: [], plan: { state: 'partly_applied' } });
    const rest = await apply(city, plan);
    expect([rest.applied.length, rest.skipped, rest.plan.state]).toEqual([3, [], 'applied']);
    for (const stop of stops) {
      const { assignment } = await decided(city, stop.jobId, (d) => d.assignment !== null);
      expect(assignment).toMatchObject({
        workerId: stop.workerId,
        source: 'plan',
        startsAt: stop.startsAt,
        endsAt: stop.endsAt,
      });
    }
    expect((await dispatcher.post(`day-plans/${plan.id}/apply`, {})).status).toBe(409);
    await eventually(async () => desk.of(plan.id).includes('plan.applied'));
    expect(desk.of(plan.id).filter((type) => type !== 'plan.progress')).toEqual([
      'plan.requested',
      'plan.proposed',
      'plan.applied',
      'plan.applied',
    ]);
    desk.socket.close();
    const again = await proposed(city);
    expect(again.proposal.stops.map((stop) => [stop.jobId, stop.change]).sort()).toEqual(
      stops.map((stop) => [stop.jobId, 'same']).sort(),
    );
    const list = await dispatcher.get<{ items: { id: string; state: string }[] }>(
      `day-plans?areaId=${city.areaId}&date=2026-03-03`,
    );
    expect(list.body.items).toMatchObject([
      { id: again.id, state: 'proposed' },
      { id: plan.id, state: 'applied' },
    ]);
  });

  it('leave alone what changed between planning and applying, and say why', async () => {
    const { city, upper, lower } = await town();
    const { dispatcher } = city.org.as;
    const jobs = [];
    for (const metres of [2_000, 2_300, 2_600, 2_900])
      jobs.push(await city.job({ ...north(metres), ...tomorrow(9, 6) }));
    const plan = await proposed(city);
    const [cancelled, taken, changed, fine] = jobs;
    expect((await dispatcher.post(`jobs/${cancelled!.id}/cancel`, { reason: 'no need' })).status).toBe(200);
    const assigned = await dispatcher.post(`jobs/${taken!.id}/assign`, { workerId: lower.id, force: true });
    expect(assigned.status).toBe(200);
    expect((await dispatcher.patch(`jobs/${changed!.id}`, { durationSeconds: 3_000 })).status).toBe(200);
    const { applied, skipped } = await apply(city, plan);
    expect(applied).toEqual([fine!.id]);
    expect(new Map(skipped.map(({ jobId, code }) => [jobId, code]))).toEqual(
      new Map([
        [cancelled!.id, 'JOB_ENDED'],
        [taken!.id, 'ALREADY_ASSIGNED'],
        [changed!.id, 'JOB_CHANGED'],
      ]),
    );
    const { assignment } = await decided(city, fine!.id, (d) => d.assignment !== null);
    expect(assignment!.workerId).toBe(upper.id);
  });

  it('move stops when that saves enough, and keep what is under way or was put there by hand', async () => {
    const { city, upper, lower } = await town();
    const { dispatcher } = city.org.as;
    const first = await city.job({ ...north(3_200) });
    const begun = await dispatcher.post(`jobs/${first.id}/assign`, { workerId: upper.id, force: true });
    expect(begun.status).toBe(200);
    expect((await upper.client.post(`jobs/${first.id}/depart`, {})).status).toBe(200);
    // Far for the lower one; a dispatcher wants it so.
    const byHand = await city.job({ ...north(3_200), windowStart: '2026-03-02T13:00:00Z' });
    await dispatcher.post(`jobs/${byHand.id}/assign`, { workerId: lower.id, force: true });
    // A plan put this one at the wrong end of town.
    const misplaced = await city.job({ ...south(3_400), windowStart: '2026-03-02T10:00:00Z' });
    await dispatcher.post(`jobs/${misplaced.id}/assign`, { workerId: upper.id, force: true });
    await app.uow.run(city.org.id, (tx) =>
      tx.sql(`UPDATE assignments SET source = 'plan' WHERE job_id = $1`, [misplaced.id]),
    );
    const plan = await proposed(city, { date: '2026-03-02' });
    const stop = (id: string) => plan.proposal.stops.find(({ jobId }) => jobId === id);
    expect(stop(first.id)).toBeUndefined();
    expect(plan.proposal.leftOut).toContainEqual({ jobId: first.id, rule: 'PINNED', detail: 'under_way' });
    expect(stop(byHand.id)).toMatchObject({ workerId: lower.id, pinned: 'by_hand', change: 'same' });
    expect(stop(misplaced.id)).toMatchObject({ workerId: lower.id, change: 'moved' });
    const { before, after } = plan.proposal.totals;
    expect(after.travelSeconds).toBeLessThan(before.travelSeconds);
    expect((await apply(city, plan)).applied).toEqual([misplaced.id]);
    const { body } = await dispatcher.get<{ state: string; workerId: string }>(`jobs/${misplaced.id}`);
    expect(body).toMatchObject({ state: 'assigned', workerId: lower.id });
  });

  it('tell the worker when only the time of a visit changes', async () => {
    const { city, upper } = await town();
    const job = await city.job({ ...north(3_200), windowStart: '2026-03-03T10:00:00Z' });
    await apply(city, await proposed(city));
    const kept = { jobId: job.id, workerId: upper.id };
    const later = { windowStart: '2026-03-03T14:00:00Z', windowEnd: '2026-03-03T15:00:00Z' };
    // A dispatcher has it come after its window; the next plan keeps the promise again.
    const byHand = { ...later, visitStartsAt: '2026-03-03T18:00:00Z', force: true };
    expect((await city.org.as.dispatcher.patch(`jobs/${job.id}`, byHand)).status).toBe(200);
    const plan = await proposed(city);
    const [stop] = plan.proposal.stops;
    expect(stop).toMatchObject({ ...kept, change: 'retimed' });
    const ear = new Ear(upper.client.live());
    await ear.ready();
    expect((await apply(city, plan)).applied).toEqual([job.id]);
    const { startsAt, arrivesAt, endsAt } = stop!;
    const { assignment } = await decided(city, job.id, (d) => d.assignment !== null);
    expect(assignment).toMatchObject({ ...kept, state: 'confirmed', startsAt, endsAt });
    const heard = await eventually(async () => ear.facts.find(({ type }) => type === 'assignment.moved'));
    expect(heard.data).toMatchObject({ ...kept, startsAt, arrivesAt, endsAt });
  });

  it('can be called off while they are searched, and are refused for days that are over', async () => {
    const { city } = await town();
    await city.job();
    const { dispatcher } = city.org.as;
    const id = await ask(city, { seconds: 60 });
    await eventually(async () => (await dispatcher.get<Plan>(`day-plans/${id}`)).body.state === 'planning');
    expect((await dispatcher.post<Plan>(`day-plans/${id}/cancel`)).body.state).toBe('cancelled');
    expect((await dispatcher.post(`day-plans/${id}/cancel`)).status).toBe(409);
    // The processors are free for the next one long before the minute is over.
    expect((await proposed(city)).state).toBe('proposed');
    expect((await dispatcher.get<Plan>(`day-plans/${id}`)).body.state).toBe('cancelled');
    const over = await dispatcher.post<{ errors: { field: string }[] }>('day-plans', {
      areaId: city.areaId,
      date: '2026-03-01',
    });
    expect([over.status, over.body.errors[0]!.field]).toEqual([422, 'date']);
  });

  it('have nothing to say without jobs, and name every job left without workers', async () => {
    const city = await TestCity.build(app);
    expect((await proposed(city)).proposal).toMatchObject({ stops: [], unassigned: [], leftOut: [] });
    const job = await city.job({ ...tomorrow(9) });
    expect((await proposed(city)).proposal.leftOut).toEqual([
      { jobId: job.id, rule: 'NO_WORKERS', detail: 'nobody has hours left in the span' },
    ]);
  });

  it('show the auditor whose day changes by initials only', async () => {
    const { city } = await town();
    const job = await city.job({ ...north(3_500) });
    const { auditor, dispatcher } = city.org.as;
    const plan = await proposed(city);
    const names = async (by: typeof auditor) => {
      const read = await by.get<{ proposal: { routes: { name: string }[] } }>(`day-plans/${plan.id}`);
      const tried = await by.post<{ choices: { name: string }[] }>(`jobs/${job.id}/insertions`);
      return [...read.body.proposal.routes, ...tried.body.choices].map(({ name }) => name);
    };
    const full = await names(dispatcher);
    expect(full.length).toBeGreaterThan(1);
    const masked = await names(auditor);
    expect(masked).toHaveLength(full.length);
    for (const name of full) expect(masked.join()).not.toContain(name);
  });

  it('belong to one organisation, and to those who run its day', async () => {
    const { city } = await town();
    const plan = await proposed(city);
    const stranger = await app.organization();
    for (const path of [`day-plans/${plan.id}/apply`, `day-plans/${plan.id}/cancel`])
      expect((await stranger.as.admin.post(path, {})).status).toBe(404);
    expect((await city.org.as.auditor.post(`day-plans/${plan.id}/apply`, {})).status).toBe(403);
    expect((await city.org.as.worker.get(`day-plans/${plan.id}`)).status).toBe(404);
    expect((await stranger.as.admin.post('day-plans', { areaId: city.areaId })).status).toBe(404);
  });

  describe('one more job during the day', () => {
    const dayOf = async (): Promise<{
      city: TestCity;
      upper: TestWorker;
      lower: TestWorker;
      stops: Stop[];
      extra: { id: string };
    }> => {
      const { city, upper, lower } = await town();
      for (const metres of [2_400, 3_600]) await city.job({ ...north(metres), ...tomorrow(9, 8) });
      await city.job({ ...south(2_400), ...tomorrow(9, 8) });
      const plan = await proposed(city);
      await apply(city, plan);
      const extra = await city.job({ ...north(3_000), ...tomorrow(9, 8) });
      return { city, upper, lower, stops: plan.proposal.stops, extra };
    };

    it('is shown where it costs least, then put there; nobody else’s day is touched', async () => {
      const { city, upper, lower, extra, stops } = await dayOf();
      const { dispatcher } = city.org.as;
      const { body } = await dispatcher.post<{
        choices: { workerId: string; cost: number; extraTravelSeconds: number; stops: Stop[] }[];
      }>(`jobs/${extra.id}/insertions`);
      expect(body.choices.map((choice) => choice.workerId)).toEqual([upper.id, lower.id]);
      expect(body.choices[0]!.cost).toBeLessThan(body.choices[1]!.cost);
      expect((await dispatcher.get<{ state: string }>(`jobs/${extra.id}`)).body.state).toBe('unassigned');

      const done = await dispatcher.post<{ stops: Stop[] }>(`jobs/${extra.id}/insert`, {
        workerId: upper.id,
      });
      expect([done.status, done.body.stops.map((stop) => stop.workerId)]).toEqual([
        200,
        done.body.stops.map(() => upper.id),
      ]);
      const { assignment } = await decided(city, extra.id, (d) => d.assignment !== null);
      expect(assignment).toMatchObject({ workerId: upper.id, source: 'plan' });
      const kept = stops.find((stop) => stop.workerId === lower.id)!;
      const other = await decided(city, kept.jobId, (d) => d.assignment !== null);
      expect(other.assignment).toMatchObject({ startsAt: kept.startsAt, endsAt: kept.endsAt });
      expect((await dispatcher.post(`jobs/${extra.id}/insertions`)).status).toBe(409);
    });

    it('is refused with the rule when it fits nowhere', async () => {
      const { city, upper } = await dayOf();
      const { dispatcher } = city.org.as;
      const odd = await city.job({ skills: [{ skill: 'roof' }], ...tomorrow(9, 8) });
      const { body } = await dispatcher.post<{ choices: unknown[]; refused: { rule: string }[] }>(
        `jobs/${odd.id}/insertions`,
      );
      expect([body.choices, body.refused[0]!.rule]).toEqual([[], 'MISSING_SKILL']);
      const insert = await dispatcher.post(`jobs/${odd.id}/insert`, { workerId: upper.id });
      expect(insert).toMatchObject({ status: 422, body: { code: 'NO_PLACE' } });
    });
  });

  it('go on when the process that searched is gone', async () => {
    const { city } = await town();
    await city.job({ ...tomorrow(9) });
    const plan = await proposed(city);
    await app.uow.run(city.org.id, async (tx) => {
      await tx.sql(`UPDATE day_plans SET state = 'planning', proposal = NULL WHERE id = $1`, [plan.id]);
      await tx.sql(
        `UPDATE background_runs SET state = 'running', heartbeat_at = now() - interval '1 minute' WHERE subject_id = $1`,
        [plan.id],
      );
    });
    expect((await settled(city.org.as.dispatcher, plan.id)).proposal.stops).toHaveLength(1);
    await pass(app, 1);
  });
});
