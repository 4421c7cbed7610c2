import {
  FAIL_REASONS,
  JOB_EDGES,
  JOB_EVENTS,
  JOB_STATES,
  type JobEdge,
  type JobEvent,
  mayFire,
  nextState,
} from '#job';
import { ROLES, type Role } from '#platform';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestCity, type TestWorker } from '../support/city.js';
import type { Client } from '../support/client.js';
import { footprint, putInto } from './job-steps.js';

/** Dispatch owns the routes of these. */
const OF_DISPATCH: readonly JobEvent[] = ['offer', 'withdraw', 'assign', 'release', 'expire'];
const VERBS = JOB_EVENTS.filter((event) => !OF_DISPATCH.includes(event));
const OFFICE: readonly Role[] = ['admin', 'dispatcher', 'area_manager', 'quality_manager', 'auditor'];

const bodyOf = (event: JobEvent) => {
  const { reason }: JobEdge = JOB_EDGES[event];
  return reason === undefined ? {} : { reason: reason === 'free' ? 'because' : FAIL_REASONS[0] };
};
const path = (jobId: string, event: JobEvent) => `jobs/${jobId}/${event.replace('_', '-')}`;

describe('every state x event x role', () => {
  let app: TestApp;
  let city: TestCity;
  let holder: TestWorker;
  let other: TestWorker;
  let jobId: string;

  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    city = await TestCity.build(app);
    holder = await city.worker({ status: 'off_duty' });
    other = await city.worker({ status: 'off_duty' });
    jobId = (await city.job()).id;
  });
  afterAll(() => app?.stop());

  const callerOf = (role: Role): Client => (role === 'worker' ? holder.client : city.org.as[role]);

  /** What the table and the ability to see the job make of it. */
  const expected = (role: Role, event: JobEvent, state: (typeof JOB_STATES)[number], held: boolean) => {
    if (role === 'worker' && !mayFire('worker', event)) return 403;
    if (role === 'worker' && !held) return 404;
    if (!mayFire(role, event)) return OFFICE.includes(role) ? 403 : 404;
    return nextState({ state, pausedFrom: 'in_progress' }, event) ? 200 : 409;
  };

  it.each(JOB_STATES)('from %s', async (state) => {
    // One job for each role, so that the roles ask at the same time; put back only when one was let through.
    const jobOf = new Map<Role, string>();
    const before = new Map<Role, string>();
    const putBack = async (role: Role) => {
      await putInto(city, jobOf.get(role)!, state, holder.id);
      before.set(role, await footprint(city, jobOf.get(role)!));
    };
    for (const role of ROLES) {
      jobOf.set(role, (await city.job()).id);
      await putBack(role);
    }
    const held = JSON.parse(before.get('worker')!)[0].job.worker_id === holder.id;
    for (const event of VERBS)
      await Promise.all(
        ROLES.map(async (role) => {
          const id = jobOf.get(role)!;
          const answer = await callerOf(role).post<{ state: string; code?: string }>(
            path(id, event),
            bodyOf(event),
          );
          const status = expected(role, event, state, held);
          expect([state, event, role, answer.status]).toEqual([state, event, role, status]);
          if (status === 200) {
            expect(answer.body.state).toBe(nextState({ state, pausedFrom: 'in_progress' }, event));
            await putBack(role);
          } else {
            expect(await footprint(city, id)).toBe(before.get(role));
            if (status === 409) expect(answer.body.code).toBe('ILLEGAL_TRANSITION');
          }
        }),
      );
  });

  it('keeps a worker out of the jobs of others, whatever the state', async () => {
    for (const state of JOB_STATES) {
      await putInto(city, jobId, state, holder.id);
      const before = await footprint(city, jobId);
      for (const event of VERBS) {
        const answer = await other.client.post(path(jobId, event), bodyOf(event));
        expect([event, answer.status]).toEqual([event, mayFire('worker', event) ? 404 : 403]);
      }
      expect((await other.client.get(`jobs/${jobId}`)).status).toBe(404);
      expect(await footprint(city, jobId)).toBe(before);
    }
  });

  it('asks for reasons, and for one of the known ones to fail', async () => {
    await putInto(city, jobId, 'in_progress', holder.id);
    const before = await footprint(city, jobId);
    for (const [event, body] of [
      ['pause', {}],
      ['pause', { reason: ' ' }],
      ['fail', { reason: 'bored' }],
      ['fail', {}],
    ] as const)
      expect((await holder.client.post(path(jobId, event), body)).status).toBe(422);
    expect((await city.org.as.dispatcher.post(path(jobId, 'cancel'), {})).status).toBe(422);
    expect(await footprint(city, jobId)).toBe(before);
  });

  it('compares and sets: the version by If-Match or in the body', async () => {
    await putInto(city, jobId, 'assigned', holder.id);
    const { version } = (await holder.client.get<{ version: number }>(`jobs/${jobId}`)).body;
    const stale = await holder.client.post<{ code: string; actual: number }>(path(jobId, 'depart'), {
      version: version - 1,
    });
    expect([stale.status, stale.body]).toMatchObject([409, { code: 'VERSION_CONFLICT', actual: version }]);
    const headers = { 'if-match': `"${version}"` };
    const [a, b] = await Promise.all([
      holder.client.post(path(jobId, 'depart'), {}, { headers }),
      city.org.as.dispatcher.post(path(jobId, 'fail'), { reason: 'other' }, { headers }),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 409]);
    expect([a, b].find((answer) => answer.status === 200)?.headers.get('etag')).toBe(`"${version + 1}"`);
  });

  it('does a verb once for one Idempotency-Key', async () => {
    await putInto(city, jobId, 'assigned', holder.id);
    const first = await holder.client.post(path(jobId, 'depart'), {}, { key: 'once' });
    const again = await holder.client.post(path(jobId, 'depart'), {}, { key: 'once' });
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await holder.client.post(path(jobId, 'depart'), { note: 'x' }, { key: 'once' });
    expect(other.status).toBe(422);
  });
});
