import type { PlannedStop, RoutingPlan } from '../plan/plan.js';
import type { RoutingProblem } from '../problem/types.js';
import { solve } from '../solve/solve.js';
import { checkPlan } from './check.js';

const MINUTE = 60;

/** A day with every kind of rule in it; ten minutes between neighbouring places on a line. */
function day(): RoutingProblem {
  const at = Array.from({ length: 12 }, (_, i) => i * 10 * MINUTE);
  const way = at.map((a) => at.map((b) => Math.abs(a - b)));
  return {
    travel: { kind: 'matrix', durations: way, distances: way.map((row) => row.map((s) => s * 10)) },
    workers: [
      {
        id: 'ann',
        start: 0,
        end: 0,
        shift: [8 * 3600, 17 * 3600],
        overtimeSeconds: 1800,
        breaks: [{ window: [11 * 3600, 13 * 3600], seconds: 1800 }],
        skills: ['gas'],
        capacity: [5],
        maxTasks: 6,
        maxTravelSeconds: 6 * 3600,
        maxTravelMetres: 250_000,
        frozen: [{ job: 'begun', start: 9 * 3600, end: 9 * 3600 + 600 }],
        readyAt: 9.5 * 3600,
      },
      {
        id: 'bob',
        start: 11,
        end: 11,
        shift: [8 * 3600, 17 * 3600],
        skills: ['gas'],
        capacity: [5],
        people: 2,
      },
    ],
    jobs: [
      { id: 'begun', location: 1, serviceSeconds: 600 },
      {
        id: 'gas',
        location: 2,
        serviceSeconds: 900,
        skills: ['gas'],
        windows: [[10 * 3600, 15 * 3600]],
        setupSeconds: 120,
      },
      { id: 'pick', location: 3, serviceSeconds: 300, pickup: [4], lock: { worker: 'ann' } },
      { id: 'drop', location: 4, serviceSeconds: 300, delivery: [4], pickupJob: 'pick' },
      {
        id: 'noon',
        location: 1,
        serviceSeconds: 300,
        lock: { worker: 'ann', between: [14 * 3600, 15 * 3600] },
      },
      { id: 'both', location: 6, serviceSeconds: 600, people: 2, pairing: 'synchronised' },
      { id: 'crew', location: 8, serviceSeconds: 600, people: 2, pairing: 'crew' },
      {
        id: 'next',
        location: 9,
        serviceSeconds: 600,
        after: ['crew'],
        preferredWorkers: ['ann'],
        blockedWorkers: ['ann'],
      },
      {
        id: 'late',
        location: 10,
        serviceSeconds: 600,
        windows: [[8 * 3600, 8 * 3600 + 60]],
        lateSeconds: 9 * 3600,
      },
    ],
    objective: { waitingPerSecond: 0.1, balanceHours: 5 },
  };
}

const problem = day();
const sound = solve(problem, { budget: { iterations: 800 }, seed: 3 });
const copy = (): RoutingPlan => JSON.parse(JSON.stringify(sound));
const routeOf = (plan: RoutingPlan, worker: string) => plan.routes.find((r) => r.worker === worker)!;
const stopOf = (plan: RoutingPlan, job: string): PlannedStop =>
  plan.routes.flatMap((r) => r.stops).find((s) => s.job === job)!;
const holder = (plan: RoutingPlan, job: string) =>
  plan.routes.find((r) => r.stops.some((s) => s.job === job))!;

/** Takes a stop out of a route without correcting anything else. */
function cut(plan: RoutingPlan, job: string): PlannedStop {
  const route = holder(plan, job);
  return route.stops.splice(
    route.stops.findIndex((s) => s.job === job),
    1,
  )[0];
}

