import { checkPlan, solve, validateProblem } from '#routing';
import { emergenciesFirst } from '../rounds/emergencies-first.js';
import { type DayInput, type DayJob, type DayWorker, dayProblem } from './day-problem.js';
import { dayProposal } from './day-proposal.js';

const MIDNIGHT = Date.UTC(2026, 2, 2);
const hour = (h: number) => MIDNIGHT + h * 3_600_000;
const CENTRE = { lat: 42.36, lon: -71.06 };

const worker = (id: string, change: Partial<DayWorker> = {}): DayWorker => ({
  id,
  name: id,
  position: CENTRE,
  shifts: [{ start: hour(8), end: hour(17) }],
  skills: [],
  equipment: [],
  languages: [],
  tasksLeft: null,
  suspendedUntil: null,
  ...change,
});

const job = (id: string, change: Partial<DayJob> = {}): DayJob => ({
  id,
  point: { lat: CENTRE.lat + 0.01, lon: CENTRE.lon },
  priority: 0,
  durationSeconds: 1_800,
  windowStart: null,
  promisedBy: null,
  skills: [],
  equipment: [],
  language: null,
  blockedWorkerIds: [],
  requiredWorkerId: null,
  preferredWorkerId: null,
  held: null,
  pinned: null,
  ...change,
});

const day = (workers: DayWorker[], jobs: DayJob[]): DayInput => ({
  origin: MIDNIGHT,
  span: { start: hour(7), end: hour(24) },
  centre: CENTRE,
  travel: { detourFactor: 1.3, speedMetresPerSecond: 7, overheadSeconds: 60 },
  workers,
  jobs,
  movedStopSeconds: 600,
});

const held = (workerId: string, from: number, to: number) => ({
  assignmentId: `of-${workerId}`,
  workerId,
  startsAt: hour(from),
  arrivesAt: hour(from) + 600_000,
  endsAt: hour(to),
});

/** The proposal for a day, of a plan that the checker accepts. */
function plan(input: DayInput) {
  const { problem: plain, leftOut, lapsing } = dayProblem(input);
  const problem = emergenciesFirst(plain);
  const found = solve(validateProblem(problem), { budget: { iterations: 200 }, seed: 1 });
  expect(checkPlan(problem, found)).toEqual([]);
  return dayProposal(input, {
    problem,
    ways: { by: 'straight_line', reason: null },
    plan: found,
    leftOut,
    lapsing,
    seen: {},
  });
}

