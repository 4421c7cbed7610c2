import { Injectable } from '@nestjs/common';
import { Erasure, type Tx } from '#platform';
import { customerErased } from '../job.facts.js';
import { callerKey } from './caller-key.js';

/** So many jobs at once; the rest with the next call. */
export const MAX_ERASED_JOBS = 500;

export interface WhoseData {
  jobIds?: string[];
  /** In any notation. */
  phone?: string;
}

/** Takes customers out of their jobs: names, telephone numbers, notes, signatures, typed texts. The jobs stay. */
@Injectable()
export class CustomerErasureService {
  constructor(private readonly erasure: Erasure) {}

  /** @returns the jobs, and whether there may be more by that telephone number. */
  async erase(tx: Tx, { jobIds = [], phone }: WhoseData): Promise<{ jobIds: string[]; more: boolean }> {
    const rows = await tx.sql<{ id: string; areaId: string | null; workerId: string | null }>(
      `SELECT id, area_id AS "areaId", worker_id AS "workerId" FROM jobs
       WHERE org_id = $1 AND (id = ANY ($2::uuid[]) OR caller_key = $3)
       ORDER BY id LIMIT ${MAX_ERASED_JOBS} FOR NO KEY UPDATE`,
      [tx.orgId, jobIds, callerKey(phone)],
    );
    const ids = rows.map(({ id }) => id);
    await this.erasure.customers(tx, ids);
    for (const { id, areaId, workerId } of rows)
      tx.record(customerErased(id, { jobId: id, areaId, workerId }));
    return { jobIds: ids, more: ids.length === MAX_ERASED_JOBS };
  }
}
