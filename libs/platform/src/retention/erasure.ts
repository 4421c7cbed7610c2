import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';

export interface ErasedUser {
  id: string;
  name: string;
  email: string;
}

export interface ErasedWorker {
  id: string;
  name: string;
}

/** How one stage takes a person out of its rows. Ids stay: the log and the counts speak of them. */
export interface Eraser {
  user?(tx: Tx, user: ErasedUser): Promise<void>;
  worker?(tx: Tx, worker: ErasedWorker): Promise<void>;
  /** The customers of these jobs. */
  customers?(tx: Tx, jobIds: string[]): Promise<void>;
}

/** What takes the place of a name. */
export const ERASED_NAME = 'Erased';

/**
 * Takes what is personal out of every stage's rows, in the transaction of whoever erases: names, addresses, telephone numbers,
 * typed texts, devices. Each stage says here how, because only it knows its rows.
 */
@Injectable()
export class Erasure {
  private readonly erasers: Eraser[] = [];

  add(eraser: Eraser): void {
    this.erasers.push(eraser);
  }

  async user(tx: Tx, user: ErasedUser): Promise<void> {
    for (const eraser of this.erasers) await eraser.user?.(tx, user);
    await forgetAnswers(tx, [user.id]);
    await tx.sql(`DELETE FROM commands WHERE org_id = $1 AND actor_id = $2`, [tx.orgId, user.id]);
  }

  async worker(tx: Tx, worker: ErasedWorker): Promise<void> {
    for (const eraser of this.erasers) await eraser.worker?.(tx, worker);
    await forgetAnswers(tx, [worker.id]);
    await tx.sql(`DELETE FROM fact_texts WHERE org_id = $1 AND (subject_id = $2 OR worker_id = $2)`, [
      tx.orgId,
      worker.id,
    ]);
  }

  async customers(tx: Tx, jobIds: string[]): Promise<void> {
    if (jobIds.length === 0) return;
    for (const eraser of this.erasers) await eraser.customers?.(tx, jobIds);
    await forgetAnswers(tx, jobIds);
    await tx.sql(
      `DELETE FROM fact_texts WHERE org_id = $1 AND (subject_id = ANY ($2) OR job_id = ANY ($2))`,
      [tx.orgId, jobIds],
    );
  }
}

/** Saved answers to commands hold what they answered; those about `ids` are no longer repeated. */
async function forgetAnswers(tx: Tx, ids: string[]): Promise<void> {
  await tx.sql(
    `DELETE FROM commands WHERE org_id = $1
       AND EXISTS (SELECT 1 FROM unnest($2::text[]) AS about(id) WHERE position(about.id IN response::text) > 0)`,
    [tx.orgId, ids],
  );
}
