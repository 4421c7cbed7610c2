import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { checkPlan, type RoutingPlan, RoutingPool, type RoutingProblem, spawnIsland } from '#routing';

/** One processor is left for everything else. */
const MAX_THREADS = 4;

export interface PlanSearch {
  seconds: number;
  seed: number;
  onBetter: (cost: number) => void;
  signal: AbortSignal;
}

/** Searches in threads of this process; its own event loop stays free. */
@Injectable()
export class PlanSolverService implements OnApplicationShutdown {
  private pool: RoutingPool | null = null;

  /** @throws Invalid for a problem that is none; Error when the answer does not pass the independent checker. */
  async solve(problem: RoutingProblem, search: PlanSearch): Promise<RoutingPlan> {
    this.pool ??= new RoutingPool(
      Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1)),
      spawnIsland,
    );
    try {
      const { plan } = await this.pool.solve(problem, {
        budget: { milliseconds: search.seconds * 1_000 },
        seed: search.seed,
        onBetter: search.onBetter,
        signal: search.signal,
      });
      const faults = checkPlan(problem, plan);
      if (faults.length > 0)
        throw new Error(`the checker refuses the plan: ${JSON.stringify(faults.slice(0, 3))}`);
      return plan;
    } catch (error) {
      // A thread may be lost with it: the next search gets fresh ones.
      await this.close();
      throw error;
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private async close(): Promise<void> {
    const pool = this.pool;
    this.pool = null;
    await pool?.close();
  }
}
