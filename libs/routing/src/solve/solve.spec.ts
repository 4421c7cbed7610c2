import fc from 'fast-check';
import { checkPlan } from '../checker/check.js';
import { needsFullModel } from '../instance/basic-model.js';
import { compile } from '../instance/instance.js';
import { buildPlan } from '../plan/plan.js';
import { validateProblem } from '../problem/validate.js';
import { randomFullProblem } from '../testing/random-full-problem.js';
import { randomBasicProblem, randomUniformProblem } from '../testing/random-problem.js';
import { noExchange } from './exchange.js';
import { search } from './search.js';
import { solve } from './solve.js';

const seeds = fc.integer({ min: 1, max: 1e7 });

describe('random days are never planned so that they cannot be kept', () => {
  it.each([
    ['plain', (seed: number) => randomBasicProblem(seed).problem],
    ['uniform', (seed: number) => randomUniformProblem(seed)],
    ['rich', (seed: number) => randomFullProblem(seed).problem],
  ])('%s problems', (_, make) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = make(seed);
        const plan = solve(problem, { budget: { iterations: 60 }, seed });
        expect(checkPlan(problem, plan)).toEqual([]);
      }),
      { numRuns: Number(process.env.RUNS ?? 150) },
    );
  });

  it('and the search knows exactly what its plan will cost', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { problem } = randomFullProblem(seed);
        const instance = compile(validateProblem(problem));
        if (needsFullModel(instance) === undefined || instance.frozen.some((f) => f.length > 0)) return;
        const meter = { used: (i: number) => i / 60, cancelled: () => false };
        const { tours, cost, bounds } = search(instance, { seed, meter, exchange: noExchange });
        const { total } = buildPlan(instance, tours, bounds).cost;
        expect(Math.abs(total - cost)).toBeLessThan(1e-6 * Math.max(1, Math.abs(cost)));
      }),
      { numRuns: Number(process.env.RUNS ?? 100) },
    );
  });

  it('and there is a plan even when there was no time at all', () => {
    for (const problem of [
      randomUniformProblem(3),
      randomBasicProblem(3).problem,
      randomFullProblem(3).problem,
    ]) {
      const plan = solve(problem, { budget: { milliseconds: 0 }, now: () => 1, seed: 1 });
      expect(checkPlan(problem, plan)).toEqual([]);
      expect(plan.routes.length).toBeGreaterThan(0);
    }
  });

  it('and a small day is planned well even so', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { problem } = randomBasicProblem(seed);
      const hurried = solve(problem, { budget: { milliseconds: 0 }, now: () => 1, seed: 1 });
      const thorough = solve(problem, { budget: { iterations: 5_000 }, seed: 1 });
      expect(hurried.cost.total).toBeLessThanOrEqual(1.1 * thorough.cost.total);
    }
  });

  it('and the same seed gives the same plan', () => {
    for (const make of [randomBasicProblem, randomFullProblem]) {
      const once = solve(make(5).problem, { budget: { iterations: 100 }, seed: 9 });
      const again = solve(make(5).problem, { budget: { iterations: 100 }, seed: 9 });
      expect(again).toEqual(once);
    }
  });
});
