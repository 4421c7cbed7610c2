import { Injectable } from '@nestjs/common';
import { AccountService } from '#identity';
import { NotFound } from '#kernel';
import { Erasure, type Tx } from '#platform';
import { workerErased } from '../workforce.facts.js';
import { Worker } from './worker.entity.js';
import { WorkersService } from './workers.service.js';

/** Takes a worker out of all rows, with the account they sign in with. */
@Injectable()
export class WorkerErasureService {
  constructor(
    private readonly workers: WorkersService,
    private readonly accounts: AccountService,
    private readonly erasure: Erasure,
  ) {}

  /**
   * Archived or not; visits that were promised go back to the desk.
   * @throws NotFound; Conflict WORKER_BUSY while one is under way, LAST_ADMIN.
   */
  async erase(tx: Tx, id: string): Promise<void> {
    const worker = await tx.repo(Worker).findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!worker) throw new NotFound('worker');
    const { userId } = worker;
    if (!worker.archivedAt) await this.workers.archive(tx, id, { visits: 'release' });
    if (userId) await this.accounts.delete(tx, userId);
    await this.erasure.worker(tx, worker);
    tx.record(workerErased(id, { workerId: id }));
  }
}
