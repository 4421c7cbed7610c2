import fc from 'fast-check';
import { checkPlan } from '../checker/check.js';
import type { RoutingProblem } from '../problem/types.js';
import { solve } from '../solve/solve.js';
import { randomFullProblem } from '../testing/random-full-problem.js';
import { applyEffect } from './apply-effect.js';
import { insertJob } from './insert-job.js';
import { tryMove } from './move-job.js';
import { type DayEvent, replanProblem } from './replan.js';

const seeds = fc.integer({ min: 1, max: 1e7 });
const plan = (problem: RoutingProblem) => solve(problem, { budget: { iterations: 40 }, seed: 1 });

/** Two workers on a line, ten minutes between neighbours; the second knows gas. */
function smallDay(): RoutingProblem {
  const at = [0, 10, 20, 33, 40, 50];
  return {
    travel: { kind: 'matrix', durations: at.map((a) => at.map((b) => Math.abs(a - b) * 60)) },
    workers: [
      { id: 'ann', start: 0, end: 0, shift: [0, 30_000] },
      { id: 'bob', start: 5, end: 5, shift: [0, 30_000], skills: ['gas'] },
    ],
    jobs: [
      { id: 'a', location: 1, serviceSeconds: 600 },
      { id: 'b', location: 4, serviceSeconds: 600 },
      { id: 'c', location: 2, serviceSeconds: 600, windows: [[10_000, 12_000]] },
    ],
  };
}

