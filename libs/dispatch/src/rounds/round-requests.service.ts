import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { defaultPolicy } from '#config/policy/index';
import { NIL_ID } from '#kernel';
import { type Tx, WorkQueues } from '#platform';

/** Stands for "outside every area" where a key is needed. */
export const NO_AREA = NIL_ID;

export const ROUND_QUEUE = 'dispatch-round';

export interface RoundWork {
  orgId: string;
  areaId: string;
}

/** Requests dispatch rounds: a row in the transaction of the cause, and a queue wake-up after the commit. */
@Injectable()
export class RoundRequestsService {
  constructor(
    private readonly queues: WorkQueues,
    private readonly dataSource: DataSource,
  ) {}

  async request(tx: Tx, areaIds: Iterable<string | null>): Promise<void> {
    const keys = [...new Set([...areaIds].map((id) => id ?? NO_AREA))].sort();
    if (keys.length === 0) return;
    await tx.sql(
      `INSERT INTO dispatch_areas (org_id, area_id, wanted)
       SELECT $1, id, 1 FROM unnest($2::uuid[]) AS list(id)
       ON CONFLICT (org_id, area_id) DO UPDATE SET wanted = dispatch_areas.wanted + 1`,
      [tx.orgId, keys],
    );
    tx.afterCommit(() => {
      for (const areaId of keys) this.enqueue(tx.orgId, areaId);
    });
  }

  enqueue(orgId: string, areaId: string): void {
    this.queues.wake(ROUND_QUEUE, `${orgId}/${areaId}`, { orgId, areaId } satisfies RoundWork);
  }

  /** Areas whose wake-up was lost, or whose open jobs no round has considered for `sweepSeconds`. */
  async findOverdue(now: Date): Promise<RoundWork[]> {
    const rows: { org_id: string; area_id: string }[] = await this.dataSource.query(
      `SELECT org_id, area_id FROM areas_needing_round($1, $2)`,
      [now, defaultPolicy.dispatch.sweepSeconds],
    );
    return rows.map((row) => ({ orgId: row.org_id, areaId: row.area_id }));
  }
}