describe('a day as a routing problem', () => {
  it('asks for skills by level, tools and languages, and says which is missing', () => {
    const able = worker('able', {
      skills: [{ skill: 'gas', level: 3, expiresAt: null }],
      equipment: ['van'],
      languages: ['zh'],
    });
    const expired = worker('expired', { skills: [{ skill: 'gas', level: 5, expiresAt: hour(6) }] });
    const jobs = [
      job('gas', { skills: [{ skill: 'gas', level: 2 }] }),
      job('van', { equipment: ['van'], language: 'zh' }),
      job('master', { skills: [{ skill: 'gas', level: 4 }] }),
    ];
    const { stops, unassigned } = plan(day([able, expired], jobs));
    expect(new Map(stops.map((stop) => [stop.jobId, stop.workerId]))).toEqual(
      new Map([
        ['gas', 'able'],
        ['van', 'able'],
      ]),
    );
    expect(unassigned[0]).toMatchObject({ jobId: 'master', reasons: expect.any(Array) });
    const because = new Map(unassigned[0]!.reasons.map((one) => [one.workerId, one]));
    expect(because.get('able')).toMatchObject({ rule: 'MISSING_SKILL' });
    expect(because.get('expired')).toMatchObject({
      rule: 'SKILL_EXPIRED',
      actual: new Date(hour(6)).toISOString(),
    });
  });

  it('keeps a certificate through the visit, not through the shift', () => {
    const skills = [{ skill: 'gas', level: 1, expiresAt: hour(12) }];
    const gas = { skills: [{ skill: 'gas' }] };
    const morning = job('morning', { ...gas, windowStart: hour(9), promisedBy: hour(10) });
    const noon = job('noon', { ...gas, windowStart: hour(11), promisedBy: hour(13) });
    const evening = job('evening', { ...gas, windowStart: hour(13), promisedBy: hour(14) });
    const only = plan(day([worker('ann', { skills })], [morning, noon, evening]));
    expect(only.stops.map((stop) => stop.jobId)).toEqual(['morning', 'noon']);
    expect(Date.parse(only.stops[1]!.endsAt)).toBeLessThanOrEqual(hour(12));
    expect(only.unassigned).toMatchObject([
      { jobId: 'evening', reasons: [{ rule: 'SKILL_EXPIRED', actual: new Date(hour(12)).toISOString() }] },
    ]);
    const ben = worker('ben', { skills: [{ ...skills[0]!, expiresAt: null }] });
    const both = plan(day([worker('ann', { skills }), ben], [noon]));
    expect(both.stops.map((stop) => stop.workerId)).toEqual(['ben']);
  });

  it('puts emergencies first, whoever is there first, and plans the rest around them', () => {
    const far = { lat: CENTRE.lat + 0.05, lon: CENTRE.lon };
    const near = worker('near');
    const held9 = job('told', { held: held('near', 8, 9), windowStart: hour(8), promisedBy: hour(17) });
    const urgent = job('urgent', { priority: 100, point: far, durationSeconds: 3_600 });
    const jobs = [job('a'), held9, urgent, job('b', { priority: 90 })];
    const { stops } = plan(day([near], jobs));
    expect(stops.map((stop) => stop.jobId)[0]).toBe('urgent');
    expect(stops).toHaveLength(4);
    const ready = worker('ready', { position: far, shifts: [{ start: hour(8), end: hour(12) }] });
    expect(plan(day([near, ready], jobs)).stops.find((stop) => stop.jobId === 'urgent')).toMatchObject({
      workerId: 'ready',
      position: 0,
    });
  });

  it('says whole seconds, each stop chained to the one before', () => {
    const jobs = Array.from({ length: 12 }, (_, i) =>
      job(`j${i}`, {
        point: { lat: CENTRE.lat + 0.00137 * i, lon: CENTRE.lon - 0.00071 * i },
        durationSeconds: 601,
      }),
    );
    const { stops } = plan(day([worker('ann')], jobs));
    expect(stops).toHaveLength(12);
    stops.forEach((stop, i) => {
      for (const time of [stop.startsAt, stop.arrivesAt, stop.endsAt]) expect(time).toMatch(/:\d\d\.000Z$/);
      if (i > 0) expect(Date.parse(stop.startsAt)).toBeGreaterThanOrEqual(Date.parse(stops[i - 1]!.endsAt));
    });
  });

  it('plans around time off in the middle of a shift', () => {
    const shifts = [
      { start: hour(8), end: hour(10) },
      { start: hour(14), end: hour(17) },
    ];
    const jobs = Array.from({ length: 6 }, (_, i) => job(`j${i}`, { durationSeconds: 2_400 }));
    const { stops, unassigned } = plan(day([worker('ann', { shifts })], jobs));
    expect(stops.length + unassigned.length).toBe(6);
    expect(stops.length).toBeGreaterThanOrEqual(5);
    for (const stop of stops) {
      const [from, to] = [Date.parse(stop.arrivesAt), Date.parse(stop.endsAt)];
      expect([stop.arrivesAt, shifts.some((s) => s.start <= from && to <= s.end)]).toEqual([
        stop.arrivesAt,
        true,
      ]);
    }
  });

  it('begins where and when the work under way ends, and keeps what a dispatcher fixed', () => {
    const now = job('now', { held: held('ann', 7, 11), pinned: 'under_way' });
    const fixed = job('fixed', { held: held('ann', 13, 14), pinned: 'by_hand', durationSeconds: 1_800 });
    const { stops, leftOut } = plan(day([worker('ann')], [now, fixed, job('new'), job('other')]));
    expect(leftOut).toEqual([{ jobId: 'now', rule: 'PINNED', detail: 'under_way' }]);
    expect(stops.every((stop) => Date.parse(stop.startsAt) >= hour(11))).toBe(true);
    expect(stops.find((stop) => stop.jobId === 'fixed')).toMatchObject({
      change: 'same',
      endsAt: new Date(hour(14)).toISOString(),
    });
  });

  it('leaves out what nobody may do, with the reason, and honours who is wanted or suspended', () => {
    const barred = worker('barred', { suspendedUntil: hour(20) });
    const jobs = [
      job('hers', { requiredWorkerId: 'ann' }),
      job('his', { requiredWorkerId: 'carl' }),
      job('not-hers', { blockedWorkerIds: ['ann', 'nobody'] }),
    ];
    const { stops, leftOut, unassigned } = plan(day([worker('ann'), barred], jobs));
    expect(stops.map((stop) => [stop.jobId, stop.workerId])).toEqual([['hers', 'ann']]);
    expect(leftOut).toEqual([{ jobId: 'his', rule: 'REQUIRED_WORKER_AWAY', detail: 'carl' }]);
    expect(unassigned).toMatchObject([{ jobId: 'not-hers', reasons: [{ rule: 'WORKER_BLOCKED' }] }]);
  });

  it('leaves a good day as people were told', () => {
    const told = held('ann', 12, 13);
    const { stops, totals } = plan(day([worker('ann')], [job('a', { held: told })]));
    expect(stops[0]).toMatchObject({ workerId: 'ann', endsAt: new Date(hour(13)).toISOString() });
    expect(totals.before.travelSeconds).toBe(totals.after.travelSeconds);
    expect(totals.after).toMatchObject({ stops: 1, unassigned: 0, workers: 1 });
  });

  it('counts no more tasks than the day may hold', () => {
    const jobs = [job('a'), job('b'), job('c', { priority: 50 })];
    const { stops } = plan(day([worker('ann', { tasksLeft: 1 })], jobs));
    expect(stops.map((stop) => stop.jobId)).toEqual(['c']);
  });
});
