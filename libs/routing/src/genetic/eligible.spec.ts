import { checkPlan } from '../checker/check.js';
import { basicModel } from '../instance/basic-model.js';
import { compile } from '../instance/instance.js';
import { validateProblem } from '../problem/validate.js';
import { solve } from '../solve/solve.js';
import { randomUniformProblem } from '../testing/random-problem.js';
import { isUniform } from './eligible.js';

const fleetOfFour = (maxTasks: number) => {
  const problem = randomUniformProblem(1, 14);
  return { ...problem, workers: problem.workers.map((worker) => ({ ...worker, maxTasks })) };
};
const eligible = (maxTasks: number) => isUniform(basicModel(compile(validateProblem(fleetOfFour(maxTasks)))));

describe('the genetic search', () => {
  it('is asked only where every job can be on a route', () => {
    expect(eligible(4)).toBe(true);
    expect(eligible(3)).toBe(false);
  });

  it('and a fleet that may not take every job has a plan all the same', () => {
    const problem = fleetOfFour(3);
    const plan = solve(problem, { budget: { iterations: 2_000 }, seed: 1 });
    expect(checkPlan(problem, plan)).toEqual([]);
    expect(plan.unassigned.length).toBeGreaterThanOrEqual(2);
  });
});