describe('the checker', () => {
  it('accepts the plan of the engine, with every job in it', () => {
    expect(checkPlan(problem, sound)).toEqual([]);
    expect(sound.unassigned).toEqual([]);
  });

  const inPlan: [string, string, (plan: RoutingPlan) => void][] = [
    ['a job left out', 'ONCE', (p) => cut(p, 'gas')],
    ['a job done twice', 'ONCE', (p) => routeOf(p, 'bob').stops.splice(1, 0, { ...stopOf(p, 'gas') })],
    [
      'a job both done and unassigned',
      'ONCE',
      (p) => p.unassigned.push({ job: 'gas', priority: 0, reasons: [] }),
    ],
    ['an unknown job', 'UNKNOWN_JOB', (p) => Object.assign(stopOf(p, 'gas'), { job: 'other' })],
    ['an unknown worker', 'WORKER', (p) => Object.assign(routeOf(p, 'bob'), { worker: 'zoe' })],
    ['two routes of one worker', 'WORKER', (p) => p.routes.push(routeOf(p, 'bob'))],
    ['a route without its end', 'SHAPE', (p) => routeOf(p, 'bob').stops.pop()],
    [
      'a day that begins elsewhere',
      'START_PLACE',
      (p) => Object.assign(routeOf(p, 'bob').stops[0], { place: 3 }),
    ],
    [
      'a day that ends elsewhere',
      'END_PLACE',
      (p) => Object.assign(routeOf(p, 'bob').stops.at(-1)!, { place: 3 }),
    ],
    ['a stop at the wrong place', 'JOB_PLACE', (p) => Object.assign(stopOf(p, 'gas'), { place: 3 })],
    ['an arrival faster than travel', 'ARRIVAL', (p) => (stopOf(p, 'gas').arrival -= 60)],
    ['travel that is not what it takes', 'TRAVEL', (p) => (stopOf(p, 'gas').travelSeconds -= 60)],
    ['a start before set-up is over', 'SET_UP', (p) => (stopOf(p, 'gas').start = stopOf(p, 'gas').arrival)],
    ['service cut short', 'SERVICE', (p) => (stopOf(p, 'gas').end -= 60)],
    ['waiting that is not told', 'WAITING', (p) => (stopOf(p, 'gas').waiting += 60)],
    ['lateness that is not told', 'LATE', (p) => (stopOf(p, 'late').lateSeconds = 0)],
    ['a break at the wrong time', 'BREAK_WINDOW', (p) => shift(p, 'break', 4 * 3600)],
    ['a break cut short', 'BREAK_LENGTH', (p) => (breakOf(p).end -= 60)],
    ['a break left out', 'BREAK_OWED', (p) => dropBreak(p)],
    ['a break taken twice', 'BREAK_TWICE', (p) => routeOf(p, 'ann').stops.splice(2, 0, { ...breakOf(p) })],
    ['a break on the way', 'BREAK_PLACE', (p) => (breakOf(p).place = 11)],
    ['a frozen stop at another time', 'FROZEN', (p) => (stopOf(p, 'begun').start -= 60)],
    [
      'a frozen stop out of order',
      'FROZEN_ORDER',
      (p) => routeOf(p, 'ann').stops.splice(1, 0, cut(p, 'begun'), cut(p, 'pick')) && swapFirst(p),
    ],
    [
      'a frozen stop on another route',
      'FROZEN_WORKER',
      (p) => routeOf(p, 'bob').stops.splice(1, 0, cut(p, 'begun')),
    ],
    ['two starts that differ', 'SAME_START', (p) => (stopOf(p, 'both').start += 60)],
    ['one worker where two are needed', 'ONCE', (p) => cut(p, 'both')],
    ['a delivery before its pick-up', 'PAIR', (p) => routeOf(p, 'ann').stops.splice(2, 0, cut(p, 'drop'))],
    ['a delivery on another route', 'PAIR', (p) => routeOf(p, 'bob').stops.splice(1, 0, cut(p, 'drop'))],
    [
      'a locked job on another route',
      'LOCK_WORKER',
      (p) => routeOf(p, 'bob').stops.splice(1, 0, cut(p, 'pick')),
    ],
    ['a crew job without a crew', 'PEOPLE', (p) => routeOf(p, 'ann').stops.splice(2, 0, cut(p, 'crew'))],
    [
      'a job given to a worker who is blocked',
      'BLOCKED',
      (p) => routeOf(p, 'ann').stops.splice(2, 0, cut(p, 'next')),
    ],
    ['a successor that starts too early', 'PREDECESSOR', (p) => (stopOf(p, 'next').start = 8 * 3600)],
    ['slack that is not there', 'SLACK', (p) => (stopOf(p, 'gas').slackSeconds = 9 * 3600)],
    ['a total that is not the sum', 'COST_total', (p) => (p.cost.total -= 1)],
    ['a term that is too small', 'COST_travel', (p) => (p.cost.travel -= 1)],
    ['a fact that is too small', 'FACT_travelSeconds', (p) => (routeOf(p, 'bob').facts.travelSeconds -= 60)],
    ['a price for nothing', 'COST_unassigned', (p) => (p.cost.unassigned = 5)],
  ];
  it.each(inPlan)('rejects %s', (_, rule, spoil) => {
    const plan = copy();
    spoil(plan);
    expect(checkPlan(problem, plan).map((f) => f.rule)).toContain(rule);
  });

  const inRules: [string, string, (p: RoutingProblem) => void][] = [
    ['a skill the worker lacks', 'SKILL', (p) => all(p, { skills: [] })],
    ['a window that has closed', 'WINDOW', (p) => (p.jobs[1].windows = [[0, 60]])],
    ['a start after a locked time', 'WINDOW', (p) => (p.jobs[1].lock = { at: 60 })],
    ['a day longer than the shift', 'SHIFT_END', (p) => all(p, { shift: [0, 9 * 3600], overtimeSeconds: 0 })],
    [
      'a day that begins before the shift',
      'SHIFT_START',
      (p) => (p.workers[1].shift = [16 * 3600, 20 * 3600]),
    ],
    ['a load above capacity', 'CAPACITY', (p) => all(p, { capacity: [3] })],
    ['too many tasks', 'MAX_TASKS', (p) => all(p, { maxTasks: 1 })],
    ['too much travel', 'MAX_TRAVEL', (p) => all(p, { maxTravelSeconds: 60 })],
    ['too many metres', 'MAX_TRAVEL_METRES', (p) => all(p, { maxTravelMetres: 60 })],
    ['a worker who is not ready', 'READY_AT', (p) => (p.workers[1].readyAt = 16 * 3600)],
    [
      'moved stops that are not paid for',
      'COST_stability',
      (p) => {
        p.objective = { ...p.objective, movedStop: 9 };
        p.current = [
          { worker: 'bob', jobs: ['gas', 'pick'] },
          { worker: 'ann', jobs: ['crew'] },
        ];
      },
    ],
    [
      'someone not preferred who is not paid for',
      'COST_preference',
      (p) => (p.jobs[1].preferredWorkers = ['nobody']),
    ],
  ];
  it.each(inRules)('rejects %s', (_, rule, tighten) => {
    const stricter = day();
    tighten(stricter);
    expect(checkPlan(stricter, copy()).map((f) => f.rule)).toContain(rule);
  });
});

function all(p: RoutingProblem, patch: Partial<RoutingProblem['workers'][number]>): void {
  for (const w of p.workers) Object.assign(w, patch);
}

const breakOf = (plan: RoutingPlan) => routeOf(plan, 'ann').stops.find((s) => s.kind === 'break')!;

function shift(plan: RoutingPlan, kind: 'break', by: number): void {
  const stop = routeOf(plan, 'ann').stops.find((s) => s.kind === kind)!;
  stop.start += by;
  stop.end += by;
}

function dropBreak(plan: RoutingPlan): void {
  const route = routeOf(plan, 'ann');
  route.stops = route.stops.filter((s) => s.kind !== 'break');
}

function swapFirst(plan: RoutingPlan): void {
  const { stops } = routeOf(plan, 'ann');
  [stops[1], stops[2]] = [stops[2], stops[1]];
}
