import fc from 'fast-check';
import { basicModel } from '../instance/basic-model.js';
import { compile } from '../instance/instance.js';
import { randomBasicProblem } from '../testing/random-problem.js';
import { BasicInsertion } from './basic-insertion.js';
import { type BasicModel, startAtOrAfter, type Tours } from './basic-model.js';
import { BasicRouteBook } from './basic-route-book.js';

/** Cost and feasibility of tours by plain simulation: what every operator has to agree with. */
function simulate(m: BasicModel, tours: Tours): number {
  let cost = 0;
  for (const [w, tour] of tours.entries()) {
    if (tour.length === 0) continue;
    let node = m.startNode[w];
    let time = m.shiftStart[w];
    let travel = 0;
    if (tour.length > m.maxTasks[w]) return Number.POSITIVE_INFINITY;
    for (let d = 0; d < m.dimensions; d++) {
      const load = tour.reduce((sum, j) => sum + m.demand[j * m.dimensions + d], 0);
      if (load > m.capacity[w * m.dimensions + d]) return Number.POSITIVE_INFINITY;
    }
    for (const j of tour) {
      if (m.allowed[j * m.workerCount + w] === 0) return Number.POSITIVE_INFINITY;
      travel += m.cost[node * m.nodeCount + j];
      const start = startAtOrAfter(m, j, time + m.time[node * m.nodeCount + j]);
      time = start + m.service[j] * m.serviceFactor[w];
      if (m.bias) cost += m.bias[j * m.workerCount + w];
      node = j;
    }
    travel += m.cost[node * m.nodeCount + m.endNode[w]];
    time += m.time[node * m.nodeCount + m.endNode[w]];
    if (!(time <= m.shiftEnd[w]) || travel > m.maxTravel[w] + 1e-9) return Number.POSITIVE_INFINITY;
    cost += travel;
  }
  return cost;
}

describe('the route book and the insertion cache', () => {
  it('find exactly the cheapest feasible insertion that full simulation finds, through edits and rollbacks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { problem, random } = randomBasicProblem(seed);
        const model = basicModel(compile(problem));
        const book = new BasicRouteBook(model);
        const cache = new BasicInsertion(model, book);
        const out = new Int32Array(model.jobCount);
        for (let step = 0; step < 60; step++) {
          const job = Math.floor(random() * model.jobCount);
          const tours = book.tours();
          const before = simulate(model, tours);
          if (book.routeOf[job] >= 0) {
            const r = book.routeOf[job];
            book.touch(r);
            const from = book.slotOf[job];
            const to = Math.min(book.len[r], from + Math.floor(random() * 3));
            book.remove(r, from, to, out, 0);
          } else {
            for (let r = 0; r < model.workerCount; r++) {
              let best = Number.POSITIVE_INFINITY;
              for (let k = 0; k <= tours[r].length; k++) {
                const tried = tours.map((t, i) => (i === r ? [...t.slice(0, k), job, ...t.slice(k)] : t));
                best = Math.min(best, simulate(model, tried) - before);
              }
              const found = cache.cost(job, r);
              if (best === Number.POSITIVE_INFINITY) expect(found).toBe(best);
              else expect(found).toBeCloseTo(best, 6);
            }
            const r = Math.floor(random() * model.workerCount);
            if (cache.cost(job, r) === Number.POSITIVE_INFINITY) continue;
            book.touch(r);
            book.insert(r, cache.slotFor(job, r), job);
          }
          const open = Array.from(book.routeOf).reduce((s, r, j) => s + (r < 0 ? model.unassigned[j] : 0), 0);
          expect(book.exactCost() - open).toBeCloseTo(simulate(model, book.tours()), 3);
          if (random() < 0.5) book.commit();
          else {
            const committed = tours;
            if (book.touchedCount > 0 && random() < 0.5) {
              book.rollback();
              if (step === 0) expect(book.tours()).toEqual(committed);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
