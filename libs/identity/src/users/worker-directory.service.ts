import { Injectable } from '@nestjs/common';
import { Invalid } from '#kernel';
import type { Tx } from '#platform';

type Exists = (tx: Tx, workerId: string) => Promise<boolean>;

/** Which workers exist. Workers belong to a later stage, which registers its lookup here. */
@Injectable()
export class WorkerDirectoryService {
  private exists: Exists = () => Promise.resolve(false);

  private suspended: Exists = () => Promise.resolve(false);

  register({ exists, isSuspended }: { exists: Exists; isSuspended: Exists }): void {
    this.exists = exists;
    this.suspended = isSuspended;
  }

  isSuspended(tx: Tx, workerId: string): Promise<boolean> {
    return this.suspended(tx, workerId);
  }

  /** @throws Invalid naming `workerId` */
  async check(tx: Tx, workerId: string): Promise<void> {
    if (await this.exists(tx, workerId)) return;
    throw Invalid.field('workerId', 'there is no such worker', undefined, { code: 'NO_SUCH_WORKER' });
  }
}
