import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deadlines } from '#platform';
import { SUSPENSION_DEADLINE, Workforce } from './workforce.service.js';

/** A suspension that has an end ends by itself: the worker is off duty and may begin again. */
@Injectable()
export class Suspensions implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly workforce: Workforce,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(SUSPENSION_DEADLINE, async (workerId, tx) => {
      const worker = await this.workforce.worker(tx, workerId);
      if (worker.archivedAt || !worker.suspendedUntil || worker.suspendedUntil > tx.now) return;
      const expected = ['suspended'] as const;
      await this.workforce.setStatus(tx, workerId, 'off_duty', { expected, reason: 'suspension over' });
    });
  }
}
