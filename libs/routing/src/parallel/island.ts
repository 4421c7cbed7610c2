import { parentPort } from 'node:worker_threads';
import { compile } from '../instance/instance.js';
import { meterOf } from '../solve/budget.js';
import { search } from '../solve/search.js';
import type { IslandReply, IslandTask } from './messages.js';
import { SharedBest, sharedBestLayout } from './shared-best.js';

/** Entry point of a thread: searches whatever it is sent until time is up or it is told to stop. */
const port = parentPort;
const epochMs = () => performance.timeOrigin + performance.now();

port?.on('message', (task: IslandTask) => {
  const say = (reply: IslandReply) => port.postMessage(reply);
  const stop = new Int32Array(task.stop);
  const wait = 'iterations' in task.budget;
  const { jobs, workers } = sharedBestLayout(task.problem);
  const board = new SharedBest(task.board, { islands: task.islands, jobs, workers, me: task.island, wait });
  try {
    const instance = compile(task.problem);
    const meter = meterOf(task.budget, instance.taskCount, {
      now: epochMs,
      began: task.beganAtMs,
      cancelled: () => Atomics.load(stop, 0) !== 0,
    });
    const onBetter = (cost: number) => say({ id: task.id, kind: 'better', cost });
    const { cost, tours, iterations, bounds } = search(instance, {
      seed: task.seed,
      meter,
      exchange: board,
      onBetter,
    });
    say({ id: task.id, kind: 'done', cost, tours, iterations, bounds });
  } catch (error) {
    say({ id: task.id, kind: 'failed', message: (error as Error).message });
  } finally {
    board.leave();
  }
});
