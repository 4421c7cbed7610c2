import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { answered, DomainError, type ThreadAnswer } from '#kernel';

/** Work whose time grows with what somebody sent. `file` (a path or `file:` URL) exports `answering(work)` as its default. */
export interface ThreadTask<_I, _O> {
  file: string;
  /** Waiting and work together; then the thread is ended. */
  maxSeconds: number;
  /** For the refusal: `the file`, `the picture`. */
  what: string;
}

const MAX_QUEUE = 16;
const IDLE_MS = 10_000;
/** Elsewhere it would be the whole process. */
const NICER = process.platform === 'linux' ? 10 : 0;

/**
 * Runs what grows with its input away from the event loop: few threads, a short queue, a time limit and a memory limit.
 * A thread lives on for the next task until it has been idle for a while.
 */
@Injectable()
export class Threads implements OnApplicationShutdown {
  /** Of one thread. A hundred thousand corners need 70, a million cells 100. */
  maxHeapMebibytes = 128;
  /** One core is left to the event loop and the database. */
  maxThreads = availableParallelism() > 2 ? 2 : 1;
  private pool: Piscina | null = null;
  /** Under way and waiting. The pool's own limit lets tasks with a signal past. */
  private under = 0;

  /**
   * @throws DomainError BUSY (503) when the queue is full, STOPPING (503), TOOK_TOO_LONG or NEEDS_TOO_MUCH_MEMORY (422); whatever the
   * task refuses
   */
  async run<I, O>(task: ThreadTask<I, O>, input: I, transfer: ArrayBuffer[] = []): Promise<O> {
    if (this.under >= this.maxThreads + MAX_QUEUE) throw busy(task.what);
    const pool =
      this.pool ??
      new Piscina({
        minThreads: 0,
        maxThreads: this.maxThreads,
        idleTimeout: IDLE_MS,
        // Whoever waits for a quick answer comes before them.
        niceIncrement: NICER,
        resourceLimits: { maxOldGenerationSizeMb: this.maxHeapMebibytes, maxYoungGenerationSizeMb: 16 },
      });
    this.pool = pool;
    this.under += 1;
    const limit = AbortSignal.timeout(task.maxSeconds * 1_000);
    try {
      const answer = (await pool.run(input, {
        filename: task.file,
        signal: limit,
        transferList: transfer,
      })) as ThreadAnswer<O>;
      return answered(answer);
    } catch (error) {
      if (this.pool !== pool) throw new DomainError('STOPPING', 503, 'This process is stopping.');
      throw this.refusalOf(error as Error & { code?: string }, task, limit.aborted);
    } finally {
      this.under -= 1;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const pool = this.pool;
    this.pool = null;
    await pool?.destroy();
  }

  private refusalOf(
    error: Error & { code?: string },
    { what, maxSeconds }: ThreadTask<unknown, unknown>,
    late: boolean,
  ): Error {
    if (late)
      return new DomainError('TOOK_TOO_LONG', 422, `It took longer than ${maxSeconds} s to read ${what}.`, {
        limitSeconds: maxSeconds,
      });
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      return new DomainError('NEEDS_TOO_MUCH_MEMORY', 422, `Reading ${what} needs too much memory.`, {
        limitMebibytes: this.maxHeapMebibytes,
      });
    return error;
  }
}

const busy = (what: string) =>
  new DomainError('BUSY', 503, `Others are being served; send ${what} again in a moment.`, {
    retryAfterSeconds: 5,
  });
