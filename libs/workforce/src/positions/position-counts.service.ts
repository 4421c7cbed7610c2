import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { MAX_FIXES_A_DAY } from './sort-fixes.js';

/** How many fixes of each worker were stored today, whichever process received them. */
@Injectable()
export class PositionCountsService {
  /** How many more may be stored today, by worker. */
  async room(tx: Tx, workerIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.sql<{ workerId: string; fixes: number }>(
      `SELECT worker_id AS "workerId", fixes FROM position_counts WHERE day = $1 AND worker_id = ANY($2::uuid[])`,
      [dayOf(tx), workerIds],
    );
    const stored = new Map(rows.map(({ workerId, fixes }) => [workerId, fixes]));
    return new Map(workerIds.map((id) => [id, Math.max(0, MAX_FIXES_A_DAY - (stored.get(id) ?? 0))]));
  }

  async add(tx: Tx, stored: ReadonlyMap<string, number>): Promise<void> {
    if (stored.size === 0) return;
    // In one order, so that two processes do not wait for each other.
    const workerIds = [...stored.keys()].sort();
    await tx.sql(
      `INSERT INTO position_counts (org_id, worker_id, day, fixes)
       SELECT $1, u.worker_id, $2, u.fixes FROM unnest($3::uuid[], $4::integer[]) AS u(worker_id, fixes)
       ON CONFLICT (org_id, worker_id, day) DO UPDATE SET fixes = position_counts.fixes + excluded.fixes`,
      [tx.orgId, dayOf(tx), workerIds, workerIds.map((id) => stored.get(id)!)],
    );
  }
}

const dayOf = ({ now }: Tx): string => now.toISOString().slice(0, 10);
