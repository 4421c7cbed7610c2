import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { requestContext, SYSTEM, UnitOfWork } from '#platform';
import { type WorkerMoved, WorkerMovesService } from '#workforce';
import type { FenceFix } from './arrival-fence.js';
import { JobArrivalService } from './job-arrival.service.js';

/**
 * Brings positions to the arrival fences. What comes in while one look is running is looked at together in the next, so
 * a flood of positions does not become a flood of transactions.
 */
@Injectable()
export class ArrivalWatchService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ArrivalWatchService.name);
  private readonly waiting = new Map<string, Map<string, FenceFix[]>>();
  private running: Promise<void> | null = null;
  private stop: () => void = () => undefined;

  constructor(
    private readonly moves: WorkerMovesService,
    private readonly arrival: JobArrivalService,
    private readonly uow: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.stop = this.moves.listen((orgId, moved) => {
      this.remember(orgId, moved);
      this.running ??= requestContext.run({ actor: SYSTEM }, () => this.drain());
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stop();
    await this.running;
  }

  /** Resolves when all that was heard has been looked at. */
  async settled(): Promise<void> {
    await this.running;
  }

  private remember(orgId: string, moved: readonly WorkerMoved[]): void {
    const fixes = this.waiting.get(orgId) ?? new Map<string, FenceFix[]>();
    this.waiting.set(orgId, fixes);
    for (const { workerId, fixes: seen } of moved)
      fixes.set(workerId, [
        ...(fixes.get(workerId) ?? []),
        ...seen.map((fix) => ({
          lat: fix.lat,
          lon: fix.lon,
          accuracyMetres: fix.accuracyMetres ?? Number.POSITIVE_INFINITY,
          atMs: fix.fixAt,
        })),
      ]);
  }

  private async drain(): Promise<void> {
    for (let next = this.take(); next; next = this.take()) {
      const [orgId, fixes] = next;
      try {
        await this.uow.run(orgId, (tx) => this.arrival.observe(tx, fixes));
      } catch (error) {
        // The next fix tells the same again, and the worker has a button.
        this.logger.warn(`positions were not held against the arrival fences: ${String(error)}`);
      }
    }
    this.running = null;
  }

  private take(): [string, Map<string, FenceFix[]>] | undefined {
    const next = this.waiting.entries().next().value;
    if (next) this.waiting.delete(next[0]);
    return next;
  }
}
