import type { Tours } from '../basic/basic-model.js';
import type { RoutingProblem } from '../problem/types.js';
import type { Exchange } from '../solve/exchange.js';

/** Most tasks and routes a solution of this problem can have (a synchronised job is two tasks). */
export const sharedBestLayout = ({ jobs, workers }: RoutingProblem) => ({
  jobs: jobs.length + jobs.filter((j) => j.people === 2).length,
  workers: workers.length,
});

/** The round of an island that has gone. */
const LEFT = 0x7fffffff;

/** Bytes of one slot: cost, then length and jobs of each route. */
const slotBytes = (jobs: number, workers: number) => 8 + 4 * (workers + jobs + ((workers + jobs) % 2));

/**
 * Shared memory in which each island shows its best, round by round. When the budget is in iterations every island waits
 * for the same round of its neighbour, so that the answer depends on the seed alone; when it is in time nobody waits.
 * Two slots an island are enough: whoever is in round r + 1 has read round r - 1.
 */
export class SharedBest implements Exchange {
  /** rounds[island]: 1 + the last round it has shown. */
  private readonly rounds: Int32Array;

  constructor(
    private readonly memory: SharedArrayBuffer,
    private readonly shape: { islands: number; jobs: number; workers: number; me: number; wait: boolean },
  ) {
    this.rounds = new Int32Array(memory, 0, shape.islands);
  }

  static bytes(islands: number, jobs: number, workers: number): number {
    return 8 * islands + 2 * islands * slotBytes(jobs, workers);
  }

  swap(round: number, tours: Tours, cost: number): { tours: Tours; cost: number } | undefined {
    const { islands, me, wait } = this.shape;
    if (islands < 2) return undefined;
    this.write(me, round, tours, cost);
    Atomics.store(this.rounds, me, round + 1);
    Atomics.notify(this.rounds, me);
    const other = (me + 1) % islands;
    for (;;) {
      const shown = Atomics.load(this.rounds, other);
      if (shown === LEFT) return undefined;
      if (wait && shown > round) return this.read(other, round);
      if (!wait) {
        const found = shown > 0 ? this.read(other, shown - 1) : undefined;
        // Its slot is written again only in the round after next: nothing read so far can be half of two solutions.
        return Atomics.load(this.rounds, other) <= shown ? found : undefined;
      }
      Atomics.wait(this.rounds, other, shown, 1000);
    }
  }

  /** Nobody waits for this island any more. */
  leave(): void {
    Atomics.store(this.rounds, this.shape.me, LEFT);
    Atomics.notify(this.rounds, this.shape.me);
  }

  private slot(island: number, round: number): { cost: Float64Array; cells: Int32Array } {
    const { islands, jobs, workers } = this.shape;
    const at = 8 * islands + (2 * island + (round % 2)) * slotBytes(jobs, workers);
    return {
      cost: new Float64Array(this.memory, at, 1),
      cells: new Int32Array(this.memory, at + 8, workers + jobs),
    };
  }

  private write(island: number, round: number, tours: Tours, cost: number): void {
    const slot = this.slot(island, round);
    slot.cost[0] = cost;
    let at = 0;
    for (const tour of tours) {
      slot.cells[at++] = tour.length;
      for (const job of tour) slot.cells[at++] = job;
    }
  }

  private read(island: number, round: number): { tours: Tours; cost: number } | undefined {
    const { cost, cells } = this.slot(island, round);
    const tours: Tours = [];
    for (let at = 0, w = 0; w < this.shape.workers; w++) {
      const length = cells[at++];
      tours.push(Array.from(cells.subarray(at, at + length)));
      at += length;
    }
    return { tours, cost: cost[0] };
  }
}
