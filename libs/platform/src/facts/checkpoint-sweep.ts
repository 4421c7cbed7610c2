import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Env } from '#config/env';
import { PeriodicTask } from '../periodic-task.js';
import { Runtime } from '../runtime.js';
import { Checkpoints } from './checkpoints.js';

/** Worker processes verify and sign every log when they start and then every JOURNAL_CHECKPOINT_MINUTES. */
@Injectable()
export class CheckpointSweep implements OnModuleInit {
  constructor(
    private readonly runtime: Runtime,
    private readonly checkpoints: Checkpoints,
    private readonly env: Env,
  ) {}

  onModuleInit(): void {
    this.runtime.inWorkers(
      new PeriodicTask({
        name: 'journal checkpoints',
        everyMs: this.env.JOURNAL_CHECKPOINT_MINUTES * 60_000,
        logger: new Logger(CheckpointSweep.name),
        run: () => this.checkpoints.sweep(),
      }),
    );
  }
}
