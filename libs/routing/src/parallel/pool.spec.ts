import { Worker } from 'node:worker_threads';
import { randomUniformProblem } from '../testing/random-problem.js';
import { RoutingPool } from './pool.js';

const problem = randomUniformProblem(1);

describe('a pool of search threads', () => {
  it('ends threads that have not answered long after their budget', async () => {
    const pool = new RoutingPool(2, () => new Worker('while (true);', { eval: true }));
    const search = pool.solve(problem, { budget: { milliseconds: 1 }, graceMs: 20 });
    await expect(search).rejects.toThrow('a search thread ended before it answered');
  });

  it('says so when a thread is lost', async () => {
    const pool = new RoutingPool(1, () => new Worker('process.exit()', { eval: true }));
    const search = pool.solve(problem, { budget: { iterations: 10 } });
    await expect(search).rejects.toThrow('a search thread ended before it answered');
  });
});
