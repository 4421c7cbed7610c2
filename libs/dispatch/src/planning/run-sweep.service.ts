import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PeriodicTask, Runtime, WorkQueues } from '#platform';
import { MAX_SILENT_SECONDS } from './stored-run.js';

export interface RunWork {
  orgId: string;
  id: string;
}

export const RUN_QUEUES = { plan: 'day-plan', dry_run: 'policy-dry-run' } as const;
type RunKind = keyof typeof RUN_QUEUES;

const MAX_REMEMBERED = 10_000;

/** Wakes plans and dry runs that wait, or whose process died. */
@Injectable()
export class RunSweepService implements OnModuleInit {
  /** By organisation, at which turn of this process it was served last. */
  private readonly served = new Map<string, number>();
  private turns = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly queues: WorkQueues,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.runtime.inWorkers(
      new PeriodicTask({
        name: 'plans and dry runs',
        everyMs: 3_000,
        logger: new Logger(RunSweepService.name),
        run: async () => {
          for (const { kind, orgId, id } of await this.waiting()) this.wake(kind, { orgId, id });
        },
      }),
    );
  }

  /**
   * What to work on when woken for `woken`: of those that wait, the oldest of the organisation that was served longest
   * ago, so that nobody's twenty plans keep another's one waiting.
   */
  async next(kind: RunKind, woken: RunWork): Promise<RunWork> {
    const waiting = (await this.waiting()).filter((run) => run.kind === kind);
    const next =
      waiting.sort((a, b) => this.turnOf(a) - this.turnOf(b) || (a.id < b.id ? -1 : 1))[0] ?? woken;
    this.served.delete(next.orgId);
    this.served.set(next.orgId, ++this.turns);
    if (this.served.size > MAX_REMEMBERED) this.served.delete(this.served.keys().next().value!);
    return { orgId: next.orgId, id: next.id };
  }

  private turnOf({ orgId }: RunWork): number {
    return this.served.get(orgId) ?? 0;
  }

  private async waiting(): Promise<(RunWork & { kind: RunKind })[]> {
    return this.dataSource.query('SELECT kind, org_id AS "orgId", id FROM runs_to_take_up($1)', [
      MAX_SILENT_SECONDS,
    ]);
  }

  wake(kind: RunKind, work: RunWork): void {
    this.queues.wake(RUN_QUEUES[kind], work.id, work);
  }
}
