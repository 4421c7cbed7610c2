import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Pulse, Runtime, WorkQueues } from '#platform';
import { SILENT_SECONDS } from './stored-run.js';

export interface RunWork {
  orgId: string;
  id: string;
}

export const RUN_QUEUES = { plan: 'day-plan', dry_run: 'policy-dry-run' } as const;
type RunKind = keyof typeof RUN_QUEUES;

/** Wakes plans and dry runs that wait, or whose process died. */
@Injectable()
export class RunSweep implements OnModuleInit {
  constructor(
    private readonly runtime: Runtime,
    private readonly queues: WorkQueues,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.runtime.inWorkers(
      new Pulse({
        name: 'plans and dry runs',
        everyMs: 3_000,
        logger: new Logger(RunSweep.name),
        beat: async () => {
          const rows: { kind: RunKind; org_id: string; id: string }[] = await this.dataSource.query(
            'SELECT * FROM runs_to_take_up($1)',
            [SILENT_SECONDS],
          );
          for (const { kind, org_id, id } of rows) this.wake(kind, { orgId: org_id, id });
        },
      }),
    );
  }

  wake(kind: RunKind, work: RunWork): void {
    this.queues.wake(RUN_QUEUES[kind], work.id, work);
  }
}
