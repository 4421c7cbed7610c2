import type { Worker } from 'node:worker_threads';
import { compile } from '../instance/instance.js';
import { buildPlan, type RoutingPlan } from '../plan/plan.js';
import type { RoutingProblem } from '../problem/types.js';
import { validateProblem } from '../problem/validate.js';
import type { Budget } from '../solve/budget.js';
import type { IslandReply, IslandTask } from './messages.js';
import { SharedBest, sharedBestLayout } from './shared-best.js';

/** How long after its budget a search may still answer: the first tour of a very large day, a machine under load. */
const GRACE_MS = 60_000;
/** Time kept back for building the plan and for the way between threads. */
const RESERVE_MS = 4;

export interface PoolSolveOptions {
  budget: Budget;
  seed?: number;
  onBetter?: (cost: number) => void;
  signal?: AbortSignal;
  /** Milliseconds after a budget of time at which threads that have not answered are ended. */
  graceMs?: number;
}

export interface PoolAnswer {
  plan: RoutingPlan;
  iterations: number;
}

/** Search threads that stay warm between problems. The calling thread only waits, so an event loop stays free. */
export class RoutingPool {
  private readonly threads: Worker[];
  private nextId = 1;
  private busy = false;

  constructor(size: number, spawn: () => Worker) {
    this.threads = Array.from({ length: Math.max(1, size) }, spawn);
    for (const thread of this.threads) thread.unref();
  }

  /**
   * Solves one problem on all threads; the best island wins. One problem at a time.
   * @throws Error when a thread ends, which it is made to do when it has not answered long after its budget: make a new pool.
   */
  async solve(problem: RoutingProblem, options: PoolSolveOptions): Promise<PoolAnswer> {
    if (this.busy) throw new Error('this pool is already solving');
    this.busy = true;
    try {
      return await this.race(validateProblem(problem), options);
    } finally {
      this.busy = false;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((t) => t.terminate()));
  }

  private async race(
    problem: RoutingProblem,
    { budget, seed = 1, onBetter, signal, graceMs = GRACE_MS }: PoolSolveOptions,
  ): Promise<PoolAnswer> {
    const beganAtMs = performance.timeOrigin + performance.now();
    const stop = new SharedArrayBuffer(4);
    const cancel = () => Atomics.store(new Int32Array(stop), 0, 1);
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    const kept: Budget =
      'milliseconds' in budget ? { milliseconds: Math.max(1, budget.milliseconds - RESERVE_MS) } : budget;
    const islands = this.threads.length;
    const { jobs, workers } = sharedBestLayout(problem);
    const board = new SharedArrayBuffer(SharedBest.bytes(islands, jobs, workers));
    const asked = this.threads.map((thread, island) => {
      const id = this.nextId++;
      const own = { id, island, seed: seed * 101 + island };
      return this.ask(thread, { ...own, problem, budget: kept, beganAtMs, stop, board, islands }, onBetter);
    });
    const instance = compile(problem);
    const overdue =
      'milliseconds' in budget && setTimeout(() => void this.close(), budget.milliseconds + graceMs);
    const answers = await Promise.all(asked).finally(() => {
      if (overdue) clearTimeout(overdue);
      signal?.removeEventListener('abort', cancel);
    });
    const best = answers.reduce((a, b) => (b.cost < a.cost ? b : a));
    return {
      plan: buildPlan(instance, best.tours, best.bounds),
      iterations: answers.reduce((sum, a) => sum + a.iterations, 0),
    };
  }

  private ask(thread: Worker, task: IslandTask, onBetter?: (cost: number) => void) {
    return new Promise<Extract<IslandReply, { kind: 'done' }>>((resolve, reject) => {
      const settle = (act: () => void) => {
        thread.off('message', hear);
        thread.off('error', fail);
        thread.off('exit', end);
        thread.unref();
        act();
      };
      const hear = (reply: IslandReply) => {
        if (reply.id !== task.id) return;
        if (reply.kind === 'better') onBetter?.(reply.cost);
        else if (reply.kind === 'done') settle(() => resolve(reply));
        else settle(() => reject(new Error(reply.message)));
      };
      const fail = (error: Error) => settle(() => reject(error));
      const end = () => fail(new Error('a search thread ended before it answered'));
      thread.ref();
      thread.on('message', hear);
      thread.on('error', fail);
      thread.on('exit', end);
      thread.postMessage(task);
    });
  }
}
