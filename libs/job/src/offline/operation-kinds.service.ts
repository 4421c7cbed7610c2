import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { isJobEvent } from './judge-late.js';

export interface OfflineWork {
  jobId: string;
  workerId: string;
  userId: string;
  reason?: string;
  data: Record<string, unknown>;
  occurredAt: Date;
}

type DoOffline = (tx: Tx, work: OfflineWork) => Promise<void>;

/** Verbs of later stages that a phone may record offline (`release`, say); they register them here. */
@Injectable()
export class OperationKindsService {
  private readonly kinds = new Map<string, DoOffline>();
  private readonly answers = new Set<string>();

  register(kind: string, handle: DoOffline): void {
    if (this.kinds.has(kind)) throw new Error(`two handlers for the offline operation ${kind}`);
    this.kinds.set(kind, handle);
  }

  /**
   * An answer to a question about a job that the worker does not hold (yet): an offer, say. `handle` throws NotFound
   * unless this worker was asked about this very job.
   */
  registerAnswer(kind: string, handle: DoOffline): void {
    this.register(kind, handle);
    this.answers.add(kind);
  }

  isAnswer(kind: string): boolean {
    return this.answers.has(kind);
  }

  of(kind: string): DoOffline | undefined {
    return this.kinds.get(kind);
  }

  /** Needs an offer or an assignment, which the job stage does not know. */
  static needsDispatch(kind: string): boolean {
    return isJobEvent(kind) && ['offer', 'withdraw', 'assign', 'release', 'expire'].includes(kind);
  }
}
