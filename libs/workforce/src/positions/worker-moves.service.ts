import { Injectable, Logger } from '@nestjs/common';
import type { SentFix } from './fix-batch.server.js';

/** New trusted fixes of one worker, oldest first. */
export interface WorkerMoved {
  workerId: string;
  fixes: readonly SentFix[];
}

type Listener = (orgId: string, moved: readonly WorkerMoved[]) => void;

/**
 * Says which workers moved, after the commit, in the process that received the fixes (an API process). A hint, as every
 * wake-up: who must not miss a move reads `Workforce.fixes` or `positions` as well.
 */
@Injectable()
export class WorkerMovesService {
  private readonly logger = new Logger(WorkerMovesService.name);
  private readonly listeners = new Set<Listener>();

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  announce(orgId: string, moved: readonly WorkerMoved[]): void {
    for (const listener of this.listeners)
      try {
        listener(orgId, moved);
      } catch (error) {
        this.logger.error(`a listener to moves failed: ${String(error)}`);
      }
  }
}
