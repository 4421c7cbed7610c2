import { checkPlan, solve, validateProblem } from '#routing';
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
  const { problem, leftOut } = dayProblem(input);
  const found = solve(validateProblem(problem), { budget: { iterations: 200 }, seed: 1 });
  expect(checkPlan(problem, found)).toEqual([]);
  return dayProposal(input, {
    problem,
    ways: { by: 'straight_line', reason: null },
    plan: found,
    leftOut,
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
    const expired = worker('expired', { skills: [{ skill: 'gas', level: 5, expiresAt: hour(9) }] });
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
    expect(unassigned[0]).toMatchObject({ jobId: 'master', reasons: [{ rule: 'MISSING_SKILL' }, {}] });
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
