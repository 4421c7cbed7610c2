import fc from 'fast-check';
import { type Random, seededRandom } from '#kernel';
import type { BasicModel, Tours } from '../../basic/basic-model.js';
import { basicModel } from '../../instance/basic-model.js';
import { compile } from '../../instance/instance.js';
import { randomUniformProblem } from '../../testing/random-problem.js';
import { MOVES } from '../local-search.js';
import { TourGraph } from '../tour-graph.js';

function deal(model: BasicModel, random: Random): Tours {
  const tours: Tours = Array.from({ length: model.workerCount }, () => []);
  for (let j = 0; j < model.jobCount; j++) tours[Math.floor(random() * model.workerCount)].push(j);
  return tours;
}

/** Travel plus priced lateness and overload, by walking each route: late arrivals jump back in time at a price. */
function priced(model: BasicModel, tours: Tours, warpPrice: number, loadPrice: number): number {
  let sum = 0;
  for (const tour of tours) {
    let node = model.startNode[0];
    let time = model.shiftStart[0];
    let load = 0;
    let warp = 0;
    const go = (to: number, open: number, close: number) => {
      sum += model.cost[node * model.nodeCount + to];
      time = Math.max(open, time + model.time[node * model.nodeCount + to]);
      if (time > close) {
        warp += time - close;
        time = close;
      }
      node = to;
    };
    for (const j of tour) {
      go(j, model.firstOpen[j], model.lastClose[j]);
      time += model.service[j];
      load += model.demand[j];
    }
    go(model.endNode[0], model.shiftStart[0], model.shiftEnd[0]);
    sum += warp * warpPrice + Math.max(0, load - model.capacity[0]) * loadPrice;
  }
  return sum;
}

describe('every move of the genetic search', () => {
  it.each(MOVES.map((m) => [m.name, m] as const))(
    '%s makes exactly the gains that recomputation confirms',
    (_, move) => {
      let successes = 0;
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
          const random = seededRandom(seed);
          const model = basicModel(compile(randomUniformProblem(seed)));
          const g = new TourGraph(model);
          g.price(0.5 + random(), 5 + random() * 20);
          g.set(deal(model, random));
          let before = priced(model, g.tours(), g.warpPrice, g.loadPrice);
          for (let i = 0; i < 80; i++) {
            const u = Math.floor(random() * model.jobCount);
            const v =
              random() < 0.2
                ? g.start(Math.floor(random() * g.routes))
                : Math.floor(random() * model.jobCount);
            if (u === v) continue;
            const made = move.attempt(g, u, v);
            const tours = g.tours();
            const after = priced(model, tours, g.warpPrice, g.loadPrice);
            expect(g.cost() + g.penalties()).toBeCloseTo(after, 4);
            if (made) expect(after).toBeLessThan(before);
            else expect(after).toBeCloseTo(before, 6);
            expect(tours.flat().sort((a, b) => a - b)).toEqual(
              Array.from({ length: model.jobCount }, (_, j) => j),
            );
            if (made) successes++;
            before = after;
          }
        }),
        { numRuns: 15 },
      );
      expect(successes).toBeGreaterThan(5);
    },
  );
});
