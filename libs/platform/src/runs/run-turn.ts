import { type CodedMessage, codedMessage, DomainError, failureOf } from '#kernel';
import { requestContext, SYSTEM } from '../database/request-context.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { RunKind } from './run-kind.js';
import { type ClaimedRun, endRun, releaseRun, sendHeartbeat } from './run-rows.js';

/** Wall milliseconds between two heartbeats, and between two messages of progress. */
const HEARTBEAT_MS = 1_000;
/** A run that its process dies of so often is given up. */
const MAX_ATTEMPTS = 5;

/** One claim of one run, from its first heartbeat to its end. */
export class RunTurn {
  private readonly aborted = new AbortController();
  private stopping = false;
  private progress: unknown;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly uow: UnitOfWork,
    readonly kind: RunKind<unknown, unknown>,
    private readonly claimed: ClaimedRun,
  ) {}

  async run(): Promise<void> {
    const { orgId, subjectId, attempt } = this.claimed;
    if (attempt > MAX_ATTEMPTS) return this.fail(gaveUp());
    const timer = setInterval(() => this.sendHeartbeat(), HEARTBEAT_MS);
    try {
      const result = await this.kind.run({
        orgId,
        subjectId,
        signal: this.aborted.signal,
        progress: (progress) => this.tell(progress),
      });
      if (this.stopping) await this.release();
      else await this.finish(result);
    } catch (error) {
      if (this.stopping || isStopping(error)) await this.release();
      else await this.fail(failureOf(error));
    } finally {
      clearInterval(timer);
    }
  }

  /** This process ends: whatever comes of it is not the result. */
  stop(): void {
    this.stopping = true;
    this.aborted.abort();
  }

  private tell(progress: unknown): void {
    this.progress = progress;
    if (performance.now() - this.toldAt >= HEARTBEAT_MS) this.sendHeartbeat();
  }

  /** One that is missed is made up by the next. */
  private sendHeartbeat(): void {
    const { progress } = this;
    this.progress = undefined;
    this.toldAt = performance.now();
    // In a transaction of its own, whatever the work has open at this moment.
    const send = () =>
      this.uow.run(this.claimed.orgId, async (tx) => {
        const isHeld = await sendHeartbeat(tx, this.claimed, progress);
        if (isHeld && progress !== undefined)
          await this.kind.progressed?.(tx, this.claimed.subjectId, progress);
        return isHeld;
      });
    void requestContext
      .run({ actor: SYSTEM }, send)
      .then((isHeld) => {
        if (!isHeld) this.aborted.abort();
      })
      .catch(() => undefined);
  }

  private finish(result: unknown): Promise<void> {
    return this.uow.run(this.claimed.orgId, async (tx) => {
      if (await endRun(tx, this.claimed, null)) await this.kind.done(tx, this.claimed.subjectId, result);
    });
  }

  private fail(error: CodedMessage): Promise<void> {
    return this.uow.run(this.claimed.orgId, async (tx) => {
      if (await endRun(tx, this.claimed, error)) await this.kind.failed(tx, this.claimed.subjectId, error);
    });
  }

  private release(): Promise<void> {
    return this.uow.run(this.claimed.orgId, (tx) => releaseRun(tx, this.claimed));
  }
}

/** A thread of this process was stopped under it. */
const isStopping = (error: unknown): boolean => error instanceof DomainError && error.code === 'STOPPING';

const gaveUp = () =>
  codedMessage('RUN_GAVE_UP', `The process that worked on it ended unexpectedly ${MAX_ATTEMPTS} times.`, {
    attempts: MAX_ATTEMPTS,
  });