describe('one more job is put into the day', () => {
  it('goes where the detour is least, and says what changes', () => {
    const problem = smallDay();
    const today = plan(problem);
    const more = { ...problem, jobs: [...problem.jobs, { id: 'new', location: 3, serviceSeconds: 300 }] };
    const { effect, worker, choices } = insertJob(more, today, 'new');
    expect(worker).toBe('bob');
    expect(effect?.moved).toEqual([{ job: 'new', from: null, to: 'bob' }]);
    expect(effect?.delta.travel).toBe(840);
    expect(choices.map((c) => c.worker)).toEqual(['bob', 'ann']);
    expect(checkPlan(more, applyEffect(more, today, effect!))).toEqual([]);
  });

  it('one stop gives way when nobody has room, at the price of a moved stop', () => {
    const problem = smallDay();
    for (const w of problem.workers) w.maxTasks = 2;
    problem.jobs[2].lock = { worker: 'ann' };
    problem.jobs[0].lock = undefined;
    const today = plan({ ...problem, jobs: [problem.jobs[0], problem.jobs[2]].map((j) => ({ ...j })) });
    const more = {
      ...problem,
      objective: { movedStop: 100 },
      jobs: [
        ...problem.jobs.filter((j) => j.id !== 'b'),
        { id: 'new', location: 1, serviceSeconds: 300, blockedWorkers: ['bob'] },
      ],
    };
    const { effect } = insertJob(more, today, 'new');
    expect(effect?.moved).toContainEqual({ job: 'new', from: null, to: 'ann' });
    expect(effect?.moved).toContainEqual({ job: 'a', from: 'ann', to: 'bob' });
  });

  it('names the rule that keeps it out of the nearest workers', () => {
    const problem = smallDay();
    const today = plan(problem);
    const job = { id: 'new', location: 1, serviceSeconds: 300, skills: ['roof'] };
    const { refused } = insertJob({ ...problem, jobs: [...problem.jobs, job] }, today, 'new');
    expect(refused?.reasons[0]).toMatchObject({ worker: 'ann', rule: 'MISSING_SKILL', limit: 'roof' });
  });

  it('shows for each choice what trying it there would show', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { problem } = randomFullProblem(seed);
        const today = plan(problem);
        const more = { ...problem, jobs: [...problem.jobs, { id: 'new', location: 0, serviceSeconds: 200 }] };
        const { choices, effect } = insertJob(more, today, 'new', 3);
        for (const [i, choice] of choices.entries()) {
          const tried = tryMove(more, today, { job: 'new', worker: choice.worker });
          expect(tried).toEqual({ ok: true, effect: choice.effect });
          expect(checkPlan(more, applyEffect(more, today, choice.effect))).toEqual([]);
          if (i === 0) expect(choice.effect).toEqual(effect);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('never makes a day that cannot be kept', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { problem } = randomFullProblem(seed);
        problem.objective = { ...problem.objective, movedStop: 0 };
        const job = {
          id: 'new',
          location: 0,
          serviceSeconds: 200,
          windows: [[0, 20_000]] as [number, number][],
        };
        const today = plan(problem);
        const more = { ...problem, jobs: [...problem.jobs, job] };
        const { effect } = insertJob(more, today, 'new');
        if (!effect) return;
        expect(checkPlan(more, applyEffect(more, today, effect))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

describe('a stop is tried on another worker', () => {
  it('shows the effect, or the rule that forbids it', () => {
    const problem = smallDay();
    problem.jobs[1].skills = ['gas'];
    const today = plan(problem);
    const good = tryMove(problem, today, { job: 'a', worker: 'bob' });
    expect(good).toMatchObject({ ok: true, effect: { moved: [{ job: 'a', from: 'ann', to: 'bob' }] } });
    const bad = tryMove(problem, today, { job: 'b', worker: 'ann', position: 0 });
    expect(bad).toMatchObject({ ok: false, refusals: [{ rule: 'MISSING_SKILL' }] });
  });

  it('leaves what is already in one car to whoever drives it', () => {
    const problem = smallDay();
    problem.jobs[1].pickupJob = 'a';
    problem.jobs[0].pickup = [1];
    problem.jobs[1].delivery = [1];
    problem.workers.forEach((w) => {
      w.capacity = [2];
    });
    problem.workers[0].frozen = [{ job: 'a', start: 600, end: 1_200 }];
    const today = plan(problem);
    expect(tryMove(problem, today, { job: 'b', worker: 'bob', position: 0 })).toMatchObject({
      ok: false,
      refusals: [{ rule: 'CARRIED_BY', limit: 'ann' }],
    });
  });

  it('never shows a day that cannot be kept', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { problem, random } = randomFullProblem(seed);
        problem.objective = { ...problem.objective, movedStop: 0 };
        const today = plan(problem);
        const job = problem.jobs[Math.floor(random() * problem.jobs.length)].id;
        const worker = problem.workers[Math.floor(random() * problem.workers.length)].id;
        const position = random() < 0.5 ? { position: Math.floor(random() * 4) } : {};
        const answer = tryMove(problem, today, { job, worker, ...position });
        if (answer.ok) expect(checkPlan(problem, applyEffect(problem, today, answer.effect))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

describe('the day is planned again after something has happened', () => {
  it('keeps what has begun, and what is pinned, and releases the ill', () => {
    const problem = smallDay();
    problem.jobs[0].windows = [[0, 9000]];
    problem.jobs[1].windows = [[12_000, 13_000]];
    problem.jobs[1].lock = { worker: 'bob' };
    const today = plan(problem);
    const rest = replanProblem(problem, today, [{ kind: 'ill', worker: 'bob' }], { now: 9000, pins: ['c'] });
    const next = plan(rest);
    expect(checkPlan(rest, next)).toEqual([]);
    const workerOf = (id: string) => next.routes.find((r) => r.stops.some((s) => s.job === id))?.worker;
    expect([workerOf('a'), workerOf('c')]).toEqual(['ann', 'ann']);
    expect(rest.workers[0].frozen).toEqual([{ job: 'a', start: 8800, end: 9400 }]);
    expect(workerOf('b')).toBe('ann');
  });

  it('whatever happens, the new plan can be kept', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { problem, random } = randomFullProblem(seed);
        const today = plan(problem);
        const stops = today.routes.flatMap((r) =>
          r.stops.flatMap((s) => (s.job ? [{ job: s.job, worker: r.worker, end: s.end }] : [])),
        );
        if (stops.length === 0) return;
        const some = stops[Math.floor(random() * stops.length)];
        const events: DayEvent[] = [
          { kind: 'cancelled', job: some.job },
          { kind: 'no_show', job: some.job },
          { kind: 'overrun', ...some, end: some.end + 600 },
          { kind: 'ill', worker: some.worker },
        ];
        const pairs = new Set(
          problem.jobs.flatMap((j) => [j.id, j.pickupJob].filter((id) => id && j.pickupJob)),
        );
        const event = events[Math.floor(random() * 4)];
        // Half a pair cannot be cancelled or overrun by itself in this story.
        if (pairs.has(some.job) || problem.jobs.some((j) => j.people === 2)) return;
        const rest = replanProblem(problem, today, [event], { now: Math.floor(random() * 6000) });
        expect(checkPlan(rest, plan(rest))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
